/**
 * Sends what waits, in the order in which it came (see queue.js).
 * One bad entry is set aside with its reason and blocks nothing; a companion that is off costs nothing but time.
 */
import { api } from './api.js';
import * as database from './database.js';
import { deliver } from './deliveries.js';
import { countFailure, park } from './queue.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').Failure} Failure */

export const ALARM = 'outbox';
/** Seconds until the next try, growing as the tries fail. */
const BACK_OFF = [30, 60, 120, 300];
const BATCH = 200;
/** @type {Promise<void> | null} Lives and dies with the worker, and there is one worker: no lock can be left behind. */
let flushing = null;
let askedAgain = false;

export function isFlushing() {
  return flushing !== null;
}

/** Sends what waits, in order, one flush at a time. */
export function flush() {
  askedAgain = flushing !== null;
  flushing ??= flushAll();
  return flushing;
}

/** Between the last look at `askedAgain` and the end nothing is awaited: who asks in between would wait in vain. */
async function flushAll() {
  try {
    do {
      askedAgain = false;
      await flushOnce();
      await settings.touch();
    } while (askedAgain);
  } finally {
    flushing = null;
  }
}

async function flushOnce() {
  const { retry: pause } = await settings.all();
  if (Date.now() < pause.notBefore) return wakeAt(pause.notBefore);
  const tried = new Set();
  /** @type {Failure | null} */
  let failed = null;
  for (let batch = await next(tried); batch.length; batch = await next(tried)) {
    batch.forEach((entry) => tried.add(turn(entry)));
    const result = await deliver(batch);
    if (result.ok) continue;
    if (result.problem !== 'refused') failed = result;
    if (!(await takeBack(batch, result))) break;
  }
  return failed ? tryLater(failed) : rest();
}

/** @param {Entry} entry */
function turn(entry) {
  return `${entry.id} ${entry.version}`;
}

/** The next entry to send; measured time goes by the batch. @param {Set<string>} tried @returns {Promise<Entry[]>} */
async function next(tried) {
  const waiting = (await database.entries()).filter((each) => each.state === 'waiting' && !tried.has(turn(each)));
  const [first] = waiting;
  if (first?.kind !== 'segments') return first ? [first] : [];
  return waiting.filter((each) => each.kind === 'segments').slice(0, BATCH);
}

/**
 * @param {Entry[]} batch @param {Failure} failure
 * @returns {Promise<boolean>} whether the entries behind may be tried
 */
async function takeBack(batch, failure) {
  if (failure.problem === 'refused') {
    await Promise.all(batch.map((entry) => park(entry.id, failure.reason || String(failure.status))));
    return true;
  }
  if (failure.problem !== 'slow' && failure.problem !== 'broken') return false;
  const reason = failure.problem === 'broken' ? failure.reason || String(failure.status) : '';
  await Promise.all(batch.map((entry) => countFailure(entry.id, reason)));
  return true;
}

/** @param {Failure} failure */
async function tryLater(failure) {
  if (failure.problem === 'unpaired') return;
  const { retry: pause } = await settings.all();
  const asked = failure.problem === 'later' ? failure.retryAfter : 0;
  const seconds = asked || BACK_OFF[Math.min(pause.step, BACK_OFF.length - 1)] || 30;
  const at = Date.now() + seconds * 1000;
  await settings.set({ retry: { step: pause.step + 1, notBefore: asked ? at : 0 } });
  await wakeAt(at);
}

async function rest() {
  await settings.set({ retry: settings.DEFAULTS.retry });
  await api.alarms.clear(ALARM);
}

/** @param {number} at */
async function wakeAt(at) {
  await api.alarms.create(ALARM, { when: at });
}
