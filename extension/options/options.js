/** The extension's own settings: how it saves, to which companion, and what has not arrived there yet. */
import { browserLabel } from '../browser_label.js';
import { explanation, obstacle } from '../connection.js';
import { localise, t } from '../messages.js';
import * as button from '../parts/connect_button.js';
import { drawFilling } from '../parts/filling.js';
import { byId, isUsable, say } from '../parts/page.js';
import { drawRows } from '../parts/rows.js';
import { drawTroubles } from '../parts/troubles.js';
import { dateOf, holdupWords, noTextReason } from '../parts/wording.js';
import { request } from '../requests.js';
import * as settings from '../settings.js';
import { drawLinks } from './links.js';

/** @typedef {import('../types').Settings} Settings */
/** @typedef {import('../types').Waiting} Waiting */
/** @typedef {import('../types').OutboxView} OutboxView */

/** Whether Kwartier answered when it was last spoken to, as this page knows it. */
let isReachable = true;

async function draw() {
  const [kept, outbox] = await Promise.all([settings.all(), request('outbox')]);
  const isHeld = isUsable(document.activeElement);
  /** @type {HTMLInputElement} */ (byId('confirm-first')).checked = kept.confirmFirst;
  say('connection', connectionText(kept));
  button.drawStep(kept);
  drawOutbox(outbox);
  if (isHeld && !isUsable(document.activeElement)) byId('outbox-heading').focus();
  const isBack = kept.reachable && !isReachable;
  isReachable = kept.reachable;
  if (isBack) await drawLinks();
}

/** @param {Settings} kept */
function connectionText(kept) {
  const pairing = obstacle(kept);
  if (pairing) return pairing.reason || t(explanation(pairing));
  const port = kept.port ?? kept.pairing?.port ?? '';
  const browser = browserLabel(navigator.userAgent);
  return t(kept.reachable ? 'options_connected' : 'options_connected_off', browser, port);
}

/** @param {OutboxView} outbox */
function drawOutbox({ standing, holdup, troubles, waiting, filling }) {
  say('standing', standingText(standing, holdup));
  byId('standing').className = standing === 'needs_you' ? 'warn' : 'muted';
  drawFilling(
    filling,
    waiting.some(({ noText }) => noText === 'queue-full'),
  );
  drawTroubles(byId('troubles'), troubles, draw);
  drawRows(byId('waiting'), waiting.map(waitingRow), draw);
}

/** @param {OutboxView['standing']} standing @param {OutboxView['holdup']} holdup */
function standingText(standing, holdup) {
  if (standing === 'saved') return t('options_outbox_empty');
  const why = standing === 'waiting' ? holdupWords(holdup) : '';
  return why ? `${t('standing_waiting')}. ${why}` : t(`standing_${standing}`);
}

/** @param {Waiting} waiting @returns {import('../parts/rows.js').Row} */
function waitingRow({ id, title, since, noText }) {
  const words = [t('options_waiting_since', dateOf(since)), noTextReason(noText)].filter(Boolean).join(' ');
  return { id, title, words, acts: ['remove'] };
}

localise();
byId('confirm-first').addEventListener('change', (event) => {
  void settings.set({ confirmFirst: /** @type {HTMLInputElement} */ (event.target).checked });
});
button.listen(draw);
settings.watch(() => void draw());
await draw();
await drawLinks();
// What waits goes at once where Kwartier was started since; and with nothing to send, the connection is known anew too.
await request('flush');
await request('look');
