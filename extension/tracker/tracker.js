/** Measures the time on curated pages: puts the clock into them and keeps what it tells. */
import { api } from '../api.js';
import * as database from '../database.js';
import { flush } from '../outbox.js';
import * as queue from '../queue.js';
import { runClock } from './clock.js';

/** @typedef {import('../types').Segment} Segment */
/** @typedef {import('../types').Tab} Tab */

const WORD_BUCKET = 50;

/**
 * Puts the clock into a page that was just curated. Private windows are never measured.
 * @param {Tab} tab @param {string} identity
 * @returns {Promise<boolean>} whether the page took it; it may have been left, or closed
 */
export async function start(tab, identity) {
  if (tab.incognito) return false;
  const kept = await database.receipt(identity);
  const words = kept ? Math.ceil(kept.item.article.word_count / WORD_BUCKET) * WORD_BUCKET : null;
  const page = { key: identity, prefix: crypto.randomUUID(), words };
  try {
    await api.scripting.executeScript({ target: { tabId: tab.id }, func: runClock, args: [page] });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Keeps a stretch of time; the page's item is named where it is known by now. @param {string} key @param {Segment} segment */
export async function keep(key, segment) {
  const kept = await database.receipt(key);
  await queue.addSegments([{ ...segment, ...(kept ? { item_id: kept.item.id } : {}) }]);
  await flush();
}
