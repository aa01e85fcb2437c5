/** What the user can do with the page in front of them. Each act works on what is stored and answers with a view. */
import { api } from './api.js';
import * as capture from './capture.js';
import { showWhole } from './commentary.js';
import * as companion from './companion.js';
import * as database from './database.js';
import { identityUrl } from './identity.js';
import { refresh } from './items.js';
import { addressOf } from './local_page.js';
import { flush } from './outbox.js';
import * as pairing from './pairing.js';
import * as queue from './queue.js';
import { isGone } from './reply.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';
import { refreshToday } from './today.js';
import * as tracker from './tracker/tracker.js';
import { viewOf } from './view.js';

/** @typedef {import('./types').Page} Page */
/** @typedef {import('./types').Tab} Tab */
/** @typedef {import('./types').View} View */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */
/** @typedef {import('./types').Shown} Shown */

/** How long the popup waits for an answer before it says that the page is on its way. */
const GLANCE = 700;

/**
 * The click: saves a page that is new and reads as something to save; shows what is there otherwise. Its id becomes
 * that of the capture, so that the same click is known again when a worker ended before it could answer.
 * @param {Tab} tab @param {string} [click] @returns {Promise<View>}
 */
export async function open(tab, click) {
  const page = await capture.read(tab);
  void refreshToday().catch(unlessStorage);
  if (!page) {
    await atAGlance(pairing.askIfNeeded());
    return viewOf({ identity: '', otherwise: 'browser-page' });
  }
  const { confirmFirst } = await settings.all();
  const view = await take(tab, page, click, Boolean(page.reads) && !confirmFirst);
  // This popup begins with all the words of the item, whatever an earlier one has shown.
  if (view.item) await showWhole(view.identity).catch(unlessStorage);
  return view;
}

/**
 * Saves the page whatever it reads as: the user has asked for it.
 * @param {Tab} tab @param {string} [click] @returns {Promise<View>}
 */
export async function save(tab, click) {
  const page = await capture.read(tab);
  return page ? take(tab, page, click) : viewOf({ identity: '', otherwise: 'browser-page' });
}

/**
 * Saves a page by its address alone; the companion may fetch its text.
 * @param {string} url @param {string} title @returns {Promise<View | null>}
 */
export async function saveLink(url, title) {
  const address = capture.webAddress(url);
  return address ? take(null, capture.linkTo(address, title)) : null;
}

/** @param {Page} page */
function identityOf(page) {
  return identityUrl(page.url, page.canonical);
}

/**
 * Keeps of a page what is not kept yet, sends it, and shows how it stands.
 * @param {Tab | null} tab null for a link, whose page nobody has read
 * @param {Page} page
 * @param {string} [click]
 * @param {boolean} [isWanted] whether the user wants a page that is new to be saved; asked otherwise
 * @returns {Promise<View>}
 */
async function take(tab, page, click = crypto.randomUUID(), isWanted = true) {
  const identity = identityOf(page);
  const shown = { identity, page, capture: click, otherwise: /** @type {const} */ ('ask') };
  try {
    const isNew = !(await isKnown(identity));
    if (isNew && !isWanted) return await offer(shown, Boolean(page.reads));
    const body = capture.captureOf(page, click);
    const content = contentOf(page);
    if (isNew) await queue.addCapture(content === null ? { ...body, fetch: true } : body, content, identity);
    else await keepMore(page, body, identity);
  } catch (error) {
    unlessStorage(error);
    return notKept(shown);
  }
  await send();
  if (tab) void tracker.start(tab, identity).catch(unlessStorage);
  return viewOf(shown);
}

/** What was read of a page; null where the companion may fetch it instead, of a link or a PDF. @param {Page} page */
function contentOf({ html, pdf }) {
  return pdf ?? html;
}

/** Whether the page waits or has an item; one that was deleted in Kwartier is new again. @param {string} identity */
async function isKnown(identity) {
  if (await queue.captureOf(identity)) return true;
  const kept = await database.receipt(identity);
  if (!kept) return false;
  await atAGlance(refresh(kept));
  return Boolean(await database.receipt(identity));
}

/** @param {Shown & {otherwise: View['state']}} shown @param {boolean} confirming whether it reads as something to save */
async function offer(shown, confirming) {
  await atAGlance(pairing.askIfNeeded());
  return viewOf({ ...shown, confirming });
}

/**
 * Of something seen before, a passage that was selected now; and where only its link was saved, its page.
 * @param {Page} page @param {import('./types').CaptureBody} body @param {string} identity
 */
async function keepMore(page, body, identity) {
  const kept = await database.receipt(identity);
  const isSameClick = kept?.capture_id === body.id;
  if (isSameClick) return;
  const content = (await lacksPage(identity, kept)) ? contentOf(page) : null;
  if (page.quote || content !== null) await queue.addCapture(body, content, identity);
}

/**
 * What the companion says of a page that may show an article the next time: after logging in, once its script has run,
 * or, unlikely as it is, where there was none.
 */
const MAY_CHANGE = ['login', 'wall', 'no_article'];

/**
 * Whether this page's text is in nobody's hands: not in the companion's, and not on the way to it.
 * @param {string} identity @param {KeptReceipt | undefined} kept
 */
async function lacksPage(identity, kept) {
  const waiting = await queue.captureOf(identity);
  if (waiting) return !waiting.pageBytes && waiting.without !== 'did-not-fit';
  return Boolean(kept?.item.link_only && (!kept.sentPage || MAY_CHANGE.includes(kept.item.fetch ?? '')));
}

/**
 * Nothing more could be kept: shown is what is there of the page all the same, or that there is nothing.
 * @param {Shown} shown @returns {Promise<View>}
 */
async function notKept(shown) {
  const view = await viewOf({ ...shown, otherwise: 'full' });
  return view.state === 'full' ? view : { ...view, failed: 'keeping' };
}

/** Sends what waits; a companion that does not know this browser (any more) is asked to let it in. */
async function send() {
  await atAGlance(flush().then(pairing.askIfNeeded));
}

/**
 * Waits for an answer, but not long: what comes later changes the popup when it comes. One that cannot be kept is asked
 * for again another time.
 * @param {Promise<unknown>} answer
 */
async function atAGlance(answer) {
  await Promise.race([answer.catch(unlessStorage), new Promise((resolve) => setTimeout(resolve, GLANCE))]);
}

/**
 * Takes back what this popup saved; what is on its way to the companion, or may be there without an answer, as soon as
 * that answers. The typed view is kept, in case it is saved again.
 * @param {Shown} shown @returns {Promise<View>}
 */
export async function undo({ identity, capture: id = '' }) {
  await queue.remove(id);
  const kept = await database.receipt(identity);
  if (!kept || kept.capture_id !== id || kept.known) {
    void flush();
    return viewOf({ identity, otherwise: 'undone' });
  }
  const result = await companion.call('DELETE', `/api/items/${kept.item.id}`);
  if (!result.ok && !isGone(result))
    return viewOf({ identity, capture: id, otherwise: 'undone', failed: result.problem });
  await keepWords(kept);
  await queue.remove(`commentary:${kept.item.id}`);
  await database.removeReceipt(identity);
  return viewOf({ identity, otherwise: 'undone', page: { url: identity, title: kept.item.article.title } });
}

/** @param {KeptReceipt} kept */
async function keepWords({ identity, item }) {
  const draft = await settings.readDraft(identity);
  if (draft === undefined && item.commentary) await settings.writeDraft(identity, item.commentary);
}

/** Opens the week in a tab, by a link that lets this browser in. @returns {Promise<{failed: View['failed']}>} */
export async function openWeek() {
  const result = await companion.call('POST', '/api/launch-links', { path: '/' });
  if (!result.ok) return { failed: result.problem };
  const { url } = /** @type {{url: string}} */ (result.body);
  const { port } = await settings.all();
  const address = addressOf(url, port ?? 0);
  if (!address) return { failed: 'broken' };
  await api.tabs.create({ url: address });
  return { failed: null };
}
