// The companion's calendar: where the arrow keys and the mouse carry something, and what is said of that place.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  carried,
  clockOf,
  dayAfter,
  judged,
  lies,
  minuteOf,
  snapped,
} from '../../companion/web/static/calendar_places.js';

const AT = { day: '2026-11-24', minute: minuteOf('08:40') };
const NOW = '2026-11-24 08:00';
const FACTS = { name: 'Tuesday 24 November', open: '08:30-12:30 13:00-17:30 ', busy: '09:00-10:00 ', isHoliday: false };

describe('a time of the day', () => {
  it('is read and written as on the wall', () => {
    for (const clock of ['00:00', '08:40', '23:59']) assert.equal(clockOf(minuteOf(clock)), clock);
  });

  it('is snapped to a quarter, and never to midnight at the end of the day', () => {
    const cases = { '08:40': '08:45', '08:37': '08:30', '00:03': '00:00', '23:59': '23:45' };
    for (const [from, to] of Object.entries(cases)) assert.equal(clockOf(snapped(minuteOf(from))), to);
    assert.equal(clockOf(snapped(-40)), '00:00');
  });
});

it('a day has the next one beside it, over the end of a year and where the clocks change', () => {
  assert.equal(dayAfter('2026-12-31', 1), '2027-01-01');
  assert.equal(dayAfter('2026-10-25', 1), '2026-10-26');
  assert.equal(dayAfter('2027-03-28', -1), '2027-03-27');
  assert.equal(dayAfter('2028-02-29', -7), '2028-02-22');
});

describe('the arrow keys', () => {
  const places = [
    ['ArrowLeft', false, '2026-11-23 08:40'],
    ['ArrowRight', true, '2026-11-25 08:40'],
    ['ArrowUp', false, '2026-11-17 08:40'],
    ['ArrowDown', false, '2026-12-01 08:40'],
    ['ArrowUp', true, '2026-11-24 08:30'],
    ['ArrowDown', true, '2026-11-24 08:45'],
  ];
  for (const [key, hasHours, expected] of places) {
    it(`${key} ${hasHours ? 'in the hours of a week' : 'in a month'} leads to ${expected}`, () => {
      const place = carried(AT, key, hasHours);
      assert.equal(`${place.day} ${clockOf(place.minute)}`, expected);
    });
  }

  it('stay within the day, and no other key leads anywhere', () => {
    assert.equal(carried({ ...AT, minute: 0 }, 'ArrowUp', true).minute, 0);
    assert.equal(clockOf(carried({ ...AT, minute: minuteOf('23:45') }, 'ArrowDown', true).minute), '23:45');
    assert.equal(carried(AT, 'a', true), null);
  });
});

it('a place is judged by what stands in its way', () => {
  const judge = (/** @type {string} */ clock, more = {}) =>
    judged({ ...FACTS, ...more }, { day: AT.day, minute: minuteOf(clock) }, NOW);
  assert.equal(judge('10:00'), '');
  assert.equal(judge('09:00'), 'busy');
  assert.equal(judge('12:30'), 'off');
  assert.equal(judge('08:00'), 'past');
  assert.equal(judge('10:00', { isHoliday: true, open: '' }), 'holiday');
  assert.equal(judge('10:00', { open: '' }), 'off');
  assert.equal(lies('', 600), false);
});
