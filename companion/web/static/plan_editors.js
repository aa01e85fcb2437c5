// The cells of the plan that are being edited: a cell turned into its fields, and back.

/** @typedef {import('./plan_cells.js').Place} Place */
/** @typedef {import('./plan_cells.js').Texts} Texts */
/** @typedef {import('./plan_cells.js').Refusal} Refusal */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */
/**
 * A cell from its opening until what was typed in it is stored or given up. Without a `form` it is being saved.
 *
 * `item` and `texts` are what stood in it when it was opened; `names` are the short names of what an answer said is
 * stored by now. `shown` is what the cell shows otherwise; `turns` counts the answers that are still to come.
 * @typedef {{
 *   cell: HTMLTableCellElement, form: HTMLFormElement | null, item: string, texts: Texts, names: Texts, typed: Texts,
 *   shown: Node[], turns: number, refusal: Refusal | null,
 * }} Edit
 */

export const table = /** @type {HTMLTableElement} */ (document.getElementById('plan'));
const template = /** @type {HTMLTemplateElement} */ (document.getElementById('plan-fields'));
/** @type {Record<string, string>} */
export const words = JSON.parse(template.dataset.words ?? '{}');
/** All fields in their order. */
const names = [.../** @type {NodeListOf<Input>} */ (template.content.querySelectorAll('[name]'))].map(({ name }) => name);
/** @type {Map<HTMLTableCellElement, Edit>} */
export const edits = new Map();

/** @returns {HTMLTableCellElement | null} */
export const cellOf = (/** @type {Element} */ element) => element.closest('#plan [data-cell]');
export const lineOf = (/** @type {Element} */ element) =>
  /** @type {HTMLTableRowElement} */ (element.closest('tr'));
/** An article stays the same line when it is given a slot. */
export const postOf = (/** @type {HTMLTableRowElement} */ line) => line.dataset.item || line.id;
/** @returns {Place} */
export const placeOf = (/** @type {HTMLTableCellElement} */ cell) => ({
  line: postOf(lineOf(cell)),
  cell: cell.dataset.cell ?? '',
});

/** The cells that can be edited, as far as they are to be seen. */
export function cells() {
  const all = /** @type {NodeListOf<HTMLTableCellElement>} */ (table.querySelectorAll('[data-cell]'));
  return [...all].filter((cell) => cell.checkVisibility());
}

/**
 * The cell of a place, in the table or in that of another page.
 * @param {Place} place
 * @returns {HTMLTableCellElement | null}
 */
export function cellAt({ line, cell }, among = table) {
  const there = [...among.rows].find((row) => postOf(row) === line);
  return there?.querySelector(`[data-cell="${cell}"]`) ?? null;
}

/** One cell is reached by Tab, the others from there. @param {HTMLTableCellElement | undefined} first */
export function begin(first) {
  for (const cell of cells()) cell.tabIndex = cell === first ? 0 : -1;
}

/** @param {HTMLTableCellElement} cell */
export function focus(cell) {
  begin(cell);
  cell.focus();
}

/** What stands in the fields; a box that is not ticked as nothing. @param {Edit} edit @returns {Texts} */
export function typedIn({ form, texts, typed }) {
  if (!form) return typed;
  const sent = new FormData(form);
  return Object.fromEntries(Object.keys(texts).map((name) => [name, String(sent.get(name) ?? '')]));
}

/**
 * What is stored in the fields of a cell. A view is not sent twice: its text is what the cell shows.
 * @param {HTMLTableCellElement} cell
 * @param {Node[]} shown
 * @returns {Texts}
 */
export function textsOf(cell, shown) {
  const words = shown.find((node) => node.nodeName === 'P')?.textContent ?? '';
  const texts = JSON.parse(cell.dataset.fields ?? '{}');
  return Object.fromEntries(names.filter((name) => name in texts).map((name) => [name, texts[name] ?? words]));
}

/** Whether the page shows only the beginning of the cell's text. @param {HTMLTableCellElement} cell */
export const isCut = (cell) => 'cut' in cell.dataset;

/**
 * Opens a cell with its first field ready to be typed in; from behind, with its last. What is too long for a cell is
 * written in the form of the whole line.
 * @param {HTMLTableCellElement} cell
 */
export function edit(cell, step = 1) {
  if (isCut(cell)) {
    /** @type {HTMLElement | null} */ (lineOf(cell).querySelector('[data-edit]'))?.click();
    return;
  }
  const form = open(edits.get(cell) ?? begun(cell));
  const inputs = /** @type {NodeListOf<Input>} */ (form.querySelectorAll('[name]'));
  const input = inputs[step < 0 ? inputs.length - 1 : 0];
  input?.focus();
  if (input instanceof HTMLInputElement) input.select();
  form.scrollIntoView({ block: 'nearest' });
}

/** @param {HTMLTableCellElement} cell @returns {Edit} */
function begun(cell) {
  const shown = [...cell.childNodes];
  const texts = textsOf(cell, shown);
  const item = lineOf(cell).dataset.item ?? '';
  const made = { cell, form: null, item, texts, names: {}, typed: texts, shown, turns: 0, refusal: null };
  edits.set(cell, made);
  return made;
}

/** Turns a cell into its fields, with what was typed in them last. @param {Edit} edit */
export function open(edit) {
  if (edit.form) return edit.form;
  const form = document.createElement('form');
  form.className = 'cell-form';
  form.noValidate = true;
  form.append(...Object.keys(edit.texts).map((name) => fieldOf(edit, name)));
  edit.form = form;
  show(edit, form);
  return form;
}

const inTemplate = (/** @type {string} */ name) =>
  /** @type {Input} */ (template.content.querySelector(`[name="${name}"]`));
/** Whether a field is a box to tick, which is only sent where it is. @param {string} name */
export const isBox = (name) => inTemplate(name).type === 'checkbox';

/** A field of the page's template, under an id of its own. @param {Edit} edit @param {string} name */
function fieldOf({ cell, typed }, name) {
  const field = /** @type {HTMLElement} */ (inTemplate(name).closest('.field')?.cloneNode(true));
  const input = /** @type {Input} */ (field.querySelector('[name]'));
  const text = typed[name] ?? '';
  input.id = `cell-${lineOf(cell).id}-${name}`;
  field.querySelector('label')?.setAttribute('for', input.id);
  if (name === 'status') leave(/** @type {HTMLSelectElement} */ (input), cell.dataset.choices?.split(' ') ?? []);
  if (input instanceof HTMLInputElement && isBox(name)) input.checked = Boolean(text);
  else input.value = text;
  return field;
}

/** Leaves only these choices. @param {HTMLSelectElement} list @param {string[]} choices */
function leave(list, choices) {
  const offered = choices.flatMap((choice) => [...list.options].filter(({ value }) => value === choice));
  list.replaceChildren(...offered);
}

/** Closes a cell that is sent: until the answer comes it shows what was typed. @param {Edit} edit */
export function wait(edit) {
  const { cell, form } = edit;
  if (!form) return;
  edit.typed = typedIn(edit);
  edit.form = null;
  cell.dataset.saving = words.saving;
  const name = cell.dataset.cell === 'view' ? 'p' : 'span';
  const texts = [...form.querySelectorAll('[name]')].map((input) => inWords(/** @type {Input} */ (input)));
  const nodes = texts.filter(Boolean).map((text) => Object.assign(document.createElement(name), { textContent: text }));
  show(edit, ...nodes);
}

/** What a field says, as one reads it. @param {Input} input */
function inWords(input) {
  if (input instanceof HTMLSelectElement) return input.selectedOptions[0]?.label;
  if (input.type !== 'checkbox') return input.value;
  return /** @type {HTMLInputElement} */ (input).checked ? input.closest('label')?.textContent : '';
}

/** Shows the cell as it is without what is typed in it; an answer may still be to come. @param {Edit} edit */
export function close(edit) {
  edit.form = null;
  edit.refusal = null;
  if (!edit.turns) edits.delete(edit.cell);
  show(edit, ...edit.shown);
}

/** @param {Edit} edit @param {...Node} nodes */
function show(edit, ...nodes) {
  mark(edit.cell);
  edit.cell.replaceChildren(...nodes);
}

/** Tells by its looks whether a cell is edited, or being saved. @param {HTMLTableCellElement} cell */
export function mark(cell) {
  const edit = edits.get(cell);
  cell.classList.toggle('is-edited', Boolean(edit?.form));
  if (edit && !edit.form) cell.setAttribute('aria-busy', 'true');
  else cell.removeAttribute('aria-busy');
}
