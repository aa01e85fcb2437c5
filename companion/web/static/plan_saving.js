// Sends what was changed in a cell of the plan, as the form that its line has without scripts.
import { digest, onLeft } from './plan_cells.js';
import { close, edits, isBox, lineOf, table, textsOf, typedIn, wait, words } from './plan_editors.js';
import { refuse } from './plan_refusals.js';
import { showTable, takeOver } from './plan_showing.js';
import { inTurn, settled } from './plan_turns.js';

/** @typedef {import('./plan_cells.js').Texts} Texts */
/** @typedef {import('./plan_editors.js').Edit} Edit */
/** @typedef {{ page: Document, status: number, isKept: boolean }} Answer */

/** A companion on this machine that does not answer for so long hangs. */
const PATIENCE_MS = 10_000;

/**
 * Sends what was changed in a cell, or closes it where nothing was.
 * @param {Edit} edit
 * @param {boolean} isAsked Whether it was left with Enter.
 */
export function save(edit, isAsked) {
  if (!edit.form) return;
  const typed = typedIn(edit);
  const way = onLeft(edit.texts, typed, edit.refusal, isAsked);
  if (way === 'send') send(edit, typed);
  else if (way === 'close') giveUp(edit);
}

/** @param {Edit} edit @param {Texts} typed */
function send(edit, typed) {
  wait(edit);
  edit.refusal = null;
  edit.turns += 1;
  inTurn(async () => {
    const answer = await ask(addressOf(edit), await asForm(edit, typed));
    edit.turns -= 1;
    if (answer?.isKept) kept(edit, answer.page);
    // Where it was sent again meanwhile, the answer to that counts.
    else if (!edit.turns) refused(edit, answer);
  });
}

/** Leaves a cell as it is stored: where that is not what it showed, the table is asked for again. @param {Edit} edit */
export function giveUp(edit) {
  const wasRefused = edit.refusal;
  close(edit);
  if (wasRefused) inTurn(showStored);
}

async function showStored() {
  const answer = await ask(location.href);
  if (answer?.isKept) showTable(answer.page);
}

/** @param {Edit} edit */
function addressOf({ cell }) {
  return (table.dataset.save ?? '').replace('LINE', encodeURIComponent(lineOf(cell).id.replace('line-', '')));
}

/** @param {Edit} edit @param {Texts} typed */
async function asForm({ item, texts, names }, typed) {
  const sent = new URLSearchParams({ shown_item: item });
  for (const [name, text] of Object.entries(texts)) {
    sent.set(`shown_${name}`, names[name] ?? (await digest(text)));
    if (typed[name] || !isBox(name)) sent.set(name, typed[name] ?? '');
  }
  return sent;
}

/**
 * Sends a form of the page, or asks for a page; nothing where the companion does not answer, or not to the end.
 * @param {string} address
 * @param {URLSearchParams} [fields]
 * @returns {Promise<Answer | null>}
 */
function ask(address, fields) {
  const csrf = /** @type {HTMLInputElement} */ (document.querySelector('input[name=csrf]')).value;
  fields?.set('csrf', csrf);
  const headers = { Accept: 'text/html', 'X-Kwartier-Page': csrf };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(address, { method: fields ? 'POST' : 'GET', body: fields, headers, signal })
    .then(read)
    .catch(() => null);
}

/** @param {Response} answer */
async function read(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // What the page tells carefully was not done.
  const isKept = answer.ok && Boolean(page.getElementById('plan')) && !page.querySelector('#said.careful');
  return { page, status: answer.status, isKept };
}

/** @param {Edit} edit @param {Document} page */
function kept(edit, page) {
  const isDone = !edit.turns && !edit.form;
  if (isDone) close(edit);
  takeOver(page);
  // What is typed since then goes over what is stored by now.
  if (!isDone) Object.assign(edit, { texts: textsOf(edit.cell, edit.shown), names: {} });
}

/** The form that came back says at each field what to do. @param {Edit} edit @param {Answer | null} answer */
function refused(edit, answer) {
  const [first = ''] = Object.keys(edit.texts);
  if (!answer) {
    refuse(edit, { [first]: words.unreachable ?? '' }, false);
    return;
  }
  const { page, status } = answer;
  const problems = problemsIn(page, Object.keys(edit.texts));
  const said = page.querySelector('#edit-line-problem, #gone, #said p')?.textContent ?? words.failed ?? '';
  refuse(edit, Object.keys(problems).length ? problems : { [first]: said }, status === 409);
  const stored = Object.keys(edit.texts).map((name) => [name, hidden(page, name)]);
  Object.assign(edit.names, Object.fromEntries(stored.filter(([, name]) => name)));
  edit.item = hidden(page, 'item') ?? edit.item;
}

/** @param {Document} page @param {string[]} names */
function problemsIn(page, names) {
  const found = names.map((name) => [name, page.getElementById(`edit-${name}-problem`)?.textContent]);
  return Object.fromEntries(found.filter(([, problem]) => problem));
}

/** @param {Document} page @param {string} name */
function hidden(page, name) {
  return /** @type {HTMLInputElement | null} */ (page.querySelector(`.editing [name="shown_${name}"]`))?.value;
}

/** Takes a change back in its place. @param {HTMLFormElement} form */
export function undo(form) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  inTurn(async () => {
    const answer = await ask(form.action, fields);
    if (answer?.page.getElementById('plan')) takeOver(answer.page);
    else if (answer) location.reload();
    else form.after(Object.assign(document.createElement('p'), { className: 'warn', textContent: words.not_undone }));
  });
}

/**
 * Lets somebody leave the page once all that was typed is stored; where that cannot be, they are led back to it.
 * @param {Event} event That leaves the page.
 * @param {() => void} go
 */
export async function afterSaving(event, go) {
  for (const edit of edits.values()) save(edit, false);
  if (![...edits.values()].some((edit) => edit.turns)) return;
  event.preventDefault();
  await settled();
  const refusal = [...edits.values()].find((edit) => edit.refusal);
  if (refusal) /** @type {HTMLElement} */ (refusal.form?.querySelector('[aria-invalid]'))?.focus();
  else go();
}
