/** Draws a view: each part of the popup is shown, filled or hidden. */
import { explanation, nextStep } from '../connection.js';
import { plural, t } from '../messages.js';
import { byId } from '../requests.js';
import { drawTroubles } from './troubles.js';
import { factsOf, noteOn, siteOf, slotTime } from './wording.js';

/** @typedef {import('../types').View} View */
/** @typedef {View['state']} State */

/** States with an item or a capture, about which something can be written. @type {State[]} */
const WRITABLE = ['saving', 'saved', 'known', 'waiting', 'pairing', 'parked'];

/** States in which this popup's save can be taken back. @type {State[]} */
const UNDOABLE = ['saving', 'saved', 'waiting', 'pairing'];

/** @param {View} view @param {() => Promise<void>} changed */
export function draw(view, changed) {
  byId('popup').dataset.state = view.state;
  drawPage(view);
  drawPairing(view);
  drawCurate(view);
  byId('editor').hidden = !WRITABLE.includes(view.state);
  drawDropped(view);
  drawPlanned(view);
  drawFailure(view.failed);
  byId('trouble').hidden = !view.troubles.length;
  byId('trouble-heading').textContent = plural('trouble', view.troubles.length);
  drawTroubles(byId('troubles'), view.troubles, changed);
}

/** @param {View} view */
function drawPage(view) {
  say(byId('status'), statusText(view));
  byId('undo').hidden = !UNDOABLE.includes(view.state);
  const title = view.item?.article.title || view.page?.title || siteOf(view.page?.url ?? '');
  if (title) byId('title').textContent = title;
  byId('facts').textContent = view.item ? factsOf(view.item.article) : siteOf(view.page?.url ?? view.identity);
  const note = noteText(view);
  byId('note').textContent = note;
  byId('note').hidden = !note;
  drawQuotes(view.quotes);
}

/** Changes a live text only where it differs, so that it is not read out twice. @param {HTMLElement} place @param {string} text */
function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {View} view */
function statusText({ state, item, confirming }) {
  if (state === 'known' && item) return t(`status_${item.status}`);
  return t(state === 'ask' && confirming ? 'state_confirm' : `state_${state.replace('-', '_')}`);
}

/** @param {View} view */
function noteText({ state, item, offline }) {
  if (state === 'known' && item) return noteOn(item, offline);
  if (state === 'waiting') return t('waiting_text');
  return item?.link_only ? t('link_only_text') : '';
}

/** @param {View['quotes']} quotes */
function drawQuotes(quotes) {
  byId('quotes').hidden = !quotes.length;
  byId('quotes').replaceChildren(
    ...quotes.map(({ text }) => {
      const quote = document.createElement('blockquote');
      quote.className = 'quote';
      quote.textContent = text.length > 280 ? `${text.slice(0, 280).trimEnd()}…` : text;
      const row = document.createElement('li');
      row.append(quote);
      return row;
    }),
  );
}

/** @param {View} view */
function drawPairing({ pairing, state }) {
  byId('pairing').hidden = !pairing;
  if (!pairing) return;
  say(byId('pairing-heading'), t(`pairing_${pairing.state}`));
  byId('digits').hidden = !pairing.code;
  byId('digits').textContent = pairing.code;
  say(byId('pairing-text'), pairingText(pairing, state));
  byId('start-help').hidden = pairing.state !== 'absent';
  byId('open-kwartier').hidden = pairing.state !== 'waiting';
  byId('ask-again').hidden = pairing.state === 'waiting';
  byId('ask-again').textContent = t(nextStep(pairing));
}

/** @param {NonNullable<View['pairing']>} pairing @param {State} state */
function pairingText(pairing, state) {
  const text = pairing.reason || t(explanation(pairing));
  return state === 'pairing' ? `${text} ${t('pairing_page_waits')}` : text;
}

/** @param {View} view */
function drawCurate({ state }) {
  byId('curate').hidden = state !== 'ask' && state !== 'undone';
  byId('curate-now').textContent = t(state === 'undone' ? 'save_again' : 'curate_this');
}

/** @param {View} view */
function drawDropped({ state, item }) {
  byId('dropped').hidden = !(state === 'known' && item?.status === 'dropped');
}

/** @param {View} view */
function drawPlanned({ item, slot, state }) {
  byId('planned').hidden = item?.status !== 'planned';
  byId('planned-text').textContent = slot ? t('planned_for', slotTime(slot)) : t('planned_somewhere');
  byId('unplace').textContent = t(state === 'saved' ? 'undo' : 'take_out');
}

/** @param {View['failed']} failed */
export function drawFailure(failed) {
  byId('failure').hidden = !failed;
  byId('failure').textContent = failed ? t(`failed_${failed}`) : '';
}

/** @param {unknown} _error the popup could not reach its own background: nothing was lost, and nothing can be shown */
export function drawBroken(_error) {
  byId('popup').dataset.state = 'error';
  byId('status').textContent = t('state_error');
  byId('facts').textContent = t('error_text');
}
