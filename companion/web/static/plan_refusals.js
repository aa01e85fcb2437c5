// What is said in a cell about what could not be kept, and the two ways on from there.
import { open, typedIn, words } from './plan_editors.js';

/** @typedef {import('./plan_editors.js').Edit} Edit */
/** @typedef {import('./plan_editors.js').Input} Input */

/**
 * Says by field what is in the way, and keeps what was typed.
 * @param {Edit} edit
 * @param {Record<string, string>} problems
 * @param {boolean} isClash
 */
export function refuse(edit, problems, isClash) {
  const hadFocus = document.activeElement === edit.cell || document.activeElement === document.body;
  edit.refusal = { typed: typedIn(edit), isClash };
  const form = open(edit);
  for (const old of form.querySelectorAll('.problem, .actions')) old.remove();
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  form.append(ways(isClash));
  const faulty = Object.entries(problems).map(([name, text]) => say(form, name, text));
  if (hadFocus) faulty[0]?.focus();
}

/** @param {HTMLFormElement} form @param {string} name @param {string} text */
function say(form, name, text) {
  const input = /** @type {Input} */ (form.elements.namedItem(name));
  const problem = document.createElement('p');
  problem.className = 'problem';
  problem.id = `${input.id}-problem`;
  problem.setAttribute('role', 'alert');
  input.closest('.field')?.append(problem);
  problem.textContent = text;
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', problem.id);
  return input;
}

/** The buttons that do what Enter and Escape do. @param {boolean} isClash */
function ways(isClash) {
  const actions = document.createElement('p');
  actions.className = 'actions';
  const again = Object.assign(document.createElement('button'), { textContent: words.again });
  const leave = Object.assign(document.createElement('button'), { type: 'reset', className: 'quiet' });
  leave.textContent = (isClash ? words.theirs : words.leave) ?? '';
  actions.append(again, leave);
  return actions;
}
