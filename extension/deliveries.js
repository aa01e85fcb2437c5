/** How each kind of entry is sent, and what is done with the answer. */
import * as companion from './companion.js';
import * as database from './database.js';
import { addCapture, addCommentary, park } from './queue.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').CommentaryEntry} CommentaryEntry */
/** @typedef {import('./types').SegmentEntry} SegmentEntry */
/** @typedef {import('./types').Receipt} Receipt */
/** @typedef {import('./types').Item} Item */
/** @typedef {import('./types').Result} Result */

/** A page is read and kept before the reply: that may take some seconds. */
const CAPTURE_PATIENCE = 30_000;
/** Segments that may still grow: a few pages at once. */
const REMEMBERED = 20;

/** @param {Entry[]} batch one entry, or segments @returns {Promise<Result>} */
export function deliver(batch) {
  const [entry] = batch;
  if (entry?.kind === 'capture') return deliverCapture(entry);
  if (entry?.kind === 'commentary') return deliverCommentary(entry);
  return deliverSegments(/** @type {SegmentEntry[]} */ (batch));
}

/** @param {CaptureEntry} entry @returns {Promise<Result>} */
async function deliverCapture(entry) {
  const [html, commentary] = await Promise.all([database.pageOf(entry.id), settings.readDraft(entry.identity)]);
  const body = { ...entry.body, ...(html ? { html } : {}), ...(commentary?.trim() ? { commentary } : {}) };
  const result = await companion.call('POST', '/api/captures', body, { timeout: CAPTURE_PATIENCE });
  if (result.ok) await settleCapture(entry, /** @type {Receipt} */ (result.body));
  return result;
}

/** @param {CaptureEntry} sent @param {Receipt} receipt */
async function settleCapture(sent, receipt) {
  const { item, suggestions, today } = receipt;
  // Sent twice because the first answer was lost, it is known and yet ours.
  const known = receipt.known && item.capture_ids[0] !== sent.id;
  const there = await database.entry(sent.id);
  if (!there) return known ? undefined : takeBackUndone(item);
  const { identity, id: capture_id } = sent;
  const before = await database.receipt(identity);
  const slot = before?.slot && before.slot.id === item.slot_id ? before.slot : null;
  await database.putReceipt({ identity, capture_id, known, item, suggestions, slot, at: Date.now() });
  await settings.set({ today });
  if (!(await database.removeUnchanged(sent))) await followUp(sent, /** @type {CaptureEntry} */ (there));
  await settleDraft(sent.identity, item, known);
}

/** The user took it back while it was on its way. @param {Item} item */
async function takeBackUndone(item) {
  await companion.call('DELETE', `/api/items/${item.id}`);
}

/** Quotes that were added while the page was on its way go after it. @param {CaptureEntry} sent @param {CaptureEntry} now */
async function followUp(sent, now) {
  const gone = new Set((sent.body.quotes ?? []).map((quote) => quote.text));
  const quotes = (now.body.quotes ?? []).filter((quote) => !gone.has(quote.text));
  await database.remove(sent.id);
  await addCapture({ ...now.body, id: crypto.randomUUID(), quotes }, null, sent.identity);
}

/**
 * What was typed while the page was on its way goes after it. An item that had words already keeps them: the new ones
 * are put under them.
 * @param {string} identity @param {Item} item @param {boolean} known
 */
async function settleDraft(identity, item, known) {
  const draft = (await settings.readDraft(identity))?.trim();
  if (draft === undefined) return;
  const accepted = [item.commentary, ...(known ? item.later_views.map((view) => view.text) : [])];
  if (accepted.some((text) => text.trim() === draft)) return settings.removeDraft(identity);
  const text = known && item.commentary ? `${item.commentary}\n\n${draft}` : draft;
  if (known) await settings.writeDraft(identity, text);
  await addCommentary(item.id, identity, text);
}

/** @param {CommentaryEntry} entry @returns {Promise<Result>} */
async function deliverCommentary(entry) {
  const { item_id, commentary } = entry.body;
  const result = await companion.call('PATCH', `/api/items/${item_id}`, { commentary });
  if (!result.ok) return result;
  await database.removeUnchanged(entry);
  await keepItem(entry.identity, /** @type {Item} */ (result.body));
  if ((await settings.readDraft(entry.identity)) === commentary) await settings.removeDraft(entry.identity);
  return result;
}

/** Brings the receipt of a page up to date with its item. @param {string} identity @param {Item} item */
async function keepItem(identity, item) {
  const kept = await database.receipt(identity);
  if (kept) await database.putReceipt({ ...kept, item, at: Date.now() });
}

/** @param {SegmentEntry[]} entries @returns {Promise<Result>} */
async function deliverSegments(entries) {
  const body = { source: await settings.source(), segments: entries.map((entry) => entry.body) };
  const result = await companion.call('POST', '/api/time/segments', body);
  if (!result.ok) return result;
  const { rejected = [] } = /** @type {{rejected?: {id: string, message: string}[]}} */ (result.body);
  const reasons = new Map(rejected.map(({ id, message }) => [id, message]));
  await Promise.all(entries.map((entry) => settleSegment(entry, reasons.get(entry.id))));
  const accepted = entries.filter((entry) => !reasons.has(entry.id)).map(({ body: { id, end } }) => ({ id, end }));
  const { acceptedTime } = await settings.all();
  await settings.set({ acceptedTime: [...accepted.reverse(), ...acceptedTime].slice(0, REMEMBERED) });
  await refreshToday();
  return result;
}

/** @param {SegmentEntry} entry @param {string | undefined} reason why it was rejected, if it was */
async function settleSegment(entry, reason) {
  if (reason === undefined) await database.removeUnchanged(entry);
  else await park(entry.id, reason);
}

/** Asks the companion for today's minutes. */
export async function refreshToday() {
  const date = localDate();
  const result = await companion.call('GET', `/api/time/days?from=${date}&to=${date}`);
  if (!result.ok) return;
  const { days } = /** @type {{days: import('./types').Day[]}} */ (result.body);
  const day = days.find((each) => each.date === date);
  if (day) await settings.set({ today: { ...day, entries: [] } });
}

/** @returns {string} today's date where the user is */
export function localDate(now = new Date()) {
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
