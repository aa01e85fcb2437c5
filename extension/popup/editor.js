/** "What is your view?": kept with each keystroke, whatever happens to the popup. */
import { t } from '../messages.js';
import { byId } from '../parts/page.js';
import { wordCount } from '../parts/wording.js';
import * as settings from '../settings.js';

/** @typedef {import('../types').View} View */

const view = () => /** @type {HTMLTextAreaElement} */ (byId('view'));

let identity = '';
let isTouched = false;
/** What was typed here last, as it was kept. */
let written = '';

/** Keeps what is typed from now on. */
export function listen() {
  view().addEventListener('input', () => {
    isTouched = true;
    keep();
  });
  view().addEventListener('blur', keep);
  addEventListener('pagehide', keep);
  document.addEventListener('visibilitychange', keep);
}

/** Storage says no only where it cannot write any more: that is said while the words still stand there. */
function keep() {
  if (!identity || !isTouched) return;
  written = view().value;
  settings.writeDraft(identity, written).then(count, () => {
    byId('words').textContent = t('failed_keeping');
  });
}

function count() {
  byId('words').textContent = wordCount(view().value);
}

/** Shows the text that is kept. What is being typed is never replaced. @param {View} shown */
export function fill({ identity: page, text }) {
  const isOther = page !== identity;
  identity = page;
  if (isOther || !isTouched) put(text);
  else bringBefore(text);
  count();
}

/**
 * Words of the item that came to stand before what is typed here are kept with it from now on.
 * @param {string} text
 */
function bringBefore(text) {
  const typed = view().value;
  const joined = joinedWith(text, written, typed);
  if (joined === typed) return;
  put(joined);
  keep();
}

/**
 * What is typed, after the paragraphs that came to stand before it in the text that is kept.
 * @param {string} text what is kept now @param {string} written what was kept of the typing last
 * @param {string} typed what stands in the field, which may be more than was kept
 */
export function joinedWith(text, written, typed) {
  const own = written.trim();
  const isAfterMore = own !== '' && text.endsWith(`\n\n${own}`);
  return isAfterMore ? text.slice(0, -own.length) + typed : typed;
}

/** The cursor stays where it is in what is typed, whatever comes before it. @param {string} text */
function put(text) {
  const { value, selectionEnd } = view();
  if (value === text) return;
  const at = Math.max(0, text.length - (value.length - selectionEnd));
  view().value = text;
  view().setSelectionRange(at, at);
}

/** Puts the cursor where the writing goes on. */
export function focus() {
  const { value } = view();
  view().focus();
  view().setSelectionRange(value.length, value.length);
}
