/**
 * Letting this browser in, with nothing typed: Kwartier's page shows the same four digits and one button.
 * What has been asked is kept in storage, so that it goes on when the worker is ended in between.
 */
import { api } from './api.js';
import { browserLabel } from './browser_label.js';
import * as companion from './companion.js';
import { addressOf } from './local_page.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Asking} Asking */
/** @typedef {import('./types').Failure} Failure */

export const ALARM = 'pairing';
const POLL_EVERY = 1_000;
/** The longest, in milliseconds, that a question is believed to stand; Kwartier's own stand two minutes. */
const LONGEST_QUESTION = 600_000;

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

/**
 * Asks in the user's name for the first time, unless they have been asked already (and have not said no, or let it
 * pass). Who was let in once and is no longer, asks only when told to.
 */
export async function askIfNeeded() {
  const { pairing, asking: pending } = await settings.all();
  return pairing || pending ? null : ask();
}

/** @returns {Promise<{ok: true} | Failure>} */
async function askNow() {
  const { pairing } = await settings.all();
  const replaces = pairing ? { replaces: pairing.pairing_id } : {};
  const asked = { browser: browserLabel(navigator.userAgent), ...replaces };
  const { port, result } = await companion.callOpen('/api/pairing', asked);
  const question = result.ok ? questionIn(result.body, port) : null;
  // What became of the question before stands until there is another, or nobody to ask.
  if (question || (!result.ok && result.problem === 'absent')) await settings.set({ asking: question });
  if (!result.ok) return result;
  if (!question) return { ok: false, problem: 'broken', status: result.status, reason: '' };
  await showPage();
  void poll();
  return { ok: true };
}

/** @param {any} body @param {number} port @returns {Asking | null} null where the answer is none of Kwartier's */
function questionIn(body, port) {
  const { id, secret, code, expires_at, page } = body ?? {};
  const texts = [id, secret, code, expires_at, page];
  if (!texts.every((each) => typeof each === 'string') || !/^[\w-]+$/.test(id) || !/^\d{4}$/.test(code)) return null;
  const latest = new Date(Math.min(Date.parse(expires_at), Date.now() + LONGEST_QUESTION));
  if (Number.isNaN(latest.getTime()) || !addressOf(page, port)) return null;
  return { id, secret, code, expires_at: latest.toISOString(), page, port };
}

/** Brings Kwartier's own page to the front, where the button is. */
export async function showPage() {
  const { asking: pending } = await settings.all();
  const url = pending && addressOf(pending.page, pending.port);
  if (url) await api.tabs.create({ url });
}

/** Looks each second whether the user has answered. The alarm starts it again in a new worker. */
export async function poll() {
  if (polling) return;
  polling = true;
  try {
    if ((await settings.all()).asking) await api.alarms.create(ALARM, { periodInMinutes: 0.5 });
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
  if (result.ok && result.status === 200 && isPairing(result.body)) return accept(pending, result.body);
  if (Date.now() > Date.parse(pending.expires_at)) return giveUp(pending, 'expired', '');
  if (result.ok || ['absent', 'slow', 'later', 'broken'].includes(result.problem)) return true;
  return giveUp(pending, 'refused', 'reason' in result ? result.reason : '');
}

/** @param {any} body @returns {body is Omit<import('./types').Pairing, 'port'>} */
function isPairing(body) {
  const { pairing_id, token, proof_key } = body ?? {};
  return [pairing_id, token].every((each) => typeof each === 'string') && /^([0-9a-f]{2}){16,}$/.test(proof_key);
}

/** @param {Asking} pending @param {Omit<import('./types').Pairing, 'port'>} body */
async function accept({ port }, { pairing_id, token, proof_key }) {
  await settings.set({
    pairing: { pairing_id, token, proof_key, port },
    port,
    needsPairing: false,
    stranger: false,
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
