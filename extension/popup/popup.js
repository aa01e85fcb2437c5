/** The popup: saved first, then write. It draws what the background knows and hands on what the user does. */
import { api } from '../api.js';
import { localise, t } from '../messages.js';
import { askingFailure } from '../parts/connect_button.js';
import { byId, isUsable, say } from '../parts/page.js';
import { request } from '../requests.js';
import * as settings from '../settings.js';
import { draw, drawBroken } from './draw.js';
import * as editor from './editor.js';
import { drawSuggestions, showNext, suggested } from './suggestions.js';
import { drawToday } from './today_line.js';

/** @typedef {import('../types').View} View */

/** What changes the picture while the popup is open. */
const TELLING = ['revision', 'asking', 'pairing', 'needsPairing', 'stranger', 'reachable', 'holdup'];

/** @type {View | null} */
let current = null;
/** @type {import('../types').Tab | null} */
let tab = null;
/** In words what the last act of the user ran into; empty for nothing. */
let failure = '';

/** @param {View} view */
function show(view) {
  current = view;
  draw(view, look);
  say('failure', failure);
  editor.fill(view);
  drawSuggestions(view);
}

/** Which page this popup shows, for the background. */
function shown() {
  const { identity = '', capture = '', page = null, state = 'browser-page', confirming = false } = current ?? {};
  const otherwise = ['ask', 'undone', 'browser-page', 'full'].includes(state) ? state : 'ask';
  return { identity, capture, page, otherwise, confirming };
}

/** Looks again at what is stored; where an act of the user was faster than the answer, once more. */
async function look() {
  const before = current;
  if (before) {
    const view = await request('view', { shown: shown() });
    if (current !== before) return lookSoon();
    showBeside(before, view);
  }
  drawToday(await request('today'));
}

/** Shows what changed without the user, whose focus only moves where its place is gone. @param {View} before @param {View} view */
function showBeside(before, view) {
  const isHeld = isUsable(document.activeElement);
  if (isOver(before, view)) failure = '';
  show(view);
  if (isHeld && !isUsable(document.activeElement)) focusNext();
}

/** Whether what failed is no longer so: Kwartier answers again, or this browser stands otherwise with it. @param {View} before @param {View} view */
function isOver(before, view) {
  return (before.offline && !view.offline) || before.pairing?.state !== view.pairing?.state;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

function lookSoon() {
  clearTimeout(soon);
  soon = setTimeout(() => void look().catch(drawBroken), 40);
}

/**
 * An act of the user: done by the background, then drawn, with the focus on what comes next.
 * @param {string} type @param {Record<string, unknown>} [details]
 */
async function act(type, details = {}) {
  const view = await request(type, { shown: shown(), tab, ...details });
  failure = view.failed ? t(`failed_${view.failed}`) : '';
  show(view);
  if (!isUsable(document.activeElement)) focusNext();
}

/** Puts the focus on the first thing to do in this state. What hands the queue to another Kwartier is never that. */
function focusNext() {
  if (isForWriting() && byId('planned').hidden) return editor.focus();
  const ids = ['unplace', 'curate-now', 'open-kwartier', 'ask-again', 'week'];
  const isStranger = current?.pairing?.state === 'stranger';
  ids
    .map(byId)
    .find((element) => isUsable(element) && !(isStranger && element.id === 'ask-again'))
    ?.focus();
}

/** Where the cursor stands when the popup has opened: in the view, also of what is planned already. */
function focusFirst() {
  if (isForWriting()) return editor.focus();
  focusNext();
}

/** Whether writing comes next: not before the digits are compared, and not where nothing could be kept. */
function isForWriting() {
  return !byId('editor').hidden && !current?.pairing?.code && current?.state !== 'full';
}

/** @param {string} id @param {() => Promise<unknown>} handler */
function on(id, handler) {
  byId(id).addEventListener('click', () => void handler().catch(drawBroken));
}

async function place() {
  const slot = suggested();
  if (slot) await act('place', { slot });
}

async function openWeek() {
  const { failed } = await request('week');
  if (!failed) return close();
  failure = t(`failed_${failed}`);
  say('failure', failure);
}

async function askAgain() {
  const result = await request('ask');
  const view = await request('view', { shown: shown() });
  failure = askingFailure(result);
  show(view);
  if (!isUsable(document.activeElement)) focusNext();
}

function listen() {
  editor.listen();
  on('undo', () => act('undo'));
  on('curate-now', () => act('save', { click: crypto.randomUUID() }));
  on('place', place);
  on('another', async () => showNext());
  on('unplace', () => act('unplace'));
  on('put-back', () => act('put-back'));
  on('open-kwartier', () => request('show-pairing'));
  on('ask-again', askAgain);
  on('week', openWeek);
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void place().catch(drawBroken);
  });
  settings.watch((names) => {
    if (current && names.some((name) => TELLING.includes(name))) lookSoon();
  });
}

async function start() {
  localise();
  const { today } = await settings.all();
  drawToday(today ?? { browse: 0, read: 0, react: 0 });
  listen();
  const [found] = await api.tabs.query({ active: true, currentWindow: true });
  tab = { id: found?.id ?? -1, url: found?.url, title: found?.title, incognito: found?.incognito };
  show(await request('open', { tab, click: crypto.randomUUID() }));
  focusFirst();
  drawToday(await request('today'));
}

start().catch(drawBroken);
