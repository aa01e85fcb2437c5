/** How far the articles that wait fill their room, said before it is full and when it is. */
import { t } from '../messages.js';
import { say } from './page.js';

/** @typedef {import('../types').View['filling']} Filling */

/** @param {Filling} filling @param {boolean} isFull whether an article was kept without its page for want of room */
export function drawFilling(filling, isFull) {
  say('filling', filling ? fillingWords(filling, isFull) : '');
}

/** @param {NonNullable<Filling>} filling @param {boolean} isFull */
export function fillingWords({ megabytes, of }, isFull) {
  return isFull || megabytes >= of ? t('filling_full', of) : t('filling_text', megabytes, of);
}
