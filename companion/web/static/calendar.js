// Carries a slot, the article in it or one of the queue to another place: with the mouse, or with the keys by its button
// "Move".
// The companion decides: what is dropped is sent as the form that the panel has too.
import { carried, clockOf, judged, minuteOf, snapped, STEP } from './calendar_places.js';

/** @typedef {{ day: string, minute: number, free: HTMLElement | null }} Target */

const SENSIBLE_PIXELS = 6;
const EDGE = 48;
const SCROLL = 14;
const RETURN_TO = 'kwartier-carried';
// A post is not put there.
const REFUSED = new Set(['past', 'holiday', 'off']);

const days = /** @type {HTMLElement} */ (document.getElementById('days'));
const form = /** @type {HTMLFormElement} */ (document.getElementById('carry'));
const line = /** @type {HTMLElement} */ (document.getElementById('carried'));
const words = JSON.parse(line.dataset.words ?? '{}');
const panel = document.getElementById('slot');
const isList = matchMedia('(max-width: 640px)');

/** What is being carried. @type {{ slot: HTMLElement, from: Target, at: Target, byKeys: boolean } | null} */
let held = null;
/** A press that may become a carrying. @type {{ slot: HTMLElement, x: number, y: number, inside: number } | null} */
let press = null;
/** @type {HTMLElement | null} */
let ghost = null;

const hasHours = () => days.dataset.view === 'week' && !isList.matches;
const cellOf = (/** @type {string} */ day) => days.querySelector(`[data-day="${day}"]`);
const slotOf = (/** @type {EventTarget | null} */ target) => target?.closest?.('[data-slot], [data-item]') ?? null;
const isWaiting = () => !held.from.day;

/** Where a slot stands; an article of the queue stands nowhere yet. */
function standsAt(slot) {
  const day = slot.closest('[data-day]')?.dataset.day ?? '';
  return { day, minute: minuteOf(slot.dataset.time ?? '0:0'), free: null };
}

/** The place of an open slot. */
function placeOf(free) {
  return { ...standsAt(free), free };
}

function isSame(one, other) {
  return one.day === other.day && one.minute === other.minute && one.free === other.free;
}

/** The open slot that an article would take at a place: in the hours the one nearby, else any of that day. */
function freeSlotNear({ day, minute }, slot) {
  if (!slot.dataset.item) return null;
  const others = [...(cellOf(day)?.querySelectorAll('[data-free]') ?? [])].filter((other) => other !== slot);
  const near = (other) => !hasHours() || Math.abs(minuteOf(other.dataset.time) - minute) < 15;
  return others.find(near) ?? null;
}

/** A place in words, with what stands in its way. */
function told(target) {
  const facts = cellOf(target.day).dataset;
  const day = { name: facts.name, open: facts.open, busy: facts.busy, isHoliday: 'holiday' in facts };
  const time = target.free ? minuteOf(target.free.dataset.time) : target.minute;
  const said = target.free ? [words.slot.replace('{name}', held.slot.dataset.name)] : toldOfTime(day, target);
  return [`${facts.name}, ${clockOf(time)}.`, ...said].join(' ');
}

/** What is to be said of a time without an open slot. */
function toldOfTime(day, target) {
  const why = judged(day, target, days.dataset.now) || (isTaken(target) ? 'beside' : '');
  // What is only suggested for it does not go with it.
  const isSuggestion = 'free' in held.slot.dataset && held.slot.dataset.item && !isSame(held.from, target);
  return [isSuggestion && !REFUSED.has(why) ? words.moves : '', words[why] ?? ''].filter(Boolean);
}

/** Whether another post goes out at this very time, in the same channel. */
function isTaken({ day, minute }) {
  const others = [...cellOf(day).querySelectorAll('.filled[data-slot]')].filter((other) => other !== held.slot);
  const { channel } = held.slot.dataset;
  return others.some(({ dataset }) => dataset.channel === channel && dataset.time === clockOf(minute));
}

/** Shows where it would go. */
function show(target) {
  clearTarget();
  held.at = target;
  const cell = cellOf(target.day);
  const isTime = hasHours() && !target.free;
  const shown = isTime ? cell.querySelector('.track').appendChild(marker(target.minute)) : (target.free ?? cell);
  if (!isTime) shown.classList.add('is-target');
  // Under the mouse the page stays as it is.
  if (held.byKeys) shown.scrollIntoView({ block: 'nearest' });
}

function marker(minute) {
  const mark = document.createElement('span');
  const end = Math.min(minute + 45, 24 * 60);
  const part = (name, time) => `${name}-h${Math.floor(time / 60)} ${name}-m${time % 60}`;
  mark.className = `marker ${part('from', minute)} ${part('to', end)}`;
  return mark;
}

function clearTarget() {
  for (const element of days.querySelectorAll('.is-target')) element.classList.remove('is-target');
  days.querySelector('.marker')?.remove();
}

function pickUp(slot, byKeys) {
  const from = standsAt(slot);
  held = { slot, from, at: from, byKeys };
  slot.classList.add('is-held');
  document.body.classList.add(byKeys ? 'carrying-by-keys' : 'carrying');
  line.textContent = byKeys ? words.held.replace('{name}', slot.dataset.name) : '';
}

/** Carries it no more. */
function letGo(say = '') {
  if (!held) return;
  held.slot.classList.remove('is-held');
  held = null;
  press = null;
  clearTarget();
  document.body.classList.remove('carrying', 'carrying-by-keys');
  ghost?.remove();
  ghost = null;
  line.textContent = say;
}

/** Puts it down where it is: the article in an open slot, or the slot itself at another day and time. */
function putDown() {
  const { slot, from, at, byKeys } = held;
  letGo(byKeys && isSame(from, at) ? words.left : '');
  if (isSame(from, at)) return;
  const keepsTime = at.minute === from.minute;
  sessionStorage.setItem(RETURN_TO, (at.free ?? slot).dataset.slot);
  if (at.free) send('/place', { item_id: slot.dataset.item, slot_id: at.free.dataset.slot });
  else send(`/slots/${slot.dataset.slot}/move`, { date: at.day, time: keepsTime ? '' : clockOf(at.minute) });
}

function send(action, fields) {
  form.action = action;
  for (const [name, value] of Object.entries(fields)) form.elements.namedItem(name).value = value;
  form.submit();
}

/** The place under the mouse. */
function under(event) {
  const element = document.elementFromPoint(event.clientX, event.clientY);
  const cell = element?.closest('[data-day]');
  if (!cell) return null;
  // For an article of the queue any open slot of that day will do.
  const free = element.closest('[data-free]') ?? (isWaiting() ? cell.querySelector('[data-free]') : null);
  const place = { day: cell.dataset.day, minute: held.from.minute, free: null };
  if (free && free !== held.slot && held.slot.dataset.item) return placeOf(free);
  if (isWaiting()) return null;
  if (hasHours()) place.minute = minuteUnder(event, cell.querySelector('.track').getBoundingClientRect());
  return place;
}

function minuteUnder(event, track) {
  const [opens, closes] = [Number(days.dataset.opens), Number(days.dataset.closes)];
  const minute = opens + ((event.clientY - press.inside - track.top) / track.height) * (closes - opens);
  const { from } = held;
  // Carried straight to another day, it keeps a time that lies between two steps.
  return Math.abs(minute - from.minute) < STEP / 2 ? from.minute : snapped(minute);
}

function follow(event, target) {
  ghost ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'ghost' }));
  ghost.textContent = target ? told(target) : unplaced(event) || held.slot.dataset.name;
  ghost.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
  if (event.clientY < EDGE) scrollBy(0, -SCROLL);
  else if (event.clientY > innerHeight - EDGE) scrollBy(0, SCROLL);
}

/** Why an article of the queue cannot be put down here, where it is held over a day. */
function unplaced(event) {
  const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-day]');
  return cell && isWaiting() ? `${cell.dataset.name}. ${words.no_slot}` : '';
}

function onPress(event) {
  const slot = slotOf(event.target);
  const isTouch = event.pointerType !== 'mouse';
  // A finger on the slot scrolls the page; on its button it carries.
  if (!slot || event.button !== 0 || (isTouch && !event.target.closest('.move'))) return;
  press = { slot, x: event.clientX, y: event.clientY, inside: event.clientY - slot.getBoundingClientRect().top };
}

function onMotion(event) {
  if (!press) return;
  if (!held && Math.hypot(event.clientX - press.x, event.clientY - press.y) < SENSIBLE_PIXELS) return;
  if (held?.byKeys) letGo();
  if (!held) {
    pickUp(press.slot, false);
    press.slot.setPointerCapture(event.pointerId);
  }
  const target = under(event);
  clearTarget();
  held.at = held.from;
  if (target) show(target);
  follow(event, target);
}

function onRelease(event) {
  const isCarried = held && !held.byKeys;
  if (isCarried) {
    const why = isSame(held.from, held.at) ? unplaced(event) : '';
    // The click that follows would open the slot.
    addEventListener('click', swallow, { capture: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }));
    putDown();
    line.textContent = why;
  }
  press = null;
}

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function onKey(event) {
  if (!held) return;
  if (event.key === 'Escape') letGo(held.byKeys ? words.left : '');
  else if (!held.byKeys) return;
  else if (event.key === 'Enter' || event.key === ' ') putDown();
  else if (event.key === 'Tab') return letGo(words.left);
  else carryBy(event.key);
  event.preventDefault();
}

/** The open slot after the one that an article of the queue is held over, or before it. */
function nextFree(key) {
  const all = [...days.querySelectorAll('[data-free]')];
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key] ?? 0;
  const at = all.indexOf(held.at.free);
  return step && all.length ? all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length) : null;
}

function carryAlongFree(key) {
  const free = nextFree(key);
  if (!free) return;
  show(placeOf(free));
  line.textContent = told(held.at);
}

function carryBy(key) {
  if (isWaiting()) return carryAlongFree(key);
  const { free, day, minute } = held.at;
  const place = carried({ day, minute: free ? minuteOf(free.dataset.time) : minute }, key, hasHours());
  if (!place || !cellOf(place.day)) return;
  // Over an open slot of another hour it still is carried with its own.
  const kept = hasHours() ? place : { ...place, minute: held.from.minute };
  show({ ...kept, free: freeSlotNear(kept, held.slot) });
  line.textContent = told(held.at);
}

function onClick(event) {
  const button = event.target.closest?.('.move');
  if (!button || held) return;
  // A finger has no arrow keys: its tap leads to the form.
  if (event.pointerType === 'touch') slotOf(button).querySelector('a').click();
  else pickUp(slotOf(button), true);
}

function start() {
  for (const button of document.querySelectorAll('.move')) button.hidden = false;
  document.addEventListener('pointerdown', onPress);
  document.addEventListener('click', onClick);
  document.addEventListener('dragstart', (event) => slotOf(event.target) && event.preventDefault());
  document.addEventListener('pointermove', onMotion);
  document.addEventListener('pointerup', onRelease);
  document.addEventListener('pointercancel', () => letGo());
  document.addEventListener('keydown', onKey);
  // A button takes the space bar when it comes up again.
  document.addEventListener('keyup', (event) => held?.byKeys && event.key === ' ' && event.preventDefault());
  returnFocus();
  const leavesPanel = () => sessionStorage.setItem(RETURN_TO, panel.dataset.of);
  panel?.addEventListener('submit', leavesPanel);
  panel?.querySelector('.close').addEventListener('click', leavesPanel);
}

/** Back to what was carried, or was changed in the panel that closed, on the page that follows. */
function returnFocus() {
  const id = sessionStorage.getItem(RETURN_TO);
  sessionStorage.removeItem(RETURN_TO);
  if (panel) return;
  const slot = [...days.querySelectorAll('[data-slot]')].find((one) => one.dataset.slot === id);
  slot?.querySelector('.move')?.focus({ preventScroll: true });
}

start();
