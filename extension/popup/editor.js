/** "What is your view?": kept with each keystroke, whatever happens to the popup. */
import { byId } from '../requests.js';
import * as settings from '../settings.js';
import { wordCount } from './wording.js';

/** @typedef {import('../types').View} View */

const view = () => /** @type {HTMLTextAreaElement} */ (byId('view'));

let identity = '';
let isTouched = false;

/** Keeps what is typed from now on. */
export function listen() {
  view().addEventListener('input', () => {
    isTouched = true;
    count();
    keep();
  });
  view().addEventListener('blur', keep);
  addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', keep);
}

function keep() {
  if (identity && isTouched) void settings.writeDraft(identity, view().value);
}

function count() {
  byId('words').textContent = wordCount(view().value);
}

/**
 * Shows the text that is kept. What is being typed is never replaced, except by a text that holds it.
 * @param {View} shown
 */
export function fill({ identity: page, text }) {
  const isOther = page !== identity;
  identity = page;
  const typed = view().value;
  const holdsMore = text !== typed && typed !== '' && text.endsWith(typed);
  if (isOther || !isTouched || holdsMore) put(text);
  count();
}

/** @param {string} text */
function put(text) {
  if (view().value === text) return;
  view().value = text;
  view().setSelectionRange(text.length, text.length);
}

/** Puts the cursor where the writing goes on. */
export function focus() {
  const { value } = view();
  view().focus();
  view().setSelectionRange(value.length, value.length);
}
