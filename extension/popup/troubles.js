/** What Kwartier would not take, with its reason and what can be done about it. */
import { t } from '../messages.js';
import { request } from '../requests.js';

/** @typedef {import('../types').Trouble} Trouble */

/**
 * @param {HTMLElement} list @param {Trouble[]} troubles
 * @param {() => Promise<void>} changed called when one was tried again or deleted
 */
export function drawTroubles(list, troubles, changed) {
  const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.act : undefined;
  list.replaceChildren(...troubles.map((trouble) => row(trouble, changed)));
  const again = [...list.querySelectorAll('button')].find((button) => button.dataset.act === held);
  if (held) again?.focus();
}

/** @param {Trouble} trouble @param {() => Promise<void>} changed */
function row({ id, kind, title, reason }, changed) {
  const name = document.createElement('p');
  name.textContent = kind === 'commentary' ? t('trouble_view', title) : title;
  const why = document.createElement('p');
  why.className = 'small muted';
  why.textContent = reason || t('trouble_silence');
  const actions = document.createElement('p');
  actions.className = 'actions';
  actions.append(button('retry', id, title, changed), button('remove', id, title, changed));
  const item = document.createElement('li');
  item.dataset.entry = id;
  item.append(name, why, actions);
  return item;
}

/** @param {'retry' | 'remove'} act @param {string} id @param {string} title @param {() => Promise<void>} changed */
function button(act, id, title, changed) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'quiet';
  made.dataset.act = `${act} ${id}`;
  made.textContent = t(act);
  made.setAttribute('aria-label', `${t(act)}: ${title}`);
  made.addEventListener('click', () => void request(act, { id }).then(changed));
  return made;
}
