/** The extension's own settings: how it saves, to which companion, and what has not arrived there yet. */
import { browserLabel } from '../browser_label.js';
import * as button from '../connect_button.js';
import { explanation, obstacle } from '../connection.js';
import { localise, t } from '../messages.js';
import { drawTroubles } from '../popup/troubles.js';
import { dateOf } from '../popup/wording.js';
import { byId, request } from '../requests.js';
import * as settings from '../settings.js';

/** @typedef {import('../types').Settings} Settings */
/** @typedef {import('../types').Waiting} Waiting */

async function draw() {
  const [kept, outbox] = await Promise.all([settings.all(), request('outbox')]);
  /** @type {HTMLInputElement} */ (byId('confirm-first')).checked = kept.confirmFirst;
  byId('connection').textContent = connectionText(kept);
  button.drawStep(kept);
  drawTroubles(byId('troubles'), outbox.troubles, draw);
  byId('waiting').replaceChildren(...outbox.waiting.map(waitingRow));
  byId('outbox-empty').hidden = outbox.troubles.length + outbox.waiting.length > 0;
}

/** @param {Settings} kept */
function connectionText(kept) {
  const pairing = obstacle(kept);
  if (pairing) return pairing.reason || t(explanation(pairing));
  const port = kept.port ?? kept.pairing?.port ?? '';
  const browser = browserLabel(navigator.userAgent);
  return t(kept.reachable ? 'options_connected' : 'options_connected_off', browser, port);
}

/** @param {Waiting} waiting */
function waitingRow({ id, title, since }) {
  const name = document.createElement('p');
  name.textContent = title;
  const when = document.createElement('p');
  when.className = 'small muted';
  when.textContent = t('options_waiting_since', dateOf(since));
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'quiet';
  remove.textContent = t('remove');
  remove.setAttribute('aria-label', `${t('remove')}: ${title}`);
  remove.addEventListener('click', () => void takeOut(id));
  const row = document.createElement('li');
  row.dataset.entry = id;
  row.append(name, when, remove);
  return row;
}

/** @param {string} id */
async function takeOut(id) {
  await request('remove', { id });
  await draw();
  byId('outbox-heading').focus();
}

localise();
byId('confirm-first').addEventListener('change', (event) => {
  void settings.set({ confirmFirst: /** @type {HTMLInputElement} */ (event.target).checked });
});
button.listen(draw);
settings.watch(() => void draw());
await draw();
