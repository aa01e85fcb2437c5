/** How this browser stands with Kwartier, as settings tell; the same words for the popup, the options and the welcome. */

/** @typedef {import('./types').Settings} Settings */
/** @typedef {import('./types').PairingView} PairingView */

/** Whether the companion has let this browser in, as far as we know. @param {Settings} kept */
export function isConnected({ pairing, needsPairing, stranger }) {
  return pairing !== null && !needsPairing && !stranger;
}

/** What stands between this browser and Kwartier; null once it is let in. @param {Settings} kept @returns {PairingView | null} */
export function obstacle(kept) {
  if (isConnected(kept)) return null;
  const { asking, reachable, needsPairing, stranger } = kept;
  if (asking?.over) return { state: 'over', code: '', why: asking.over.why, reason: asking.over.reason };
  if (asking) return { state: 'waiting', code: asking.code, reason: '' };
  if (stranger) return { state: 'stranger', code: '', reason: '' };
  const state = needsPairing ? 'again' : 'needed';
  return { state: reachable ? state : 'absent', code: '', reason: '' };
}

/** The words on the button that takes the next step. @param {PairingView} pairing */
export function nextStep({ state }) {
  const words = {
    waiting: 'open_kwartier',
    over: 'ask_again',
    absent: 'try_again',
    needed: 'connect',
    again: 'connect_again',
    stranger: 'connect_to_it',
  };
  return words[state];
}

/** The text that says what to do, by its key. @param {PairingView} pairing */
export function explanation({ state, why }) {
  return `pairing_${state === 'over' ? why : state}_text`;
}
