/**
 * What the companion has not accepted yet: captures, views and measured time, in the order in which they came.
 * Sending them is the work of outbox.js.
 */
import * as database from './database.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').CaptureBody} CaptureBody */
/** @typedef {import('./types').Segment} Segment */

/** How often an entry may meet a server error or silence, all to itself, before the user is told. */
const PATIENCE = 8;

/** The state of an entry that has not been tried. */
const FRESH = { state: /** @type {const} */ ('waiting'), reason: '', attempts: 0 };

/**
 * Keeps a capture until it is accepted. A page that waits already is not doubled: the new quote joins it.
 * @param {CaptureBody} body @param {string | null} html @param {string} identity
 * @returns {Promise<string>} the id of the capture under which the page waits
 */
export async function addCapture(body, html, identity) {
  /** @type {CaptureEntry} */
  const capture = { ...FRESH, version: 1, kind: 'capture', id: body.id, identity, body };
  const id = await database.putCapture(capture, (waiting) => withQuotes(waiting, body.quotes ?? []), html);
  await settings.touch();
  return id;
}

/** @param {CaptureEntry} waiting @param {import('./types').Quote[]} quotes @returns {CaptureEntry} */
function withQuotes(waiting, quotes) {
  const there = waiting.body.quotes ?? [];
  const fresh = quotes.filter((quote) => !there.some((each) => each.text === quote.text));
  if (!fresh.length) return waiting;
  const body = { ...waiting.body, quotes: [...there, ...fresh].slice(0, 100) };
  return { ...waiting, body, version: waiting.version + 1 };
}

/**
 * Keeps the user's view on an item; only the latest text of each item waits.
 * @param {string} itemId @param {string} identity @param {string} commentary
 */
export async function addCommentary(itemId, identity, commentary) {
  const id = `commentary:${itemId}`;
  await database.upsert(id, (there) => ({
    ...there,
    ...FRESH,
    version: (there?.version ?? 0) + 1,
    kind: 'commentary',
    id,
    identity,
    body: { item_id: itemId, commentary },
  }));
  await settings.touch();
}

/** Keeps measured time; a segment that has grown takes the place of its shorter self. @param {Segment[]} segments */
export async function addSegments(segments) {
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

/** Takes an entry out, whether it waits or was set aside. @param {string} id */
export async function remove(id) {
  await database.remove(id);
  await settings.touch();
}

/** Lets an entry that was set aside try again. @param {string} id */
export async function retry(id) {
  await database.upsert(id, (there) => there && { ...there, ...FRESH });
  await settings.touch();
}

/** @param {string} id @param {string} reason */
export async function park(id, reason) {
  await database.upsert(id, (there) => there && { ...there, state: 'parked', reason });
}

/** @param {string} id @param {string} reason */
export async function countFailure(id, reason) {
  await database.upsert(id, (there) => {
    if (!there) return undefined;
    const attempts = there.attempts + 1;
    return { ...there, attempts, reason, state: attempts < PATIENCE ? 'waiting' : 'parked' };
  });
}
