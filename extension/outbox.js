/**
 * Sends what waits, in the order in which it came (see queue.js).
 * One bad entry is set aside with its reason and blocks nothing; a companion that is off costs nothing but time.
 */
import * as database from './database.js';
import { deliver } from './deliveries.js';
import { countFailure, park } from './queue.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';
import { sleep, wakeAt } from './wake.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').Failure} Failure */

/** Seconds until the next try, growing as the tries fail. */
const BACK_OFF = [30, 60, 120, 300];
/** The longest that Kwartier may ask us to wait; a pause that lies further ahead was noted by a clock since set back. */
const LONGEST_PAUSE = 3_600_000;
/** Milliseconds after which a flush that was cut off with its worker is taken up again. */
const CUT_OFF = 60_000;
const BATCH = 200;
/** Failures after which an entry waits no more; and those that whatever is behind it would meet as well. */
const OVER = ['refused', 'withdrawn'];
const FOR_ALL = ['absent', 'unpaired', 'later'];
/** What is said where this browser cannot keep an answer: the companion lies on the same disk. @type {Failure} */
const NO_ROOM = { ok: false, problem: 'broken', status: 507, reason: '' };

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
  } catch (error) {
    // What waits stays, and so does the alarm that was set when it was kept.
    unlessStorage(error);
  } finally {
    flushing = null;
  }
}

async function flushOnce() {
  const { retry: pause } = await settings.all();
  const isPaused = Date.now() < pause.notBefore && pause.notBefore <= Date.now() + LONGEST_PAUSE;
  await wakeAt(isPaused ? pause.notBefore : Date.now() + CUT_OFF);
  if (isPaused) return;
  /** @type {Failure | null} */
  let failed = null;
  for await (const batch of batches()) {
    const result = await attempt(batch);
    if (result.ok || OVER.includes(result.problem)) continue;
    failed = result;
    if (FOR_ALL.includes(result.problem)) break;
  }
  return failed ? tryLater(failed) : rest();
}

/** What is to be sent, in order and as it is at its turn; what came or changed since then goes after it. */
async function* batches() {
  /** @type {Set<string>} */
  const tried = new Set();
  const isDue = (/** @type {Entry} */ entry) => isWaiting(entry) && !tried.has(turn(entry));
  for (;;) {
    const due = (await database.entries()).filter(isDue);
    if (!due.length) return;
    for (const batch of inBatches(due)) {
      const now = (await asItIs(batch)).filter(isDue);
      now.forEach((entry) => tried.add(turn(entry)));
      if (now.length) yield now;
    }
  }
}

/** Measured time is never set aside; an earlier version did. @param {Entry} entry */
function isWaiting(entry) {
  return entry.state === 'waiting' || entry.kind === 'segments';
}

/** @param {Entry} entry */
function turn(entry) {
  return `${entry.id} ${entry.version}`;
}

/**
 * One at a time, but measured time by the batch: a smaller one each time it fails, so that a stretch the companion
 * stumbles over is alone in the end.
 * @param {Entry[]} due
 */
function* inBatches(due) {
  const time = due.filter((entry) => entry.kind === 'segments');
  for (const entry of due) {
    if (entry.kind !== 'segments') yield [entry];
    else if (entry === time[0]) yield time.splice(0, Math.max(1, BATCH >> entry.attempts));
  }
}

/**
 * The user may have taken an entry back or added to it. Of measured time that has grown, the rest follows.
 * @param {Entry[]} batch
 */
async function asItIs(batch) {
  const [first, ...others] = batch;
  if (!first || others.length) return batch;
  const now = await database.entry(first.id);
  return now ? [now] : [];
}

/**
 * Sends, and does what follows from the answer. An entry whose answer cannot be kept here is sent again later.
 * @param {Entry[]} batch
 */
async function attempt(batch) {
  try {
    const result = await deliver(batch);
    if (!result.ok) await takeBack(batch, result);
    return result;
  } catch (error) {
    unlessStorage(error);
    return NO_ROOM;
  }
}

/** @param {Entry[]} batch @param {Failure} failure */
async function takeBack(batch, failure) {
  if (failure.problem === 'refused') {
    await Promise.all(batch.map((entry) => park(entry.id, failure.reason || String(failure.status))));
  } else if (failure.problem === 'slow' || failure.problem === 'broken') {
    const reason = failure.problem === 'broken' ? failure.reason || String(failure.status) : '';
    await Promise.all(batch.map((entry) => countFailure(entry.id, reason)));
  }
}

/** @param {Failure} failure */
async function tryLater(failure) {
  const { retry: pause, pairing } = await settings.all();
  // Never let in: what waits goes out at the moment of Allow.
  if (!pairing) return rest();
  const asked = failure.problem === 'later' ? failure.retryAfter : 0;
  const seconds = asked || BACK_OFF[Math.min(pause.step, BACK_OFF.length - 1)] || 30;
  const at = Date.now() + seconds * 1000;
  await wakeAt(at);
  await settings.note({ holdup: holdupOf(failure), retry: { step: pause.step + 1, notBefore: asked ? at : 0 } });
}

/** @param {Failure} failure @returns {import('./types').Holdup} */
function holdupOf(failure) {
  if ('status' in failure && failure.status === 507) return 'full-disk';
  if (failure.problem === 'absent') return 'off';
  if (failure.problem === 'broken') return 'fault';
  return failure.problem === 'unpaired' ? null : 'busy';
}

async function rest() {
  await settings.note({ retry: settings.DEFAULTS.retry, holdup: null });
  await sleep();
}
