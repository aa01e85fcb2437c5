/**
 * The only place that speaks to the companion, and the only `fetch`. Every outcome is a typed result; nothing throws
 * for a companion that is off, slow, or of another mind.
 */
import { language } from './messages.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Result} Result */
/** @typedef {import('./types').Failure} Failure */
/** @typedef {import('./types').Pairing} Pairing */
/** @typedef {{method: string, path: string, body?: unknown, token?: string, timeout?: number}} Request */

const PORTS = [7715, 7716, 7717, 7718, 7719];
const GLANCE = 3_000;
const PATIENCE = 10_000;
const CONTRACT = 1;
/** How long a proof counts before the service on the port is asked again. */
const PROOF_HOLDS = 30_000;

/** @type {{port: number, at: number} | null} */
let proven = null;

/**
 * A call in the user's name. Nothing is sent before the service on the port has proven the pairing.
 * @param {string} method @param {string} path @param {unknown} [body] @param {{timeout?: number}} [options]
 * @returns {Promise<Result>}
 */
export async function call(method, path, body, { timeout = PATIENCE } = {}) {
  const { pairing, needsPairing } = await settings.all();
  if (!pairing || needsPairing) return { ok: false, problem: 'unpaired' };
  const request = { method, path, body, token: pairing.token, timeout };
  const result = await callOnce(request, pairing);
  const moved = !result.ok && result.problem === 'absent' && proven !== null;
  if (!moved) return result;
  proven = null;
  return callOnce(request, pairing);
}

/** @param {Request} request @param {Pairing} pairing @returns {Promise<Result>} */
async function callOnce(request, pairing) {
  const found = await findPaired(pairing);
  if (!found.ok) return lastWord(found);
  const result = await exchange(found.port, request);
  if (result.ok) proven = { port: found.port, at: Date.now() };
  return lastWord(result);
}

/**
 * Remembers whether the companion answered and whether it still knows us, so that the popup can say so.
 * @template {{ok: boolean, problem?: string}} T @param {T} result @returns {Promise<T>}
 */
async function lastWord(result) {
  const { reachable } = await settings.all();
  const answered = result.problem !== 'absent';
  if (answered !== reachable) await settings.set({ reachable: answered });
  if (result.problem === 'unpaired') await settings.set({ needsPairing: true });
  return result;
}

/**
 * A call that needs no pairing, on any Kwartier that answers (asking to be let in).
 * @param {string} path @param {unknown} body
 * @returns {Promise<{port: number, result: Result}>}
 */
export async function callOpen(path, body) {
  const { pairing, port } = await settings.all();
  const known = pairing && (await findPaired(pairing));
  const at = known && known.ok ? known.port : await firstKwartier(port);
  if (at === null) return { port: 0, result: await lastWord(absent()) };
  return { port: at, result: await lastWord(await exchange(at, { method: 'POST', path, body })) };
}

/** @param {number} port @param {string} path @param {unknown} body */
export function callAt(port, path, body) {
  return exchange(port, { method: 'POST', path, body, timeout: GLANCE });
}

/** @param {Pairing} pairing @returns {Promise<{ok: true, port: number} | Failure>} */
async function findPaired(pairing) {
  if (proven && Date.now() - proven.at < PROOF_HOLDS) return { ok: true, port: proven.port };
  const { port } = await settings.all();
  const first = port ?? pairing.port;
  const verdicts = [await examine(first, pairing)];
  if (verdicts[0] !== 'ours') verdicts.push(...(await Promise.all(others(first).map((p) => examine(p, pairing)))));
  const at = verdicts.indexOf('ours');
  if (at < 0) return verdicts.includes('forgot-us') ? { ok: false, problem: 'unpaired' } : absent();
  return { ok: true, port: await settleOn([first, ...others(first)][at] ?? first) };
}

/** @returns {Failure} */
function absent() {
  return { ok: false, problem: 'absent' };
}

/** @param {number} port */
async function settleOn(port) {
  proven = { port, at: Date.now() };
  if ((await settings.all()).port !== port) await settings.set({ port });
  return port;
}

/** @param {number} first */
function others(first) {
  return PORTS.filter((port) => port !== first);
}

/**
 * Who is on this port: our companion, one that has forgotten us, or somebody else.
 * @param {number} port @param {Pairing} pairing @returns {Promise<'ours' | 'forgot-us' | 'stranger'>}
 */
async function examine(port, pairing) {
  if (!(await isKwartier(port))) return 'stranger';
  const nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
  const reply = await exchange(port, {
    method: 'POST',
    path: '/api/proof',
    body: { nonce, pairing_id: pairing.pairing_id },
    timeout: GLANCE,
  });
  if (!reply.ok) return reply.problem === 'refused' && reply.status === 404 ? 'forgot-us' : 'stranger';
  const { proof } = /** @type {{proof?: unknown}} */ (reply.body);
  return proof === (await expectedProof(pairing.proof_key, `${nonce}:${port}`)) ? 'ours' : 'stranger';
}

/** @param {number | null} stored @returns {Promise<number | null>} */
async function firstKwartier(stored) {
  if (stored !== null && (await isKwartier(stored))) return stored;
  const answers = await Promise.all(PORTS.map(isKwartier));
  return PORTS[answers.indexOf(true)] ?? null;
}

/** @param {number} port */
async function isKwartier(port) {
  const reply = await exchange(port, { method: 'GET', path: '/api/health', timeout: GLANCE });
  if (!reply.ok) return false;
  const { name, contract } = /** @type {{name?: unknown, contract?: unknown}} */ (reply.body);
  return name === 'Kwartier' && contract === CONTRACT;
}

/** @param {string} keyHex @param {string} message */
async function expectedProof(keyHex, message) {
  const bytes = Uint8Array.from(keyHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(message))));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {number} port @param {Request} request @returns {Promise<Result>} */
async function exchange(port, { method, path, body, token, timeout = PATIENCE }) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: headers(token, body),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeout),
    });
    return await readReply(response);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return { ok: false, problem: 'slow' };
    // The way `fetch` says that nobody answered.
    if (error instanceof TypeError) return absent();
    throw error;
  }
}

/** @param {string | undefined} token @param {unknown} body */
function headers(token, body) {
  return {
    'Accept-Language': language(),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
}

/** @param {Response} response @returns {Promise<Result>} */
async function readReply(response) {
  const { status } = response;
  const body = parsed(await response.text());
  if (response.ok) {
    if (body === undefined) return { ok: false, problem: 'broken', status, reason: '' };
    return { ok: true, status, body };
  }
  if (status === 401) return { ok: false, problem: 'unpaired' };
  if ([408, 429, 503, 507].includes(status)) return { ok: false, problem: 'later', status, retryAfter: wait(response) };
  return { ok: false, problem: status >= 500 ? 'broken' : 'refused', status, reason: reasonOf(body) };
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

/** Seconds to wait, as the companion asks; 0 where it does not say. @param {Response} response */
function wait(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3600) : 0;
}

/** @param {any} body the one error shape */
function reasonOf(body) {
  const problems = Array.isArray(body?.problems) ? body.problems : [];
  const details = problems.map((/** @type {any} */ each) => `${each?.path}: ${each?.message}`);
  return [body?.error, ...details].filter(Boolean).join(' · ').slice(0, 500);
}
