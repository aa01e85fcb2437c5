// Reads a calendar with ical.js, the reader of Thunderbird, and prints what it found in it as JSON.
import { readFileSync } from 'node:fs';
import { stdout } from 'node:process';
import ICAL from 'ical.js';

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);

/** @param {any} time */
const instant = (time) => new Date(time.toUnixTime() * 1000).toISOString().replace('.000', '');

const events = calendar.getAllSubcomponents('vevent').map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    starts: instant(event.startDate),
    ends: instant(event.endDate),
    zone: event.startDate.zone.tzid,
    sequence: event.sequence,
    recurs: event.isRecurring(),
  };
});
const properties = calendar.getAllProperties().map((each) => [each.name, String(each.getFirstValue())]);
stdout.write(JSON.stringify({ events, properties: Object.fromEntries(properties) }));
