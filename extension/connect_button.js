/** The button with which the options and the welcome page connect this browser. */
import { nextStep, obstacle } from './connection.js';
import { t } from './messages.js';
import { byId, request } from './requests.js';
import * as settings from './settings.js';

/** @param {() => Promise<void>} changed */
export function listen(changed) {
  byId('connect').addEventListener('click', () => void connect().then(changed));
}

/** Shows what stands in the way: the digits, how to start Kwartier, and the next step. @param {import('./types').Settings} kept */
export function drawStep(kept) {
  const pairing = obstacle(kept);
  byId('digits').hidden = !pairing?.code;
  byId('digits').textContent = pairing?.code ?? '';
  byId('start-help').hidden = pairing?.state !== 'absent';
  byId('connect').textContent = t(pairing ? nextStep(pairing) : 'connect_again');
}

async function connect() {
  const isAsked = obstacle(await settings.all())?.state === 'waiting';
  const result = await request(isAsked ? 'show-pairing' : 'ask');
  const failed = result && !result.ok && result.problem !== 'absent' ? result.problem : null;
  byId('failure').hidden = !failed;
  byId('failure').textContent = failed ? t(`failed_${failed}`) : '';
}
