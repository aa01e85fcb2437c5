// Keeps a page that waits for something up to date: asks for the page again and puts in what changed.
const PAUSE = 2000;

const region = document.querySelector("[data-live]");
let shown = region?.innerHTML;
// What the page waited for is there: nothing more is to come.
let settled = false;

async function refresh() {
  // Shows the companion that it is this page that asks, and not another extension with the browser's cookie.
  const token = document.querySelector("input[name=csrf]").value;
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-Kwartier-Page": token } });
  // What it showed was deleted meanwhile: nothing more is to come of it either.
  settled = answer.status === 404;
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(region.id);
  // Someone at a button keeps it until they are done.
  if (!fresh || fresh.innerHTML === shown || region.contains(document.activeElement)) return;
  shown = fresh.innerHTML;
  settled = !("live" in fresh.dataset);
  region.replaceChildren(...fresh.childNodes);
}

async function keepUpToDate() {
  if (document.visibilityState === "visible") {
    // The companion may be starting again; the next round finds it.
    await refresh().catch(() => undefined);
  }
  if (!settled) setTimeout(keepUpToDate, PAUSE);
}

if (region) setTimeout(keepUpToDate, PAUSE);
