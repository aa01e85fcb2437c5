// Counts the text of a post while it is changed, and takes it along to where it is posted.
import { copyFrom } from "./copy.js";
import { withoutPart, withPart } from "./text_parts.js";

const PAUSE = 150;
// Milliseconds. A click may open a page for a few seconds; who waits longer gets the page without the text.
const PATIENCE = 2000;
// What says that it is posted has nothing to do with the text, nor has what it was before.
const OF_ITS_OWN = ["date", "time", "post_url", "shown_text"];

/** @type {HTMLFormElement} */
const form = document.querySelector("#post-form");
const text = document.querySelector("#text");
/** @type {HTMLButtonElement} */
const countButton = document.querySelector("#count");
const switches = document.querySelector("#switches");
/** @type {HTMLAnchorElement | null} */
const link = document.querySelector("#open");
const copyAndOpen = document.querySelector("#copy-and-open");
const said = document.querySelector("#copied");
const length = document.querySelector("#length");
let waiting = 0;
// For which text and choices the link leads to the channel's page.
let drawnFor = "";

for (const part of document.querySelectorAll("[data-without-scripts]")) part.setAttribute("hidden", "");
document.querySelector("#copy").removeAttribute("hidden");
offerLink(false);

/** A link alone, for who copied the text by hand; else the button that copies it first. */
function offerLink(isAlone) {
  link?.toggleAttribute("hidden", !isAlone);
  copyAndOpen?.toggleAttribute("hidden", isAlone);
}

function asked() {
  const fields = new FormData(form);
  for (const name of OF_ITS_OWN) fields.delete(name);
  return new URLSearchParams([...fields]);
}

/** The page as the companion draws it for this text: it alone knows how a channel counts. */
async function drawn(body) {
  const headers = { "X-Kwartier-Page": form.elements.csrf.value };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(countButton.formAction, { method: "POST", body, headers, signal });
  if (!answer.ok) throw new Error(`counting: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function count() {
  clearTimeout(waiting);
  const sent = asked();
  const page = await drawn(sent).catch(() => null);
  // What was typed meanwhile is counted for itself.
  if (String(sent) !== String(asked())) return;
  length.textContent = page ? page.querySelector("#length").textContent : length.dataset.unknown;
  document.querySelector("#too-long").textContent = page?.querySelector("#too-long").textContent ?? "";
  if (!link || !page) return;
  link.href = page.querySelector("#open").href;
  drawnFor = String(sent);
}

/** The channel's page with the very text that is there now, or without any. */
async function address() {
  const wanted = String(asked());
  if (drawnFor !== wanted) await count();
  return drawnFor === wanted ? link.href : link.dataset.bare;
}

function isChanged() {
  said.textContent = "";
  offerLink(false);
}

text.addEventListener("input", () => {
  isChanged();
  clearTimeout(waiting);
  waiting = setTimeout(count, PAUSE);
});

switches.addEventListener("change", ({ target }) => {
  // Another channel draws the page anew; what was typed goes along.
  if (target.name === "channel") return form.requestSubmit(countButton);
  isChanged();
  if (target.checked) putPart(target);
  else takePart(target);
  return count();
});

/** Over the parts that come after it. */
function putPart(box) {
  const boxes = [...switches.querySelectorAll("[data-part]")];
  const below = boxes.slice(boxes.indexOf(box) + 1).map((one) => one.dataset.part);
  text.value = withPart(text.value, box.dataset.part, text.dataset.gap, below);
}

/** What somebody wrote on to is theirs. */
function takePart(box) {
  const without = withoutPart(text.value, box.dataset.part, text.dataset.gap);
  box.checked = without === text.value && without.includes(box.dataset.part);
  if (box.checked) said.textContent = said.dataset.kept;
  text.value = without;
}

document.querySelector("#copy").addEventListener("click", () => copyFrom(text, said));

copyAndOpen?.addEventListener("click", async () => {
  const [isCopied, page] = await Promise.all([copyFrom(text, said), address()]);
  if (isCopied) return open(page, "_blank", "noopener,noreferrer");
  link.href = page;
  return offerLink(true);
});

// Enter presses the first button of the form, which counts; in the fields about the post it is to say that it is out.
document.querySelector(".posted").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  form.requestSubmit(document.querySelector("#posted"));
});
