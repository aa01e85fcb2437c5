/** A list of things: what each is called, what is said of it, and what can be done about it. */
import { t } from '../messages.js';
import { request } from '../requests.js';

/** @typedef {'retry' | 'remove'} Act what the background is asked to do with the thing of that id */
/** @typedef {{id: string, title: string, words: string, acts: Act[]}} Row */

/** What each list shows, so that it is left alone where nothing has changed. @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

/**
 * Draws the rows. The focus stays on its button; where that is gone, it goes to the one that took its place.
 * @param {HTMLElement} list @param {Row[]} rows
 * @param {() => Promise<void>} [changed] called after an act
 */
export function drawRows(list, rows, changed) {
  const drawn = JSON.stringify(rows);
  if (shown.get(list) === drawn) return;
  shown.set(list, drawn);
  const held = heldIn(list);
  list.replaceChildren(...rows.map((row) => rowOf(row, changed)));
  if (held) buttonFor(list, held)?.focus();
}

/**
 * The button with the focus: its act and id, and in which row it stands.
 * @param {HTMLElement} list @returns {{act: string, id: string, at: number} | null}
 */
function heldIn(list) {
  const button = document.activeElement;
  if (!(button instanceof HTMLElement) || !list.contains(button)) return null;
  const at = [...list.children].findIndex((row) => row.contains(button));
  const row = /** @type {HTMLElement} */ (list.children[at]);
  return { act: button.dataset.act ?? '', id: row.dataset.entry ?? '', at };
}

/** @param {HTMLElement} list @param {{act: string, id: string, at: number}} held @returns {HTMLElement | null} */
function buttonFor(list, { act, id, at }) {
  const rows = /** @type {HTMLElement[]} */ ([...list.children]);
  const row = rows.find(({ dataset }) => dataset.entry === id) ?? rows[Math.min(at, rows.length - 1)];
  return row?.querySelector(`[data-act="${act}"]`) ?? null;
}

/** @param {Row} row @param {() => Promise<void>} [changed] */
function rowOf({ id, title, words, acts }, changed) {
  const item = document.createElement('li');
  item.dataset.entry = id;
  item.append(paragraph('title', title), paragraph('small muted', words));
  if (acts.length) {
    const actions = paragraph('actions', '');
    actions.append(...acts.map((act) => button(act, id, title, changed)));
    item.append(actions);
  }
  return item;
}

/** @param {string} className @param {string} text */
function paragraph(className, text) {
  const made = document.createElement('p');
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {Act} act @param {string} id @param {string} title @param {() => Promise<void>} [changed] */
function button(act, id, title, changed) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  made.dataset.act = act;
  made.textContent = t(act);
  made.setAttribute('aria-label', `${t(act)}: ${title}`);
  made.addEventListener('click', () => void request(act, { id }).then(changed));
  return made;
}
