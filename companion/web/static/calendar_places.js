// Where something can be put in the calendar: days, times and what stands in their way. Knows no page.

/** @typedef {{ day: string, minute: number }} Place */
/** @typedef {{ name: string, open: string, busy: string, isHoliday: boolean }} DayFacts */

export const STEP = 15;
const DAY = 86_400_000;
const LAST_STEP = 24 * 60 - STEP;

/** Minutes since midnight of a time as `08:40`. @param {string} clock */
export function minuteOf(clock) {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** The time as `08:40`. @param {number} minute */
export function clockOf(minute) {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The day so many days later; days are dates without a zone. @param {string} day @param {number} count */
export function dayAfter(day, count) {
  return new Date(Date.parse(`${day}T00:00Z`) + count * DAY).toISOString().slice(0, 10);
}

/** The nearest step, within the day. @param {number} minute */
export function snapped(minute) {
  return Math.min(Math.max(Math.round(minute / STEP) * STEP, 0), LAST_STEP);
}

/**
 * Where an arrow key carries a place: by a day, in a grid of hours by a step up or down, else by a week. Null for any
 * other key.
 * @param {Place} place @param {string} key @param {boolean} hasHours @returns {Place | null}
 */
export function carried({ day, minute }, key, hasHours) {
  if (key === 'ArrowLeft') return { day: dayAfter(day, -1), minute };
  if (key === 'ArrowRight') return { day: dayAfter(day, 1), minute };
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const way = key === 'ArrowDown' ? 1 : -1;
  if (!hasHours) return { day: dayAfter(day, 7 * way), minute };
  // From a time between two steps to the next of them.
  const next = (way > 0 ? Math.floor(minute / STEP) + 1 : Math.ceil(minute / STEP) - 1) * STEP;
  return { day, minute: Math.min(Math.max(next, 0), LAST_STEP) };
}

/** Whether a minute lies in one of the stretches of `09:00-12:30 13:00-17:00`. @param {string} text */
export function lies(text, minute) {
  return text
    .split(' ')
    .filter(Boolean)
    .map((stretch) => stretch.split('-').map(minuteOf))
    .some(([starts = 0, ends = 0]) => starts <= minute && minute < ends);
}

/**
 * What is to be said of a place: `past`, `holiday`, `off` for outside the hours, or `busy`; nothing where it is free.
 * @param {DayFacts} facts @param {Place} place @param {string} now as `2026-11-24 08:40`
 */
export function judged(facts, { day, minute }, now) {
  if (`${day} ${clockOf(minute)}` <= now) return 'past';
  if (facts.isHoliday) return 'holiday';
  if (!lies(facts.open, minute)) return 'off';
  return lies(facts.busy, minute) ? 'busy' : '';
}
