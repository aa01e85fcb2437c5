/** What the user can do with the page in front of them. Each act works on what is stored and answers with a view. */
import { api } from './api.js';
import * as capture from './capture.js';
import * as companion from './companion.js';
import * as database from './database.js';
import { refreshToday } from './deliveries.js';
import { identityUrl } from './identity.js';
import { flush } from './outbox.js';
import * as pairing from './pairing.js';
import * as queue from './queue.js';
import * as settings from './settings.js';
import * as tracker from './tracker/tracker.js';
import { viewOf } from './view.js';

/** @typedef {import('./types').Page} Page */
/** @typedef {import('./types').Tab} Tab */
/** @typedef {import('./types').View} View */
/** @typedef {import('./types').Item} Item */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */
/** @typedef {{identity: string, capture: string}} Shown what a popup shows: the page, and the capture made from it */

/** How long the popup waits for an answer before it says that the page is on its way. */
const GLANCE = 700;

/**
 * The click: saves a page that is new and reads as something to save; shows what is there otherwise.
 * @param {Tab} tab @returns {Promise<View>}
 */
export async function open(tab) {
  const page = await capture.read(tab);
  void refreshToday();
  if (!page) {
    await atAGlance(pairing.askIfNeeded());
    return viewOf({ identity: '', otherwise: 'browser-page' });
  }
  const identity = identityOf(page);
  if (await isKnown(identity)) return revisit(tab, page, identity);
  const { confirmFirst } = await settings.all();
  if (page.reads && !confirmFirst) return keep(tab, page);
  await atAGlance(pairing.askIfNeeded());
  return viewOf({ identity, page, otherwise: 'ask', confirming: Boolean(page.reads) });
}

/** Saves the page whatever it reads as: the user has asked for it. @param {Tab} tab @returns {Promise<View>} */
export async function save(tab) {
  const page = await capture.read(tab);
  if (!page) return viewOf({ identity: '', otherwise: 'browser-page' });
  const identity = identityOf(page);
  return (await isKnown(identity)) ? revisit(tab, page, identity) : keep(tab, page);
}

/** Saves a page by its address alone. @param {string} url @param {string} title @returns {Promise<View | null>} */
export async function saveLink(url, title) {
  const address = capture.webAddress(url);
  if (!address) return null;
  const page = capture.linkTo(address, title);
  const identity = identityOf(page);
  return (await isKnown(identity)) ? viewOf({ identity, otherwise: 'ask' }) : keep(null, page);
}

/** @param {Page} page */
function identityOf(page) {
  return identityUrl(page.url, page.canonical);
}

/** Whether the page waits or has an item; one that was deleted in Kwartier is new again. @param {string} identity */
async function isKnown(identity) {
  if (await queue.captureOf(identity)) return true;
  const kept = await database.receipt(identity);
  if (!kept) return false;
  await atAGlance(refresh(kept));
  return Boolean(await database.receipt(identity));
}

/** Something seen before: shown as it is, with a passage that was selected now. @param {Tab} tab @param {Page} page @param {string} identity */
async function revisit(tab, page, identity) {
  void tracker.start(tab, identity);
  if (page.quote) await queue.addCapture(capture.captureOf(page), null, identity);
  await send();
  return viewOf({ identity, page, otherwise: 'ask' });
}

/** @param {Tab | null} tab @param {Page} page @returns {Promise<View>} */
async function keep(tab, page) {
  const identity = identityOf(page);
  const id = await queue.addCapture(capture.captureOf(page), page.html, identity);
  await send();
  if (tab) void tracker.start(tab, identity);
  return viewOf({ identity, capture: id, page, otherwise: 'ask' });
}

/** Sends what waits; a companion that does not know this browser (any more) is asked to let it in. */
async function send() {
  await atAGlance(flush().then(pairing.askIfNeeded));
}

/** Waits for an answer, but not long: what comes later changes the popup when it comes. @param {Promise<unknown>} answer */
async function atAGlance(answer) {
  await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, GLANCE))]);
}

/** Brings a kept receipt up to date. @param {KeptReceipt} kept */
async function refresh(kept) {
  const found = await companion.call('GET', `/api/items/${kept.item.id}`);
  if (!found.ok) {
    if (isGone(found)) await database.removeReceipt(kept.identity);
    return;
  }
  const item = /** @type {Item} */ (found.body);
  // The text is long, and nothing here shows it.
  delete item.article.text;
  const [suggestions, slot] = await Promise.all([suggestionsFor(item), slotOf(item)]);
  await database.putReceipt({ ...kept, item, suggestions, slot, at: Date.now() });
  await settings.touch();
}

/** @param {Item} item @returns {Promise<import('./types').Suggestion[]>} */
async function suggestionsFor(item) {
  if (item.status !== 'queued') return [];
  const reply = await companion.call('GET', `/api/items/${item.id}/suggestions`);
  return reply.ok ? /** @type {any} */ (reply.body).suggestions : [];
}

/** The slot an item stands in, some weeks back or months ahead. @param {Item} item @returns {Promise<import('./types').Slot | null>} */
async function slotOf(item) {
  if (!item.slot_id) return null;
  const day = (/** @type {number} */ from) => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);
  const reply = await companion.call('GET', `/api/calendar?from=${day(-60)}&to=${day(300)}`);
  if (!reply.ok) return null;
  const { slots } = /** @type {{slots: import('./types').Slot[]}} */ (reply.body);
  return slots.find((slot) => slot.id === item.slot_id) ?? null;
}

/**
 * Takes back what this popup saved. The typed view is kept, in case it is saved again.
 * @param {Shown} shown @returns {Promise<View>}
 */
export async function undo({ identity, capture: id }) {
  await queue.remove(id);
  const kept = await database.receipt(identity);
  if (!kept || kept.capture_id !== id || kept.known) return viewOf({ identity, otherwise: 'undone' });
  const result = await companion.call('DELETE', `/api/items/${kept.item.id}`);
  if (!result.ok && !isGone(result))
    return viewOf({ identity, capture: id, otherwise: 'undone', failed: result.problem });
  await keepWords(kept);
  await queue.remove(`commentary:${kept.item.id}`);
  await database.removeReceipt(identity);
  return viewOf({ identity, otherwise: 'undone', page: { url: identity, title: kept.item.article.title } });
}

/** Whether the item was deleted in Kwartier. @param {import('./types').Failure} failure */
function isGone(failure) {
  return failure.problem === 'refused' && failure.status === 404;
}

/** @param {KeptReceipt} kept */
async function keepWords({ identity, item }) {
  const draft = await settings.readDraft(identity);
  if (draft === undefined && item.commentary) await settings.writeDraft(identity, item.commentary);
}

/** Puts the item into a slot. @param {Shown & {slot: import('./types').Slot}} chosen @returns {Promise<View>} */
export function place({ slot, ...shown }) {
  return change(shown, slot, (item) => ['PUT', `/api/items/${item.id}/slot`, { slot_id: slot.id }]);
}

/** Takes the item out of its slot, back into the queue. @param {Shown} shown @returns {Promise<View>} */
export function unplace(shown) {
  return change(shown, null, (item) => ['DELETE', `/api/items/${item.id}/slot`, undefined]);
}

/** Puts a dropped item back into the queue. @param {Shown} shown @returns {Promise<View>} */
export function putBack(shown) {
  return change(shown, null, (item) => ['PATCH', `/api/items/${item.id}`, { status: 'queued' }]);
}

/**
 * @param {Shown} shown @param {import('./types').Slot | null} slot the slot it stands in afterwards
 * @param {(item: Item) => [string, string, unknown]} request
 */
async function change({ identity, capture: id }, slot, request) {
  const kept = await database.receipt(identity);
  if (!kept) return viewOf({ identity, capture: id, otherwise: 'ask' });
  const result = await companion.call(...request(kept.item));
  if (!result.ok) return viewOf({ identity, capture: id, otherwise: 'ask', failed: result.problem });
  const item = /** @type {Item} */ (result.body);
  const suggestions = kept.suggestions.length || slot ? kept.suggestions : await suggestionsFor(item);
  await database.putReceipt({ ...kept, item, slot, suggestions, at: Date.now() });
  return viewOf({ identity, capture: id, otherwise: 'ask' });
}

/** Opens the week in a tab, by a link that lets this browser in. @returns {Promise<{failed: View['failed']}>} */
export async function openWeek() {
  const result = await companion.call('POST', '/api/launch-links', { path: '/' });
  if (!result.ok) return { failed: result.problem };
  const { url } = /** @type {{url: string}} */ (result.body);
  const { port } = await settings.all();
  await api.tabs.create({ url: new URL(url, `http://127.0.0.1:${port}`).href });
  return { failed: null };
}
