/** Today's line: what the companion counted, and what waits to be sent. */
import * as companion from './companion.js';
import * as database from './database.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';

/** Asks the companion for today's minutes. */
export async function refreshToday() {
  const date = localDate();
  const result = await companion.call('GET', `/api/time/days?from=${date}&to=${date}`);
  if (!result.ok) return;
  const { days } = /** @type {{days: import('./types').Day[]}} */ (result.body);
  const day = days.find((each) => each.date === date);
  if (day) await settings.note({ today: { ...day, entries: [] } });
}

/** As far as it can be read: a full disk hides no more than what waits. @returns {Promise<import('./types').Today>} in seconds */
export async function today() {
  const [{ today: day }, waits] = await Promise.all([settings.all(), waitingSeconds().catch(unlessStorage)]);
  const counted = day?.date === localDate() ? day : { browse: 0, read: 0, react: 0 };
  return {
    browse: counted.browse + (waits?.browse ?? 0),
    read: counted.read + (waits?.read ?? 0),
    react: counted.react + (waits?.react ?? 0),
  };
}

/** Seconds that are measured and not yet accepted, by activity. @returns {Promise<Record<string, number>>} */
async function waitingSeconds(now = new Date()) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const { acceptedTime } = await settings.all();
  const accepted = new Map(acceptedTime.map(({ id, end }) => [id, Date.parse(end)]));
  /** @type {Record<string, number>} */
  const seconds = {};
  for (const entry of await database.entries()) {
    if (entry.kind !== 'segments' || entry.state !== 'waiting') continue;
    const { id, activity, start, end } = entry.body;
    const from = Math.max(midnight, Date.parse(start), accepted.get(id) ?? 0);
    const length = (Date.parse(end) - from) / 1000;
    seconds[activity] = (seconds[activity] ?? 0) + Math.max(0, length);
  }
  return seconds;
}

/** @returns {string} today's date where the user is */
export function localDate(now = new Date()) {
  const pad = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
