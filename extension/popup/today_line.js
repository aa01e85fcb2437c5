/** Today in one line and one bar: text first, the bar repeats it. */
import { t } from '../messages.js';
import { byId } from '../parts/page.js';

/** @typedef {import('../types').Today} Today */

const FULL = 20;
const WIDTH = 200;
const GAP = 2;
/** @type {(keyof Today)[]} */
const ACTIVITIES = ['browse', 'read', 'react'];

/** @param {Today} seconds */
export function drawToday(seconds) {
  const minutes = wholeMinutes(seconds);
  const total = ACTIVITIES.reduce((sum, activity) => sum + minutes[activity], 0);
  byId('today-line').textContent = t(
    total >= 15 ? 'today_reached' : 'today_line',
    total,
    minutes.browse,
    minutes.read,
    minutes.react,
  );
  const bar = byId('today-bar');
  bar.setAttribute('aria-valuenow', String(Math.min(total, FULL)));
  bar.setAttribute('aria-valuetext', t('today_value', total));
  drawBar(seconds);
}

/**
 * Whole minutes that add up: the sum is rounded, and the parts with the largest remainders get what is left.
 * @param {Today} seconds @returns {Today}
 */
export function wholeMinutes(seconds) {
  const parts = ACTIVITIES.map((activity) => ({ activity, exact: seconds[activity] / 60 }));
  const whole = parts.map((part) => ({ ...part, minutes: Math.floor(part.exact) }));
  const total = Math.round(parts.reduce((sum, part) => sum + part.exact, 0));
  let left = total - whole.reduce((sum, part) => sum + part.minutes, 0);
  for (const part of [...whole].sort((a, b) => (b.exact % 1) - (a.exact % 1))) {
    if (left <= 0) break;
    part.minutes += 1;
    left -= 1;
  }
  const [browse = 0, read = 0, react = 0] = whole.map(({ minutes }) => minutes);
  return { browse, read, react };
}

/** @param {Today} seconds */
function drawBar(seconds) {
  let from = 0;
  for (const activity of ACTIVITIES) {
    const length = Math.min((seconds[activity] / 60 / FULL) * WIDTH, WIDTH - from);
    const part = byId(`bar-${activity}`);
    part.setAttribute('x', String(from));
    part.setAttribute('width', String(Math.max(0, length - GAP)));
    from += length;
  }
}
