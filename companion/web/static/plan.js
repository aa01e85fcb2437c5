// Edits the plan in its table: a click on a cell, or Enter, turns it into its fields; Enter or leaving it saves them.
import { isTouched, led } from './plan_cells.js';
import { begin, cellOf, cells, edit, edits, focus, isCut, placeOf, table, typedIn } from './plan_editors.js';
import { afterSaving, giveUp, save, undo } from './plan_saving.js';
import { SAID } from './plan_showing.js';

/** @typedef {import('./plan_editors.js').Input} Input */

const CONTROLS = 'input, select, textarea, button';

/** Which way Tab is about to lead out of a cell. */
let tabbed = 0;
let isPressed = false;
/** Somebody sent or gave up the form of a whole line. */
let isFormLeft = false;

const target = (/** @type {Event} */ event) => /** @type {Element} */ (event.target);

/**
 * Does it once the mouse is up, and the click is where it was meant: a cell that closes moves what is below it.
 * @param {() => void} act
 */
function afterPress(act) {
  if (isPressed) addEventListener('pointerup', () => setTimeout(act), { once: true });
  else setTimeout(act);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const cell = cellOf(target(event));
  const isElsewhere = target(event).closest('a, button, form') || !getSelection()?.isCollapsed;
  if (cell && !edits.get(cell)?.form && !isElsewhere) edit(cell);
}

/** Beside the fields of an open cell the mouse takes the focus away from nothing. @param {MouseEvent} event */
function onMouseDown(event) {
  const cell = cellOf(target(event));
  if (cell && edits.get(cell)?.form && !target(event).closest(CONTROLS)) event.preventDefault();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const cell = cellOf(target(event));
  if (!cell || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (edits.get(cell)?.form) keyInside(event, cell);
  else if (event.target === cell) keyOn(event, cell);
}

/** @param {KeyboardEvent} event @param {HTMLTableCellElement} cell */
function keyOn(event, cell) {
  const all = cells();
  const at = all.indexOf(cell);
  const next = led(all.map(placeOf), at, event.key);
  if (event.key === 'Enter' || event.key === 'F2') edit(cell);
  else if (next !== at && all[next]) focus(all[next]);
  else return;
  event.preventDefault();
}

/** @param {KeyboardEvent} event @param {HTMLTableCellElement} cell */
function keyInside(event, cell) {
  const isOnButton = Boolean(target(event).closest('button'));
  if (event.key === 'Tab') {
    tabbed = event.shiftKey ? -1 : 1;
    // The focus moves within this turn, or stays in the cell.
    setTimeout(() => (tabbed = 0));
  }
  if (event.key === 'Escape') leave(cell, false);
  else if (event.key === 'Enter' && !event.shiftKey && !isOnButton) leave(cell, true);
  else return;
  event.preventDefault();
}

/** Saves a cell, or gives it up; it is the one that takes the next key. */
function leave(/** @type {HTMLTableCellElement} */ cell, /** @type {boolean} */ isSaved) {
  const left = edits.get(cell);
  if (!left) return;
  if (isSaved) save(left, true);
  else giveUp(left);
  focus(cell);
}

/** @param {FocusEvent} event */
function onLeaving(event) {
  const cell = cellOf(target(event));
  if (!cell) return;
  const left = edits.get(cell);
  // Where the whole window gave way to another one, the cell is gone on with later.
  if (!left?.form || cell.contains(/** @type {Node | null} */ (event.relatedTarget)) || !document.hasFocus()) return;
  const step = tabbed;
  // What the browser does about the focus itself comes first.
  afterPress(() => {
    if (cell.contains(document.activeElement)) return;
    save(left, false);
    const next = step ? cells()[cells().indexOf(cell) + step] : null;
    if (next && isCut(next)) focus(next);
    else if (next) edit(next, step);
  });
}

/** @param {SubmitEvent | Event} event */
function onForm(event) {
  const cell = cellOf(target(event));
  if (cell) {
    event.preventDefault();
    leave(cell, event.type === 'submit');
  } else if (event.type === 'submit') {
    const form = /** @type {HTMLFormElement} */ (event.target);
    isFormLeft = true;
    afterSaving(event, () => form.requestSubmit());
  }
}

/** @param {MouseEvent} event */
function onLink(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (target(event).closest('a[href]'));
  const isOtherTab = link?.target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || isOtherTab || event.defaultPrevented) return;
  isFormLeft = Boolean(link.closest('.editing .actions'));
  afterSaving(event, () => link.click());
}

/** @param {BeforeUnloadEvent} event */
function onUnload(event) {
  const open = [...edits.values()];
  const isUnsaved = open.some((left) => left.turns || left.refusal || isTouched(left.texts, typedIn(left)));
  if (isUnsaved || (!isFormLeft && isFormTouched())) event.preventDefault();
}

/** Whether something is typed in the form of a whole line that is not stored. */
function isFormTouched() {
  const form = table.querySelector('.editing form');
  const isOther = (/** @type {any} */ field) =>
    field.options
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.checked !== field.defaultChecked || field.value !== field.defaultValue;
  return Boolean(form?.querySelector('.problem')) || [...(form?.querySelectorAll('.field [name]') ?? [])].some(isOther);
}

addEventListener('pointerdown', () => (isPressed = true), true);
for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => (isPressed = false), true);
table.addEventListener('click', onClick);
table.addEventListener('mousedown', onMouseDown);
table.addEventListener('keydown', onKey);
table.addEventListener('focusout', onLeaving);
table.addEventListener('focusin', (event) => {
  const cell = /** @type {HTMLTableCellElement} */ (event.target);
  if (cell.dataset.cell) begin(cell);
});
table.addEventListener('submit', onForm);
table.addEventListener('reset', onForm);
document.querySelector(SAID)?.addEventListener('submit', (event) => {
  event.preventDefault();
  undo(/** @type {HTMLFormElement} */ (event.target));
});
document.addEventListener('click', onLink);
addEventListener('beforeunload', onUnload);
// A sheet of paper shows what is typed, not the fields.
addEventListener('beforeprint', () => edits.forEach((open) => save(open, false)));

table.setAttribute('role', 'grid');
table.setAttribute('aria-describedby', 'plan-keys');
/** @type {HTMLElement} */ (document.getElementById('plan-keys')).hidden = !cells().length;
begin(cells()[0]);
