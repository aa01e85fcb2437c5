/**
 * What the extension remembers in `storage.local`: the user's choices, the pairing, today's line, and drafts.
 * The only user of that storage. Large things (pages waiting to be sent) live in IndexedDB, see database.js.
 */
import { api } from './api.js';
import { StorageFailure, unlessStorage } from './storage_failure.js';

/** @typedef {import("./types").Settings} Settings */

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  confirmFirst: false,
  port: null,
  pairing: null,
  needsPairing: false,
  stranger: false,
  reachable: true,
  asking: null,
  today: null,
  retry: { step: 0, notBefore: 0 },
  holdup: null,
  acceptedTime: [],
  flashUntil: 0,
  source: '',
  revision: 0,
});

const DRAFT = 'draft:';

/**
 * @template T @param {Promise<T>} answer @returns {Promise<T>}
 * @throws {StorageFailure} where the browser could not write or read
 */
async function stored(answer) {
  try {
    return await answer;
  } catch (error) {
    throw new StorageFailure(String(error), { cause: error });
  }
}

/** @returns {Promise<Settings>} */
export async function all() {
  const kept = await stored(api.storage.local.get(Object.keys(DEFAULTS)));
  return { ...DEFAULTS, ...kept };
}

/** @param {Partial<Settings>} values */
export async function set(values) {
  await stored(api.storage.local.set(values));
}

/**
 * Notes what only helps to tell how things stand, or to go about them: where that cannot be written, the act that it
 * is about goes on.
 * @param {Partial<Settings>} values
 */
export async function note(values) {
  await set(values).catch(unlessStorage);
}

/** Tells every open page of the extension that something it may show has changed. */
export async function touch() {
  await note({ revision: Date.now() + Math.random() });
}

/** The name of this installation among the sources of measured time; made once, tells nothing. */
export async function source() {
  const { source: known } = await all();
  if (known) return known;
  const made = crypto.randomUUID();
  await set({ source: made });
  return made;
}

/**
 * @param {string} identity
 * @returns {Promise<string | undefined>} the view typed for a page and not yet accepted by the companion
 */
export async function readDraft(identity) {
  const key = DRAFT + identity;
  const kept = await stored(api.storage.local.get(key));
  return typeof kept[key] === 'string' ? kept[key] : undefined;
}

/** @param {string} identity @param {string} text */
export async function writeDraft(identity, text) {
  await stored(api.storage.local.set({ [DRAFT + identity]: text }));
}

/** The pages for which a draft is kept. */
export async function draftIdentities() {
  const kept = await stored(api.storage.local.get(null));
  return Object.keys(kept).flatMap((key) => (key.startsWith(DRAFT) ? [key.slice(DRAFT.length)] : []));
}

/** @param {string} identity */
export async function removeDraft(identity) {
  await stored(api.storage.local.remove(DRAFT + identity));
}

/**
 * Calls back with the names of the settings that changed.
 * @param {(names: string[]) => void} listener
 */
export function watch(listener) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area === 'local') listener(Object.keys(changes));
  });
}

/**
 * Calls back with each draft that was written, and the identity of its page. The write itself wakes the background, so
 * a view typed just before the popup closed is sent on all the same.
 * @param {(identity: string, draft: string) => void} listener
 */
export function watchDrafts(listener) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local') return;
    for (const [key, { newValue }] of Object.entries(changes)) {
      if (key.startsWith(DRAFT) && typeof newValue === 'string') listener(key.slice(DRAFT.length), newValue);
    }
  });
}
