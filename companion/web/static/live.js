// Keeps a page that waits for a browser up to date: asks for the page again and puts in what changed.
const PAUSE = 2000;

const region = document.querySelector("[data-live]");
let shown = region?.innerHTML;

async function refresh() {
  // Shows the companion that it is this page that asks, and not another extension with the browser's cookie.
  const token = document.querySelector("input[name=csrf]").value;
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Kwartier-Page": token } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  // Someone at a button keeps it until they are done.
  if (!fresh || fresh.innerHTML === shown || region.contains(document.activeElement)) return;
  shown = fresh.innerHTML;
  region.replaceChildren(...fresh.childNodes);
}

async function keepUpToDate() {
  if (document.visibilityState === "visible") {
    // The companion may be starting again; the next round finds it.
    await refresh().catch(() => undefined);
  }
  setTimeout(keepUpToDate, PAUSE);
}

if (region) setTimeout(keepUpToDate, PAUSE);
