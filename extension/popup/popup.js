/** The popup: saved first, then write. It draws what the background knows and hands on what the user does. */
import { api } from '../api.js';
import { localise } from '../messages.js';
import { byId, request } from '../requests.js';
import * as settings from '../settings.js';
import { draw, drawBroken, drawFailure } from './draw.js';
import * as editor from './editor.js';
import { drawSuggestions, showNext, suggested } from './suggestions.js';
import { drawToday } from './today_line.js';

/** @typedef {import('../types').View} View */

/** What changes the picture while the popup is open. */
const TELLING = ['revision', 'asking', 'pairing', 'needsPairing', 'reachable'];

/** @type {View | null} */
let current = null;
/** @type {import('../types').Tab | null} */
let tab = null;

/** @param {View} view */
function show(view) {
  current = view;
  draw(view, look);
  editor.fill(view);
  drawSuggestions(view);
}

/** Which page this popup shows, for the background. */
function shown() {
  const { identity = '', capture = '', page = null, state = 'browser-page', confirming = false } = current ?? {};
  const otherwise = ['ask', 'undone', 'browser-page'].includes(state) ? state : 'ask';
  return { identity, capture, page, otherwise, confirming };
}

/** Looks again at what is stored; where an act of the user was faster than the answer, once more. */
async function look() {
  const before = current;
  if (before) {
    const view = await request('view', { shown: shown() });
    if (current !== before) return lookSoon();
    show({ ...view, failed: before.failed });
  }
  drawToday(await request('today'));
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
  const before = document.activeElement;
  show(await request(type, { shown: shown(), tab, ...details }));
  if (!isUsable(before)) focusNext();
}

/** @param {Element | null} element */
function isUsable(element) {
  return element instanceof HTMLElement && element !== document.body && element.checkVisibility();
}

/** Puts the focus on the first thing to do in this state. */
function focusNext() {
  const ids = ['unplace', 'put-back', 'place', 'curate-now', 'open-kwartier', 'ask-again', 'week'];
  if (current?.state === 'saved' && byId('planned').hidden) return editor.focus();
  ids.map(byId).find(isUsable)?.focus();
}

/** Where the cursor stands when the popup has opened. */
function focusFirst() {
  if (!byId('editor').hidden && !current?.pairing?.code) return editor.focus();
  focusNext();
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
  if (failed) drawFailure(failed);
  else close();
}

async function askAgain() {
  const result = await request('ask');
  await look();
  if (!result.ok && result.problem !== 'absent') drawFailure(result.problem);
  if (!isUsable(document.activeElement)) focusNext();
}

function listen() {
  editor.listen();
  on('undo', () => act('undo'));
  on('curate-now', () => act('save'));
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
  show(await request('open', { tab }));
  focusFirst();
  drawToday(await request('today'));
}

start().catch(drawBroken);
