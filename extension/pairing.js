/**
 * Letting this browser in, with nothing typed: Kwartier's page shows the same four digits and one button.
 * What has been asked is kept in storage, so that it goes on when the worker is ended in between.
 */
import { api } from './api.js';
import { browserLabel } from './browser_label.js';
import * as companion from './companion.js';
import { isConnected } from './connection.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Asking} Asking */
/** @typedef {import('./types').Failure} Failure */

export const ALARM = 'pairing';
const POLL_EVERY = 1_000;

/** @type {Promise<{ok: true} | Failure> | null} */
let asking = null;
let polling = false;

/** Asks once, however often it is called: a double click gives one request and one page. */
export function ask() {
  asking ??= askNow().finally(() => {
    asking = null;
  });
  return asking;
}

/** Asks, unless the user has been asked already (and has not said no, or let it pass). */
export async function askIfNeeded() {
  const kept = await settings.all();
  return isConnected(kept) || kept.asking ? null : ask();
}

/** @returns {Promise<{ok: true} | Failure>} */
async function askNow() {
  const { port, result } = await companion.callOpen('/api/pairing', { browser: browserLabel(navigator.userAgent) });
  if (!result.ok) {
    await settings.set({ asking: null });
    return result;
  }
  const { id, secret, code, expires_at, page } = /** @type {Asking} */ (result.body);
  await settings.set({ asking: { id, secret, code, expires_at, page, port } });
  await api.alarms.create(ALARM, { periodInMinutes: 0.5 });
  await showPage();
  void poll();
  return { ok: true };
}

/** Brings Kwartier's own page to the front, where the button is. */
export async function showPage() {
  const { asking: pending } = await settings.all();
  if (!pending) return;
  const page = pending.page.startsWith('/') ? pending.page : '/pair';
  await api.tabs.create({ url: `http://127.0.0.1:${pending.port}${page}` });
}

/** Looks each second whether the user has answered. The alarm starts it again in a new worker. */
export async function poll() {
  if (polling) return;
  polling = true;
  try {
    while (await isOpen()) await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
  } finally {
    polling = false;
  }
  await api.alarms.clear(ALARM);
}

/** @returns {Promise<boolean>} whether an answer is still to come */
async function isOpen() {
  const { asking: pending } = await settings.all();
  if (!pending || pending.over) return false;
  const result = await companion.callAt(pending.port, `/api/pairing/${pending.id}`, { secret: pending.secret });
  const { asking: now } = await settings.all();
  // Asked anew meanwhile: this answer is about a question that no longer stands.
  if (now?.id !== pending.id) return true;
  if (result.ok && result.status === 200) return accept(pending, result.body);
  if (Date.now() > Date.parse(pending.expires_at)) return giveUp(pending, 'expired', '');
  if (result.ok || ['absent', 'slow', 'later'].includes(result.problem)) return true;
  return giveUp(pending, 'refused', 'reason' in result ? result.reason : '');
}

/** @param {Asking} pending @param {any} body */
async function accept({ port }, { pairing_id, token, proof_key }) {
  await settings.set({
    pairing: { pairing_id, token, proof_key, port },
    port,
    needsPairing: false,
    asking: null,
    retry: settings.DEFAULTS.retry,
  });
  return false;
}

/** @param {Asking} pending @param {'expired' | 'refused'} why @param {string} reason */
async function giveUp(pending, why, reason) {
  await settings.set({ asking: { ...pending, over: { why, reason } } });
  return false;
}
