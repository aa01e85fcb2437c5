/**
 * The only place that speaks to the companion, and the only `fetch`. Every outcome is a typed result; nothing throws
 * for a companion that is off, slow, or of another mind.
 */
import { language } from './messages.js';
import { expectedProof, newNonce } from './proof.js';
import { readReply } from './reply.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Result} Result */
/** @typedef {import('./types').Failure} Failure */
/** @typedef {import('./types').Pairing} Pairing */
/** @typedef {{method: string, path: string, body?: unknown, token?: string, timeout?: number}} Request */

const PORTS = [7715, 7716, 7717, 7718, 7719];
const GLANCE = 3_000;
const PATIENCE = 10_000;
const CONTRACT = 1;
/** @typedef {'ours' | 'shut-out' | 'stranger' | 'nobody'} Verdict */
/** Of what several ports answer, the best counts. @type {Verdict[]} */
const WORTH = ['ours', 'shut-out', 'stranger'];
/** Bytes that are read of an answer: of whoever is on the port, and of the companion once it has proven itself. */
const MOST = { anyone: 64_000, companion: 32_000_000 };

/**
 * A call in the user's name. Each is made only after the service on the port has proven the pairing: a port may change
 * hands between any two calls.
 * @param {string} method @param {string} path @param {unknown} [body]
 * @param {{timeout?: number, isWanted?: () => Promise<boolean>}} [options] `isWanted` is asked right before it is sent
 * @returns {Promise<Result>}
 */
export async function call(method, path, body, { timeout = PATIENCE, isWanted = async () => true } = {}) {
  const { pairing } = await settings.all();
  if (!pairing) return { ok: false, problem: 'unpaired' };
  const found = await findPaired(pairing);
  if (found.ok && !(await isWanted())) return { ok: false, problem: 'withdrawn' };
  const request = { method, path, body, token: pairing.token, timeout };
  return lastWord(found.ok ? await exchange(found.port, request) : found, pairing);
}

/** Finds out how this browser stands with the companion now, with nothing to send. */
export async function look() {
  const { pairing } = await settings.all();
  if (!pairing) return;
  const found = await findPaired(pairing);
  await (found.ok ? noteReachable(found) : lastWord(found, pairing));
}

/**
 * Remembers whether the companion answered and whether it still knows us, so that the popup can say so. Only a service
 * that has proven itself is believed that it does not; and what it says is asked again at each call.
 * @param {Result} result @param {Pairing} used @returns {Promise<Result>}
 */
async function lastWord(result, used) {
  await noteReachable(result);
  const { pairing, needsPairing } = await settings.all();
  const isShutOut = !result.ok && result.problem === 'unpaired';
  // Allowed anew meanwhile: this answer is about a pairing that no longer stands.
  const isCurrent = pairing?.pairing_id === used.pairing_id;
  if (isCurrent && (result.ok || isShutOut) && needsPairing !== isShutOut)
    await settings.note({ needsPairing: isShutOut });
  return result;
}

/** @param {{ok: true} | Failure} result */
async function noteReachable(result) {
  const { reachable } = await settings.all();
  const answered = result.ok || result.problem !== 'absent';
  if (answered !== reachable) await settings.note({ reachable: answered });
}

/**
 * A call that needs no pairing (asking to be let in): on the companion we know, or else on any Kwartier that answers.
 * One that cannot prove that it knew us is only asked once the user has been told so.
 * @param {string} path @param {unknown} body
 * @returns {Promise<{port: number, result: Result}>}
 */
export async function callOpen(path, body) {
  const { port, stranger: isTold } = await settings.all();
  const known = await findKnown();
  const { stranger } = await settings.all();
  const at = known ?? (stranger && !isTold ? null : await firstKwartier(port));
  const result = at === null ? absent() : await exchange(at, { method: 'POST', path, body });
  await noteReachable(result);
  return { port: at ?? 0, result };
}

/** @returns {Promise<number | null>} the port of the companion that lets us in, or has proven that it did once */
async function findKnown() {
  const { pairing } = await settings.all();
  if (!pairing) return null;
  const found = await findPaired(pairing);
  if (found.ok) return found.port;
  return found.problem === 'unpaired' ? (await settings.all()).port : null;
}

/** @param {number} port @param {string} path @param {unknown} body */
export function callAt(port, path, body) {
  return exchange(port, { method: 'POST', path, body, timeout: GLANCE });
}

/** @param {Pairing} pairing @returns {Promise<{ok: true, port: number} | Failure>} */
async function findPaired(pairing) {
  const { port } = await settings.all();
  const first = port ?? pairing.port;
  const ports = [first, ...PORTS.filter((each) => each !== first)];
  const verdicts = [await examine(first, pairing)];
  if (verdicts[0] !== 'ours') verdicts.push(...(await Promise.all(ports.slice(1).map((p) => examine(p, pairing)))));
  const verdict = WORTH.find((each) => verdicts.includes(each)) ?? 'nobody';
  const found = ports[verdicts.indexOf(verdict)] ?? first;
  await noteFound(verdict, found);
  if (verdict === 'ours') return { ok: true, port: found };
  return verdict === 'shut-out' ? { ok: false, problem: 'unpaired' } : absent();
}

/** @param {Verdict} verdict @param {number} found */
async function noteFound(verdict, found) {
  const { port, stranger } = await settings.all();
  const isStranger = verdict === 'stranger';
  if (isStranger !== stranger) await settings.note({ stranger: isStranger });
  if ((verdict === 'ours' || verdict === 'shut-out') && found !== port) await settings.note({ port: found });
}

/** @returns {Failure} */
function absent() {
  return { ok: false, problem: 'absent' };
}

/**
 * Who is on this port: our companion, ours that has shut us out, another Kwartier, or nobody we know. All that a
 * stranger gets to see is the nonce and the pairing's id, by which the companion tells browsers apart that share one
 * origin.
 * @param {number} port @param {Pairing} pairing @returns {Promise<Verdict>}
 */
async function examine(port, { pairing_id, proof_key }) {
  if (!(await isKwartier(port))) return 'nobody';
  const nonce = newNonce();
  const reply = await callAt(port, '/api/proof', { nonce, pairing_id });
  // It may be ours, and busy.
  if (!reply.ok && reply.problem !== 'refused') return 'nobody';
  const { proof } = /** @type {{proof?: unknown}} */ ((reply.ok && reply.body) || {});
  if (proof === (await expectedProof(proof_key, `${nonce}:${port}`))) return 'ours';
  return proof === (await expectedProof(proof_key, `revoked:${nonce}:${port}`)) ? 'shut-out' : 'stranger';
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
  const { name, contract } = /** @type {{name?: unknown, contract?: unknown}} */ (reply.body ?? {});
  return name === 'Kwartier' && contract === CONTRACT;
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
    return await readReply(response, token ? MOST.companion : MOST.anyone);
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
