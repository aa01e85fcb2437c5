/** The items behind the pages that were saved: how they stand in the companion by now, and their slots. */
import * as companion from './companion.js';
import * as database from './database.js';
import { isGone } from './reply.js';
import * as settings from './settings.js';
import { viewOf, whyNoText } from './view.js';

/** @typedef {import('./types').Item} Item */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */
/** @typedef {import('./types').Shown} Shown */
/** @typedef {import('./types').View} View */

/** How many links the options tell about; and how many of them are asked after, at the most, when they are opened. */
const LINKS_TOLD = 20;

/** Brings a kept receipt up to date, and tells the pages that show it. @param {KeptReceipt} kept */
export async function refresh(kept) {
  await bringUpToDate(kept);
  await settings.touch();
}

/** @param {KeptReceipt} kept @returns {Promise<boolean>} whether anybody answered */
async function bringUpToDate(kept) {
  const found = await companion.call('GET', `/api/items/${kept.item.id}`);
  if (!found.ok) {
    if (isGone(found)) await database.removeReceipt(kept.identity);
    return found.problem !== 'absent';
  }
  const item = /** @type {Item} */ (found.body);
  // The text is long, and nothing here shows it.
  delete item.article.text;
  const [suggestions, slot] = await Promise.all([suggestionsFor(item), slotOf(item)]);
  await database.updateReceipt(kept.identity, { item, suggestions, slot, at: Date.now() });
  return true;
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

/** What was saved without its text, the latest first, brought up to date. @returns {Promise<import('./types').LinkOnly[]>} */
export async function linksWithoutText() {
  for (const kept of await linkReceipts()) if (kept.item.fetch === 'waiting' && !(await bringUpToDate(kept))) break;
  return (await linkReceipts()).map((kept) => ({
    id: kept.item.id,
    title: kept.item.article.title || kept.item.article.url,
    why: whyNoText(kept),
  }));
}

async function linkReceipts() {
  return (await database.receipts()).filter(({ item }) => item.link_only).slice(0, LINKS_TOLD);
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
  await database.updateReceipt(identity, { item, slot, suggestions, at: Date.now() });
  return viewOf({ identity, capture: id, otherwise: 'ask' });
}
