/** The button with which the options and the welcome page connect this browser. */
import { nextStep, obstacle } from '../connection.js';
import { plural, t } from '../messages.js';
import { request } from '../requests.js';
import * as settings from '../settings.js';
import { byId, say } from './page.js';

/** @param {() => Promise<void>} changed */
export function listen(changed) {
  byId('connect').addEventListener('click', () => void connect().then(changed));
}

/** Shows what stands in the way: the digits, how to start Kwartier, and the next step. @param {import('../types').Settings} kept */
export function drawStep(kept) {
  const pairing = obstacle(kept);
  say('digits', pairing?.code ?? '');
  byId('start-help').hidden = pairing?.state !== 'absent';
  drawNextStep(byId('connect'), pairing);
}

/**
 * The button of the next step; none where this browser is connected. To connect to another Kwartier hands it all that
 * waits, so that button does not offer itself.
 * @param {HTMLElement} button @param {import('../types').PairingView | null} pairing
 */
export function drawNextStep(button, pairing) {
  button.hidden = !pairing;
  button.classList.toggle('quiet', pairing?.state === 'stranger');
  if (pairing) button.textContent = t(nextStep(pairing));
}

async function connect() {
  const isAsked = obstacle(await settings.all())?.state === 'waiting';
  const result = await request(isAsked ? 'show-pairing' : 'ask');
  say('failure', result ? askingFailure(result) : '');
}

/**
 * Why Kwartier could not be asked, in words. That it is off stands beside the button already.
 * @param {{ok: true} | import('../types').Failure} result
 */
export function askingFailure(result) {
  if (result.ok || result.problem === 'absent') return '';
  if (result.problem === 'later' && result.status === 429) return plural('failed_asking', result.retryAfter || 60);
  return t(`failed_${result.problem}`);
}
