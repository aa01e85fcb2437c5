/** What was saved without its text, and why. */
import { byId } from '../parts/page.js';
import { drawRows } from '../parts/rows.js';
import { noTextWords } from '../parts/wording.js';
import { request } from '../requests.js';
import * as settings from '../settings.js';

/** @typedef {import('../types').LinkOnly} LinkOnly */

const LOOK_AGAIN = 3_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** Draws the links, and looks again while Kwartier is fetching the text of one. */
export async function drawLinks() {
  clearTimeout(later);
  /** @type {LinkOnly[]} */
  const links = await request('links');
  byId('links-section').hidden = !links.length;
  drawRows(byId('links'), links.map(rowOf));
  const { reachable } = await settings.all();
  if (isUnderWay(links, reachable)) later = setTimeout(() => void drawLinks(), LOOK_AGAIN);
}

/** @param {LinkOnly} link @returns {import('../parts/rows.js').Row} */
function rowOf({ id, title, why }) {
  return { id, title, words: noTextWords(why), acts: [] };
}

/** Whether more may soon be known. A Kwartier that is off fetches nothing. @param {LinkOnly[]} links @param {boolean} reachable */
export function isUnderWay(links, reachable) {
  return reachable && links.some(({ why }) => why === 'waiting');
}
