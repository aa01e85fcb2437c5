/** What the popup shows, made from what is stored: so it is the same after the popup or the worker was closed. */
import { whole } from './commentary.js';
import { isConnected, obstacle } from './connection.js';
import * as database from './database.js';
import * as outbox from './outbox.js';
import * as queue from './queue.js';
import * as settings from './settings.js';
import { standingOf } from './standing.js';
import { unlessStorage } from './storage_failure.js';

/** @typedef {import('./types').View} View */
/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').Settings} Settings */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */

/** What the companion says of a page that it has read. */
const FOUND = ['no_article', 'login', 'wall', 'locked', 'scanned', 'unreadable'];
/** The share of the room for waiting pages from which on the user is told. */
const TOLD_FROM = 0.8;

/**
 * @param {import('./types').Shown & {otherwise: View['state']}} shown with what is said where the page is neither saved
 *   nor waiting
 * @returns {Promise<View>}
 */
export async function viewOf(shown) {
  const { identity, capture = '', otherwise, confirming = false, failed = null } = shown;
  const [{ waiting, kept, entries }, draft, all] = await Promise.all([
    storedOf(shown),
    settings.readDraft(identity),
    settings.all(),
  ]);
  const none = { item: null, suggestions: [], slot: null, quotes: [], noText: null, canUndo: false };
  return {
    state: /** @type {View['state']} */ (otherwise),
    page: shown.page ?? null,
    ...none,
    ...(waiting ? whileWaiting(waiting, capture, all) : kept ? whileKept(kept, capture) : null),
    identity,
    capture,
    text: textOf(kept, draft),
    offline: !all.reachable,
    holdup: all.holdup,
    confirming,
    pairing: obstacle(all),
    troubles: troublesIn(entries),
    filling: fillingOf(entries),
    failed,
  };
}

/**
 * What is kept of a page, and all that waits. Where nothing could be kept, nothing may be readable either.
 * @param {{identity: string, otherwise: View['state']}} shown
 * @returns {Promise<{waiting?: CaptureEntry, kept?: KeptReceipt, entries: Entry[]}>}
 */
async function storedOf({ identity, otherwise }) {
  try {
    const [waiting, kept, entries] = await Promise.all([
      queue.captureOf(identity),
      database.receipt(identity),
      database.entries(),
    ]);
    return { waiting, kept, entries };
  } catch (error) {
    unlessStorage(error);
    if (otherwise !== 'full') throw error;
    return { entries: [] };
  }
}

/** @param {KeptReceipt | undefined} kept @param {string | undefined} draft */
function textOf(kept, draft) {
  if (draft === undefined) return kept?.item.commentary ?? '';
  return kept ? whole(kept, draft) : draft;
}

/** @param {CaptureEntry} waiting @param {string} own the capture of the popup that shows it @param {Settings} all */
function whileWaiting({ id, body, state, without }, own, all) {
  const { url, title, quotes = [] } = body;
  const canUndo = id === own && state !== 'parked';
  return { state: waitingState(state, all), canUndo, page: { url, title }, quotes, noText: without };
}

/** @param {CaptureEntry['state']} state @param {Settings} all @returns {View['state']} */
function waitingState(state, all) {
  if (state === 'parked') return 'parked';
  if (!isConnected(all)) return 'pairing';
  return outbox.isFlushing() ? 'saving' : 'waiting';
}

/** @param {KeptReceipt} kept @param {string} own the capture of the popup that shows it */
function whileKept(kept, own) {
  const { capture_id, known, item, suggestions, slot } = kept;
  const canUndo = capture_id === own && !known;
  const state = /** @type {View['state']} */ (canUndo ? 'saved' : 'known');
  return { state, canUndo, item, suggestions, slot, quotes: item.quotes, noText: whyNoText(kept) };
}

/**
 * Why an item has no text: what stood in the way here, what the companion found in its page instead, or how its own
 * fetching went.
 * @param {KeptReceipt} kept @returns {View['noText']}
 */
export function whyNoText({ item, without, sentPage }) {
  if (!item.link_only) return null;
  const isFound = FOUND.includes(item.fetch ?? '');
  return without ?? (sentPage && !isFound ? null : item.fetch) ?? 'link-only';
}

/**
 * How far the pages that wait fill their room, told before it is full.
 * @param {Entry[]} entries @param {number} [most] bytes
 * @returns {View['filling']} in whole megabytes; null while there is plenty of room
 */
export function fillingOf(entries, most = queue.PAGES_LIMIT) {
  const bytes = database.fill(entries);
  const isTold =
    bytes >= TOLD_FROM * most || entries.some((each) => each.kind === 'capture' && each.without === 'queue-full');
  return isTold ? { megabytes: Math.ceil(bytes / 1e6), of: most / 1e6 } : null;
}

/** What has not arrived yet, for the options. @returns {Promise<import('./types').OutboxView>} */
export async function outboxView() {
  const [all, entries] = await Promise.all([settings.all(), database.entries()]);
  return {
    standing: standingOf(entries, all),
    waiting: waitingIn(entries),
    troubles: troublesIn(entries),
    filling: fillingOf(entries),
    holdup: all.holdup,
  };
}

/** @param {Entry[]} entries @returns {import('./types').Trouble[]} */
function troublesIn(entries) {
  return entries
    .filter((entry) => entry.state === 'parked' && entry.kind !== 'segments')
    .map((entry) => ({ id: entry.id, kind: entry.kind, title: titleOf(entry), reason: entry.reason }));
}

/** @param {Entry[]} entries @returns {import('./types').Waiting[]} */
function waitingIn(entries) {
  return entries.flatMap((entry) =>
    entry.kind === 'capture' && entry.state === 'waiting'
      ? [{ id: entry.id, title: titleOf(entry), since: entry.body.captured_at, noText: entry.without }]
      : [],
  );
}

/** @param {Entry} entry */
function titleOf(entry) {
  if (entry.kind === 'capture') return entry.body.title || entry.body.url;
  return entry.kind === 'commentary' ? entry.body.commentary.slice(0, 80) : '';
}
