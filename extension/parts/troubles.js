/** What Kwartier would not take, with its reason and what can be done about it. */
import { t } from '../messages.js';
import { drawRows } from './rows.js';

/** @typedef {import('../types').Trouble} Trouble */

/**
 * @param {HTMLElement} list @param {Trouble[]} troubles
 * @param {() => Promise<void>} changed called when one was tried again or deleted
 */
export function drawTroubles(list, troubles, changed) {
  drawRows(list, troubles.map(rowOf), changed);
}

/** @param {Trouble} trouble @returns {import('./rows.js').Row} */
function rowOf({ id, kind, title, reason }) {
  const name = kind === 'commentary' ? t('trouble_view', title) : title;
  return { id, title: name, words: reasonWords(reason), acts: ['retry', 'remove'] };
}

/**
 * Why it did not get through, as a sentence.
 * @param {string} reason as the companion gave it; the bare status where it gave none; empty where it was silent
 */
export function reasonWords(reason) {
  if (!reason) return t('trouble_silence');
  if (/^5\d\d$/.test(reason)) return t('trouble_fault', reason);
  return /^\d+$/.test(reason) ? t('trouble_status', reason) : t('trouble_refused', reason);
}
