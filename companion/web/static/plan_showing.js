// Shows the state of the plan that an answer brought, around what is being edited: no open cell is closed or emptied
// by it, and what has the focus keeps it.
import { begin, cellAt, cellOf, cells, edits, focus, lineOf, mark, placeOf, postOf, table } from './plan_editors.js';

/** @typedef {import('./plan_editors.js').Edit} Edit */

export const SAID = 'main > [role="status"]';
const AROUND = [SAID, '#plan-sums', '#plan-channels', '#plan-on'];

/** Shows what another state of the page shows: the line that confirms, the sums, and the table. @param {Document} page */
export function takeOver(page) {
  for (const part of AROUND) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceChildren(...fresh.childNodes);
  }
  showTable(page);
}

/** @param {Document} page */
export function showTable(page) {
  const fresh = /** @type {HTMLTableElement} */ (page.getElementById('plan'));
  if (linesOf(fresh) === linesOf(table)) update(fresh);
  else exchange(fresh);
}

/** What must be alike for the cells of two tables to stand in the same places. @param {HTMLTableElement} some */
function linesOf(some) {
  const cellsOf = (/** @type {HTMLTableRowElement} */ line) => [...line.cells].map((cell) => cell.dataset.cell ?? '-');
  return [...some.rows].map((line) => [line.id, line.className, postOf(line), ...cellsOf(line)].join(' ')).join();
}

/** Cell by cell, so that what has the focus keeps it. @param {HTMLTableElement} fresh */
function update(fresh) {
  const after = [...fresh.rows];
  [...table.rows].forEach((line, number) => {
    if (line.classList.contains('editing')) return;
    const dressed = [...(after[number]?.cells ?? [])];
    [...line.cells].forEach((cell, place) => dressed[place] && dress(cell, dressed[place]));
  });
}

/** Gives a cell what another one has; one that is being edited shows it afterwards. */
function dress(/** @type {HTMLTableCellElement} */ cell, /** @type {HTMLTableCellElement} */ after) {
  const nodes = [...after.childNodes];
  const edit = edits.get(cell);
  const kept = ['tabindex', 'data-saving'];
  for (const { name } of [...cell.attributes]) {
    if (!after.hasAttribute(name) && !kept.includes(name)) cell.removeAttribute(name);
  }
  for (const { name, value } of after.attributes) cell.setAttribute(name, value);
  mark(cell);
  if (edit) edit.shown = nodes;
  else cell.replaceChildren(...nodes);
}

/** All lines at once, where some came, went or moved. @param {HTMLTableElement} fresh */
function exchange(fresh) {
  const giveBack = heldFocus();
  const isThere = (/** @type {Edit} */ { cell }) => cellAt(placeOf(cell), fresh);
  const staying = new Set([...edits.values()].filter((edit) => !isThere(edit)).map((edit) => lineOf(edit.cell)));
  const whole = /** @type {HTMLTableRowElement | null} */ (table.querySelector('.editing'));
  if (whole) staying.add(whole);
  const moving = [...edits.values()].filter(({ cell }) => !staying.has(lineOf(cell)));
  const pairs = moving.map((edit) => ({ cell: edit.cell, after: /** @type {HTMLTableCellElement} */ (isThere(edit)) }));
  const stays = [...staying].map((line) => ({ line, after: likeIt(line, fresh), earlier: earlierThan(line) }));
  table.replaceChildren(...fresh.childNodes);
  for (const { cell, after } of pairs) {
    after.replaceWith(cell);
    dress(cell, after);
  }
  for (const { line, after, earlier } of stays) putBack(line, after, earlier);
  giveBack();
}

/** What stands in another table where this line is, or what became of it. */
function likeIt(/** @type {HTMLTableRowElement} */ line, /** @type {HTMLTableElement} */ fresh) {
  const lines = [...fresh.rows];
  return lines.find(({ id }) => id === line.id) ?? lines.find((other) => postOf(other) === postOf(line));
}

const earlierThan = (/** @type {HTMLTableRowElement} */ line) =>
  [...table.rows].slice(0, line.rowIndex).flatMap(({ id }) => id || []);

/**
 * A line in which somebody writes stays, also where the plan as it is now does not show it.
 * @param {HTMLTableRowElement} line
 * @param {HTMLTableRowElement | undefined} after
 * @param {string[]} earlier
 */
function putBack(line, after, earlier) {
  const before = earlier.findLast((id) => document.getElementById(id));
  if (after) after.replaceWith(line);
  else if (before) document.getElementById(before)?.after(line);
  else table.tBodies[0]?.prepend(line);
}

/** Gives the focus back to what had it, or to the cell that came in its place. */
function heldFocus() {
  const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
  const cell = active && cellOf(active);
  const number = cell ? cells().indexOf(cell) : -1;
  const place = cell && placeOf(cell);
  const [start, end] = [active?.selectionStart, active?.selectionEnd];
  const wasInside = table.contains(active);
  return () => {
    const there = cells();
    const next = (place && cellAt(place)) ?? there[Math.min(Math.max(number, 0), there.length - 1)];
    begin(next);
    if (!wasInside) return;
    if (!active?.isConnected) {
      if (next) focus(next);
      return;
    }
    active.focus({ preventScroll: true });
    if (typeof start === 'number' && typeof end === 'number') active.setSelectionRange(start, end);
  };
}
