/** The three plain states of all that was kept here, in the same words on the icon, in the popup and in the options. */
import { isConnected } from './connection.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').Settings} Settings */
/** @typedef {import('./types').Standing} Standing */

/** @type {Entry['kind'][]} */
const OWN = ['capture', 'commentary'];

/**
 * What the user saved or wrote. Measured time, and what they took back, is no errand of theirs: that it waits, or was not
 * taken, is nothing to tell them.
 * @param {Entry[]} entries
 */
export function ownOf(entries) {
  return entries.filter(({ kind }) => OWN.includes(kind));
}

/** @param {Entry[]} entries @param {Settings} kept @returns {Standing} */
export function standingOf(entries, kept) {
  const own = ownOf(entries);
  const isUnanswered = kept.needsPairing || Boolean(kept.asking?.over);
  const isStopped = !isConnected(kept) && (own.length > 0 || isUnanswered);
  if (isStopped || own.some((entry) => entry.state === 'parked')) return 'needs_you';
  return own.length ? 'waiting' : 'saved';
}
