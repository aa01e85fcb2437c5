/** How the companion proves that it is the one this browser was paired with (its side: web/pairing.py). */

/** @returns {string} a question that was never asked before */
export function newNonce() {
  return hex(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The only right answer. What is signed names the port too, so that a stranger on one port cannot pass on what the
 * companion on another one answered.
 * @param {string} keyHex @param {string} message
 */
export async function expectedProof(keyHex, message) {
  const bytes = Uint8Array.from(keyHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(message))));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
