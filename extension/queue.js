/**
 * What the companion has not accepted yet: captures, views and measured time, in the order in which they came.
 * Sending them is the work of outbox.js.
 */
import * as database from './database.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';
import { wakeAt } from './wake.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').CaptureBody} CaptureBody */
/** @typedef {import('./types').Segment} Segment */

/**
 * How many bytes of pages may wait: forty of the largest that a capture holds, or about a thousand ordinary ones. That
 * is months of reading with Kwartier off, and a hundredth of a small laptop's disk at most.
 */
export const PAGES_LIMIT = 200_000_000;

/** How often an entry may meet a server error or silence, all to itself, before the user is told. */
const PATIENCE = 8;
/** As the contract limits them. */
const MOST_QUOTES = 100;
/** Milliseconds until somebody looks whether an entry was sent, should the worker end right after it was kept. */
const LOOK_AGAIN = 60_000;

/** The state of an entry that has not been tried. */
const FRESH = { state: /** @type {const} */ ('waiting'), reason: '', attempts: 0 };

/**
 * Keeps a capture until it is accepted. A page that waits already is not doubled: the new quote joins it, and so does
 * the page where only its link waits. Where there is no room for the page, the capture is kept without it and says so.
 * @param {CaptureBody} body @param {string | null} html @param {string} identity
 * @param {number} [most] bytes that all waiting pages together may take
 * @returns {Promise<string>} the id of the capture under which the page waits
 * @throws {import('./storage_failure').StorageFailure} where not even that could be kept
 */
export async function addCapture(body, html, identity, most = PAGES_LIMIT) {
  await wakeAt(Date.now() + LOOK_AGAIN);
  /** @type {CaptureEntry} */
  const capture = { ...FRESH, version: 1, kind: 'capture', id: body.id, identity, body, pageBytes: 0, without: null };
  const join = (/** @type {CaptureEntry} */ waiting) => joined(waiting, body, html !== null);
  const id = await putOrLeavePage(capture, join, html, most);
  await settings.touch();
  return id;
}

/** @param {CaptureEntry} capture @param {(waiting: CaptureEntry) => CaptureEntry | null} join @param {string | null} html @param {number} most */
async function putOrLeavePage(capture, join, html, most) {
  try {
    return await database.putCapture(capture, join, html, most);
  } catch (error) {
    unlessStorage(error);
    if (html === null) throw error;
    return database.putCapture({ ...capture, without: 'disk-full' }, join, null, most);
  }
}

/**
 * @param {CaptureEntry} waiting @param {CaptureBody} body @param {boolean} hasPage
 * @returns {CaptureEntry | null} null where it can hold no more quotes
 */
function joined(waiting, body, hasPage) {
  const { quotes = [], ...named } = waiting.body;
  const fresh = (body.quotes ?? []).filter((quote) => !quotes.some((each) => each.text === quote.text));
  if (quotes.length + fresh.length > MOST_QUOTES) return null;
  // A link goes by its address; the page knows its title.
  const title = hasPage && !waiting.pageBytes ? body.title : named.title;
  if (!fresh.length && title === named.title) return waiting;
  const all = fresh.length ? { quotes: [...quotes, ...fresh] } : waiting.body.quotes ? { quotes } : {};
  return { ...waiting, body: { ...named, title, ...all }, version: waiting.version + 1 };
}

/**
 * Keeps the user's view on an item; only the latest text of each item waits. One that was set aside stays so until the
 * text changes, or the user says so.
 * @param {string} itemId @param {string} identity @param {string} commentary
 */
export async function addCommentary(itemId, identity, commentary) {
  const id = `commentary:${itemId}`;
  const body = { item_id: itemId, commentary };
  await wakeAt(Date.now() + LOOK_AGAIN);
  await database.upsert(id, (there) => {
    if (there?.kind === 'commentary' && there.body.commentary === commentary) return undefined;
    return { ...there, ...FRESH, version: (there?.version ?? 0) + 1, kind: 'commentary', id, identity, body };
  });
  await settings.touch();
}

/** Keeps measured time; a segment that has grown takes the place of its shorter self. @param {Segment[]} segments */
export async function addSegments(segments) {
  await wakeAt(Date.now() + LOOK_AGAIN);
  for (const body of segments) {
    await database.upsert(body.id, (there) => {
      if (there && (there.kind !== 'segments' || there.body.end >= body.end)) return undefined;
      return { ...there, ...FRESH, version: (there?.version ?? 0) + 1, kind: 'segments', id: body.id, body };
    });
  }
}

/** @param {string} identity @returns {Promise<CaptureEntry | undefined>} the capture of this page that is not accepted */
export async function captureOf(identity) {
  const found = await database.entriesOf(identity);
  return found.find((entry) => entry.kind === 'capture');
}

/**
 * Takes an entry out, whether it waits or was set aside. Of a capture that the companion may have, it stays to be done
 * that it is taken back there as well.
 * @param {string} id
 */
export async function remove(id) {
  await database.remove(id, undoOf);
  await settings.touch();
}

/** @param {Entry} entry @returns {import('./types').UndoEntry | null} */
function undoOf(entry) {
  if (entry.kind !== 'capture' || !entry.isTried) return null;
  const { seq, id, version, identity } = entry;
  const body = { ...entry.body };
  // All that is asked by it is which item the capture made: it adds nothing, should the page have had one before.
  delete body.quotes;
  delete body.fetch;
  return { ...FRESH, seq, version: version + 1, kind: 'undo', id, identity, body };
}

/**
 * Notes that the companion may have a capture from now on.
 * @param {CaptureEntry} entry
 * @returns {Promise<boolean>} whether it is still there to be sent
 */
export async function noteTried({ id }) {
  let isThere = false;
  await database.upsert(id, (there) => {
    isThere = there?.kind === 'capture';
    return there?.kind === 'capture' && !there.isTried ? { ...there, isTried: true } : undefined;
  });
  return isThere;
}

/** Lets an entry that was set aside try again. @param {string} id */
export async function retry(id) {
  await database.upsert(id, (there) => there && { ...there, ...FRESH });
  await settings.touch();
}

/** Sets aside what the companion refused, and so does not have. @param {string} id @param {string} reason */
export async function park(id, reason) {
  await database.upsert(id, (there) => {
    const parked = there && { ...there, state: /** @type {const} */ ('parked'), reason };
    return parked?.kind === 'capture' ? { ...parked, isTried: false } : parked;
  });
}

/**
 * Counts a try that met a server error or silence. Only what the user sees is set aside for that.
 * @param {string} id @param {string} reason
 */
export async function countFailure(id, reason) {
  await database.upsert(id, (there) => {
    if (!there) return undefined;
    const attempts = there.attempts + 1;
    const isPatient = attempts < PATIENCE || there.kind === 'segments' || there.kind === 'undo';
    return { ...there, attempts, reason, state: isPatient ? 'waiting' : 'parked' };
  });
}
