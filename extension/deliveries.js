/** How each kind of entry is sent, and what is done with the answer. */
import * as commentary from './commentary.js';
import * as companion from './companion.js';
import * as database from './database.js';
import { noteTried } from './queue.js';
import { isGone } from './reply.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';
import { refreshToday } from './today.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').CommentaryEntry} CommentaryEntry */
/** @typedef {import('./types').SegmentEntry} SegmentEntry */
/** @typedef {import('./types').UndoEntry} UndoEntry */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */
/** @typedef {import('./types').Receipt} Receipt */
/** @typedef {import('./types').Capture} Capture */
/** @typedef {import('./types').Item} Item */
/** @typedef {import('./types').Result} Result */

/** A page is read and kept before the reply: that may take some seconds. */
const CAPTURE_PATIENCE = 30_000;
/** HTML begins with a tag, base64 never does. */
const PDF_IN_BASE64 = /^[A-Za-z0-9+/]/;
/** Segments that may still grow: a few pages at once. */
const REMEMBERED = 20;
/** What is to be said of something that is over without an answer of its own. @type {Result} */
const DONE = { ok: true, status: 204, body: null };

/** @param {Entry[]} batch one entry, or segments @returns {Promise<Result>} */
export function deliver(batch) {
  const [entry] = batch;
  if (entry?.kind === 'capture') return deliverCapture(entry);
  if (entry?.kind === 'commentary') return deliverCommentary(entry);
  if (entry?.kind === 'undo') return deliverUndo(entry);
  return deliverSegments(/** @type {SegmentEntry[]} */ (batch));
}

/**
 * A page that is too large for the companion is let go of, and its link sent: that is said where the page is shown.
 * @param {CaptureEntry} entry @returns {Promise<Result>}
 */
async function deliverCapture(entry) {
  const sent = await wholeCapture(entry);
  const result = await companion.call('POST', '/api/captures', sent, {
    timeout: CAPTURE_PATIENCE,
    isWanted: () => isWanted(entry),
  });
  if (result.ok) {
    if (!isReceipt(result.body)) return unreadable(result);
    await settleCapture(entry, result.body, sent);
    return result;
  }
  if (!isTooLarge(result) || !entry.pageBytes) return result;
  await database.dropPage(entry.id, 'did-not-fit');
  return deliverCapture({ ...entry, pageBytes: 0, without: 'did-not-fit' });
}

/**
 * The view goes with its capture as long as the page has no item. Half a sentence does not: on an item that has words
 * it would stay as a view of its own.
 * @param {CaptureEntry} entry @returns {Promise<Capture>} with its page and with what is typed by now
 */
async function wholeCapture({ id, identity, body, pageBytes }) {
  const [content, draft, kept] = await Promise.all([
    pageBytes ? database.pageOf(id) : undefined,
    settings.readDraft(identity),
    database.receipt(identity),
  ]);
  const { fetch, ...page } = body;
  const isReady = !kept && !commentary.isBeingTyped(identity) && draft?.trim();
  // Whoever sends the page needs nobody to fetch it.
  return { ...page, ...(content ? named(content) : fetch ? { fetch } : {}), ...(isReady ? { commentary: draft } : {}) };
}

/** What was read, as a page or as a PDF. @param {string} content */
function named(content) {
  return PDF_IN_BASE64.test(content) ? { pdf: content } : { html: content };
}

/** Whether a capture is still to be sent. A disk that takes no note of it does not hold it up. @param {CaptureEntry} entry */
async function isWanted(entry) {
  try {
    return await noteTried(entry);
  } catch (error) {
    unlessStorage(error);
    return true;
  }
}

/** @param {import('./types').Failure} failure */
function isTooLarge(failure) {
  return failure.problem === 'refused' && failure.status === 413;
}

/** @param {any} body @returns {body is Receipt} */
function isReceipt(body) {
  return isItem(body?.item) && Array.isArray(body.suggestions);
}

/** @param {any} body @returns {body is Item} */
function isItem(body) {
  const lists = [body?.capture_ids, body?.later_views, body?.quotes];
  return lists.every(Array.isArray) && [body.id, body.commentary].every((each) => typeof each === 'string');
}

/** An answer that is none: an entry that meets it must not stop those behind it. @param {{status: number}} reply @returns {Result} */
function unreadable({ status }) {
  return { ok: false, problem: 'broken', status, reason: '' };
}

/**
 * Nothing here is done twice when the worker ends in between: the capture is still there, and is sent again, or the
 * draft is, and is looked at again. What was taken back while it was on its way leaves no receipt.
 * @param {CaptureEntry} sent @param {Receipt} receipt @param {Capture} body as it was sent
 */
async function settleCapture(sent, receipt, body) {
  const { identity } = sent;
  const before = await database.receipt(identity);
  const isThere = await database.settle(
    sent,
    (kept) => receiptOf(sent, receipt, body, kept),
    (there) => remainder(sent, there),
  );
  if (!isThere) return;
  await settings.note({ today: receipt.today });
  // Words for an item that is no more go to the one that took its place.
  if (before && before.item.id !== receipt.item.id) await database.remove(`commentary:${before.item.id}`);
  if (!commentary.isBeingTyped(identity)) await commentary.keepForItem(identity);
}

/**
 * @param {CaptureEntry} sent @param {Receipt} receipt @param {Capture} body
 * @param {KeptReceipt | undefined} kept what is known of the page so far
 * @returns {KeptReceipt}
 */
function receiptOf({ id, identity, pageBytes, without }, receipt, body, kept) {
  const { item, suggestions } = receipt;
  const before = kept?.item.id === item.id ? kept : null;
  const slot = before?.slot ?? null;
  return {
    identity,
    capture_id: id,
    // Sent twice because the first answer was lost, it is known and yet ours.
    known: receipt.known && item.capture_ids[0] !== id,
    item,
    suggestions,
    slot: slot?.id === item.slot_id ? slot : null,
    without,
    sentPage: pageBytes > 0 || without === 'did-not-fit' || Boolean(before?.sentPage),
    under: before ? before.under : unshown(receipt, body),
    at: Date.now(),
  };
}

/** The words of an item that was not known here, as far as they are not those that were just sent. @param {Receipt} receipt @param {Capture} body */
function unshown({ known, item }, { commentary: sent = '' }) {
  return known && item.commentary.trim() !== sent.trim() ? item.commentary : '';
}

/**
 * What joined a capture while it was on its way, as a capture of its own; the address is with the companion already.
 * @param {CaptureEntry} sent @param {CaptureEntry} there @returns {CaptureEntry}
 */
function remainder(sent, there) {
  const id = crypto.randomUUID();
  const gone = new Set((sent.body.quotes ?? []).map((quote) => quote.text));
  const quotes = (there.body.quotes ?? []).filter((quote) => !gone.has(quote.text));
  const pageBytes = sent.pageBytes ? 0 : there.pageBytes;
  const next = { ...there, id, version: 1, pageBytes, isTried: false, body: { ...there.body, id, quotes } };
  delete next.seq;
  delete next.body.fetch;
  return next;
}

/**
 * Takes a capture back that the companion may have had. Sent again, it tells which item it made; where it made none,
 * because the page had one before or because it was refused, there is nothing to take back.
 * @param {UndoEntry} entry @returns {Promise<Result>}
 */
async function deliverUndo({ id, body }) {
  const found = await companion.call('POST', '/api/captures', body);
  if (found.ok && !isReceipt(found.body)) return unreadable(found);
  if (!found.ok && found.problem !== 'refused') return found;
  const item = found.ok ? /** @type {Receipt} */ (found.body).item : null;
  // Saved again meanwhile, it stays.
  const isOwn = item?.capture_ids[0] === id && (await database.entry(id));
  if (isOwn) {
    const gone = await companion.call('DELETE', `/api/items/${item.id}`);
    if (!gone.ok && !isGone(gone)) return gone.problem === 'refused' ? unreadable(gone) : gone;
  }
  await database.remove(id);
  return DONE;
}

/** @param {CommentaryEntry} entry @returns {Promise<Result>} */
async function deliverCommentary(entry) {
  const { identity, body } = entry;
  const result = await companion.call('PATCH', `/api/items/${body.item_id}`, { commentary: body.commentary });
  if (!result.ok) return result;
  if (!isItem(result.body)) return unreadable(result);
  await database.removeUnchanged(entry);
  await database.updateReceipt(identity, { item: result.body, at: Date.now() });
  await commentary.letGo(identity, body.commentary);
  return result;
}

/** @param {SegmentEntry[]} entries @returns {Promise<Result>} */
async function deliverSegments(entries) {
  const body = { source: await settings.source(), segments: entries.map((entry) => entry.body) };
  const result = await companion.call('POST', '/api/time/segments', body);
  if (!result.ok) return result.problem === 'refused' ? refuseSegments(entries, result) : result;
  const { rejected } = /** @type {any} */ (result.body ?? {});
  if (!Array.isArray(rejected)) return unreadable(result);
  const refused = new Set(rejected.map(({ id }) => id));
  await Promise.all(entries.map(database.removeUnchanged));
  const accepted = entries.filter(({ id }) => !refused.has(id)).map(({ body: { id, end } }) => ({ id, end }));
  const { acceptedTime } = await settings.all();
  await settings.note({ acceptedTime: [...accepted.reverse(), ...acceptedTime].slice(0, REMEMBERED) });
  await refreshToday();
  return result;
}

/**
 * What is refused all to itself is let go of: nobody would see it. Of several, each is tried again in a smaller batch.
 * @param {SegmentEntry[]} entries @param {import('./types').Failure & {problem: 'refused'}} refusal
 * @returns {Promise<Result>}
 */
async function refuseSegments(entries, refusal) {
  const [first, ...others] = entries;
  if (!first || others.length) return { ...refusal, problem: 'broken' };
  await database.removeUnchanged(first);
  return DONE;
}
