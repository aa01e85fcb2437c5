/** How the pages of the extension ask the background for something. */
import { api } from './api.js';

/** How often the background is asked, and the pause in between: one that is just ending may take the first of them. */
const TRIES = 6;
const PAUSE = 100;

/**
 * The browser may end the background before it has answered. Every act works on what is stored, so the next worker is
 * asked once more.
 * @param {string} type one of the background's handlers
 * @param {Record<string, unknown>} [details]
 * @returns {Promise<any>}
 * @throws {Error} where the background ran into a fault, or does not answer at all
 */
export async function request(type, details = {}) {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask({ type, ...details }, tries === TRIES);
    if (answer?.error) throw new Error(answer.error);
    if (answer) return answer.value;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** @param {object} message @param {boolean} isLast after which there is nobody to ask any more */
async function ask(message, isLast) {
  const answer = await api.runtime.sendMessage(message).catch((error) => {
    if (isLast) throw error;
    return null;
  });
  if (!answer && isLast) throw new Error('the background does not answer');
  return answer;
}
