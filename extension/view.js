/** What the popup shows, made from what is stored: so it is the same after the popup or the worker was closed. */
import { isConnected, obstacle } from './connection.js';
import * as database from './database.js';
import { localDate } from './deliveries.js';
import * as outbox from './outbox.js';
import * as queue from './queue.js';
import * as settings from './settings.js';
import { waitingSeconds } from './tracker/tracker.js';

/** @typedef {import('./types').View} View */
/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').Settings} Settings */

/**
 * Which page is shown: its identity, the capture made from this popup (which may be undone), and what is shown where
 * the page is neither saved nor waiting.
 * @typedef {{
 *   identity: string, capture?: string, page?: import('./types').PageLine | null, otherwise: View['state'],
 *   confirming?: boolean, failed?: View['failed'],
 * }} Shown
 */

/** @param {Shown} shown @returns {Promise<View>} */
export async function viewOf(shown) {
  const { identity, otherwise, confirming = false, failed = null } = shown;
  const [waiting, kept, draft, all, entries] = await Promise.all([
    queue.captureOf(identity),
    database.receipt(identity),
    settings.readDraft(identity),
    settings.all(),
    database.entries(),
  ]);
  const rest = waiting ? whileWaiting(waiting, all) : kept ? whileKept(kept, shown) : null;
  const page = { state: otherwise, capture: '', page: null, item: null, suggestions: [], slot: null, quotes: [] };
  return {
    ...page,
    page: shown.page ?? null,
    identity,
    ...rest,
    text: draft ?? kept?.item.commentary ?? '',
    offline: !all.reachable,
    confirming,
    pairing: obstacle(all),
    troubles: troublesIn(entries),
    failed,
  };
}

/** @param {CaptureEntry} waiting @param {Settings} all */
function whileWaiting({ id, body, state }, all) {
  const { url, title, quotes = [] } = body;
  return { state: waitingState(state, all), capture: id, page: { url, title }, quotes };
}

/** @param {CaptureEntry['state']} state @param {Settings} all @returns {View['state']} */
function waitingState(state, all) {
  if (state === 'parked') return 'parked';
  if (!isConnected(all)) return 'pairing';
  return outbox.isFlushing() ? 'saving' : 'waiting';
}

/** @param {import('./types').KeptReceipt} kept @param {Shown} shown */
function whileKept({ capture_id, known, item, suggestions, slot }, { capture = '' }) {
  const state = /** @type {View['state']} */ (capture_id === capture && !known ? 'saved' : 'known');
  return { state, capture, item, suggestions, slot, quotes: item.quotes };
}

/** @param {Entry[]} entries @returns {import('./types').Trouble[]} */
export function troublesIn(entries) {
  return entries
    .filter((entry) => entry.state === 'parked' && entry.kind !== 'segments')
    .map((entry) => ({ id: entry.id, kind: entry.kind, title: titleOf(entry), reason: entry.reason }));
}

/** @param {Entry[]} entries @returns {import('./types').Waiting[]} */
export function waitingIn(entries) {
  return entries.flatMap((entry) =>
    entry.kind === 'capture' && entry.state === 'waiting'
      ? [{ id: entry.id, title: titleOf(entry), since: entry.body.captured_at }]
      : [],
  );
}

/** @param {Entry} entry */
function titleOf(entry) {
  if (entry.kind === 'capture') return entry.body.title || entry.body.url;
  return entry.kind === 'commentary' ? entry.body.commentary.slice(0, 80) : '';
}

/** Today in seconds: what the companion counted, and what waits to be sent. @returns {Promise<import('./types').Today>} */
export async function today() {
  const [{ today: day }, waits] = await Promise.all([settings.all(), waitingSeconds()]);
  const counted = day?.date === localDate() ? day : { browse: 0, read: 0, react: 0 };
  return {
    browse: counted.browse + (waits.browse ?? 0),
    read: counted.read + (waits.read ?? 0),
    react: counted.react + (waits.react ?? 0),
  };
}
