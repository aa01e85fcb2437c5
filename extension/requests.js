/** How the pages of the extension ask the background for something. */
import { api } from './api.js';

/**
 * The browser may end the background before it has answered. Every act works on what is stored, so the next worker is
 * asked once more.
 * @param {string} type one of the background's handlers
 * @param {Record<string, unknown>} [details]
 * @returns {Promise<any>}
 */
export async function request(type, details = {}) {
  const ask = () => api.runtime.sendMessage({ type, ...details });
  const answer = (await ask().catch(() => null)) ?? (await ask());
  if (!answer || answer.error) throw new Error(answer?.error ?? `no answer to ${type}`);
  return answer.value;
}

/**
 * The element of a page by its id; a page without it is broken.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id}`);
  return /** @type {T} */ (element);
}
