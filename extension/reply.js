/** What an answer of the companion means: read within bounds, and told as one of the typed results. */

/** @typedef {import('./types').Result} Result */

const LONGEST_WAIT = 3600;

/** @param {Response} response @param {number} most bytes that are read of it @returns {Promise<Result>} */
export async function readReply(response, most) {
  const { status } = response;
  const text = await textOf(response, most);
  const body = text === null ? undefined : parsed(text);
  if (response.ok) {
    if (body === undefined) return { ok: false, problem: 'broken', status, reason: '' };
    return { ok: true, status, body };
  }
  if (status === 401) return { ok: false, problem: 'unpaired' };
  if ([408, 429, 503, 507].includes(status)) return { ok: false, problem: 'later', status, retryAfter: wait(response) };
  return { ok: false, problem: status >= 500 ? 'broken' : 'refused', status, reason: reasonOf(body) };
}

/** @param {Response} response @param {number} most @returns {Promise<string | null>} null where it is longer */
async function textOf(response, most) {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  for (let read = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    read += value.length;
    if (read > most) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}

/** @param {string} text @returns {unknown} null for an empty reply, undefined for one that is no JSON */
function parsed(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Seconds to wait, as the companion asks, in numbers or by a date; 0 where it does not say. @param {Response} response */
function wait(response) {
  const asked = response.headers.get('Retry-After') ?? '';
  const seconds = /^\d+$/.test(asked) ? Number(asked) : Math.ceil((Date.parse(asked) - Date.now()) / 1000);
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT) : 0;
}

/** @param {any} body the one error shape */
function reasonOf(body) {
  const problems = Array.isArray(body?.problems) ? body.problems : [];
  const details = problems.map((/** @type {any} */ each) => `${each?.path}: ${each?.message}`);
  return [body?.error, ...details].filter(Boolean).join(' · ').slice(0, 500);
}

/** Whether what was asked for is no more. @param {import('./types').Failure} failure */
export function isGone(failure) {
  return failure.problem === 'refused' && failure.status === 404;
}
