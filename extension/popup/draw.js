/** Draws a view: each part of the popup is shown, filled or hidden. */
import { explanation } from '../connection.js';
import { plural, t } from '../messages.js';
import { drawNextStep } from '../parts/connect_button.js';
import { drawFilling } from '../parts/filling.js';
import { byId, say } from '../parts/page.js';
import { drawTroubles } from '../parts/troubles.js';
import { factsOf, holdupWords, noTextReason, noteOn, siteOf, slotTime } from '../parts/wording.js';

/** @typedef {import('../types').View} View */
/** @typedef {View['state']} State */

/**
 * States with something to write about; where nothing could be kept, the words can still be copied from here.
 * @type {State[]}
 */
const WRITABLE = ['saving', 'saved', 'known', 'waiting', 'pairing', 'parked', 'full'];

/** States that are one of the three plain ones, in the same words as on the icon. @type {Partial<Record<State, import('../types').Standing>>} */
const STANDING = { saved: 'saved', waiting: 'waiting', pairing: 'needs_you', parked: 'needs_you' };

/** @param {View} view @param {() => Promise<void>} changed called after the user dealt with what did not get through */
export function draw(view, changed) {
  byId('popup').dataset.state = view.state;
  drawPage(view);
  drawPairing(view);
  drawCurate(view);
  byId('editor').hidden = !WRITABLE.includes(view.state);
  drawDropped(view);
  drawPlanned(view);
  byId('trouble').hidden = !view.troubles.length;
  byId('trouble-heading').textContent = plural('trouble', view.troubles.length);
  drawTroubles(byId('troubles'), view.troubles, changed);
  drawFilling(view.filling, view.noText === 'queue-full');
}

/** @param {View} view */
function drawPage(view) {
  say('status', statusText(view));
  byId('undo').hidden = !view.canUndo;
  const title = view.item?.article.title || view.page?.title || siteOf(view.page?.url ?? '');
  if (title) byId('title').textContent = title;
  byId('facts').textContent = view.item ? factsOf(view.item.article) : siteOf(view.page?.url ?? view.identity);
  say('note', noteText(view));
  drawQuotes(view.quotes);
}

/** What is said of the page in one line. @param {View} view */
export function statusText({ state, item, confirming }) {
  if (state === 'known' && item) return t(`status_${item.status}`);
  const standing = STANDING[state];
  if (standing) return t(`standing_${standing}`);
  return t(state === 'ask' && confirming ? 'state_confirm' : `state_${state.replace('-', '_')}`);
}

/** What there is to know beside it. @param {View} view */
export function noteText({ state, item, offline, noText, filling, holdup }) {
  // Without its text, the page itself is still needed for it.
  const isWhole = noText === null;
  // That the room is full stands below already, where it does.
  const isSaid = noText === 'queue-full' && filling;
  const lines = [
    state === 'known' && item ? noteOn(item, offline) : '',
    isSaid ? '' : noTextReason(noText),
    state === 'waiting' && isWhole ? t('waiting_text') : '',
    state === 'waiting' ? holdupWords(holdup) : '',
    state === 'full' ? t('full_text') : '',
  ];
  return lines.filter(Boolean).join(' ');
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
  say('pairing-heading', t(`pairing_${pairing.state}`));
  say('digits', pairing.code);
  say('pairing-text', pairingText(pairing, state));
  byId('start-help').hidden = pairing.state !== 'absent';
  const isAsked = pairing.state === 'waiting';
  byId('open-kwartier').hidden = !isAsked;
  drawNextStep(byId('ask-again'), isAsked ? null : pairing);
}

/** @param {NonNullable<View['pairing']>} pairing @param {State} state */
function pairingText(pairing, state) {
  const text = pairing.reason || t(explanation(pairing));
  // Of another Kwartier it is said already where what waits goes.
  return state === 'pairing' && pairing.state !== 'stranger' ? `${text} ${t('pairing_page_waits')}` : text;
}

/** @param {View} view */
function drawCurate({ state }) {
  const words = { ask: 'curate_this', undone: 'save_again', full: 'try_again' };
  const offered = state === 'ask' || state === 'undone' || state === 'full';
  byId('curate').hidden = !offered;
  if (offered) byId('curate-now').textContent = t(words[state]);
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

/** @param {unknown} _error the popup could not reach its own background: nothing was lost, and nothing can be shown */
export function drawBroken(_error) {
  byId('popup').dataset.state = 'error';
  say('status', t('state_error'));
  say('facts', t('error_text'));
}
