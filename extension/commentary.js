/**
 * The user's own words on an item: what is typed here, and how it meets words that the item had already. It never
 * takes the place of words that the popup has not shown.
 */
import * as database from './database.js';
import { addCommentary } from './queue.js';
import * as settings from './settings.js';

/** @typedef {import('./types').KeptReceipt} KeptReceipt */

/** Milliseconds that make a pause in the typing. */
const PAUSE = 600;
/** So many letters of the item's words nobody types by chance. */
const TELLING = 8;

/** @type {Map<string, ReturnType<typeof setTimeout>>} The pages about which something was typed just now. */
const pauses = new Map();

/** Does something once the typing about a page pauses. @param {string} identity @param {() => unknown} act */
export function afterPause(identity, act) {
  clearTimeout(pauses.get(identity));
  const ended = () => {
    pauses.delete(identity);
    act();
  };
  pauses.set(identity, setTimeout(ended, PAUSE));
}

/** @param {string} identity @returns {boolean} whether there may be half a sentence */
export function isBeingTyped(identity) {
  return pauses.has(identity);
}

/** The words on an item as a whole, with a draft under those that the popup has not shown. @param {KeptReceipt} kept @param {string} draft */
export function whole({ under = '' }, draft) {
  if (!under || isWrittenUpon(under, draft)) return draft;
  return [under, draft.trim()].filter(Boolean).join('\n\n');
}

/**
 * Whether a draft goes on with these words, so that whoever wrote it saw them. The first change that somebody makes to
 * them leaves one half as it was. In doubt it does not: words may then stand there twice, and none is lost.
 * @param {string} words @param {string} draft
 */
function isWrittenUpon(words, draft) {
  const middle = words.length >> 1;
  const parts = [words, words.slice(0, middle), words.slice(middle)].filter((part) => part.length >= TELLING);
  return `${draft}\n\n`.startsWith(`${words}\n\n`) || parts.some((part) => draft.includes(part));
}

/** Notes with each draft whether the popup has shown by now what the item said before. @param {string} identity @param {string} draft */
export async function noteShown(identity, draft) {
  const kept = await database.receipt(identity);
  if (kept?.under && isWrittenUpon(kept.under, draft)) await database.updateReceipt(identity, { under: '' });
}

/** Puts a draft and the words above it together, for a popup that is just opening and will show them. @param {string} identity */
export async function showWhole(identity) {
  const [draft, kept] = await Promise.all([settings.readDraft(identity), database.receipt(identity)]);
  if (!kept?.under) return;
  if (draft !== undefined) await settings.writeDraft(identity, whole(kept, draft));
  await database.updateReceipt(identity, { under: '' });
}

/**
 * Lets the draft of a page wait as the commentary of its item, where it has one and does not say the same already.
 * @param {string} identity @returns {Promise<boolean>} whether there is something to send
 */
export async function keepForItem(identity) {
  const [draft, kept] = await Promise.all([settings.readDraft(identity), database.receipt(identity)]);
  if (draft === undefined || !kept) return false;
  if (await isAccepted(kept, draft)) {
    await settings.removeDraft(identity);
    return false;
  }
  await addCommentary(kept.item.id, identity, whole(kept, draft));
  return true;
}

/**
 * Lets go of a draft that was accepted or given up, unless it says something else by now.
 * @param {string} identity @param {string} commentary
 */
export async function letGo(identity, commentary) {
  const [draft, kept] = await Promise.all([settings.readDraft(identity), database.receipt(identity)]);
  if (draft === undefined) return;
  const text = kept ? whole(kept, draft) : draft;
  if (text.trim() === commentary.trim()) await settings.removeDraft(identity);
}

/**
 * Whether the item says this already, and nothing else is on the way to it. What came with the capture of an item that
 * had words stands among its later views.
 * @param {KeptReceipt} kept @param {string} draft
 */
async function isAccepted(kept, draft) {
  const { item, known } = kept;
  const isSaid = item.commentary.trim() === whole(kept, draft).trim();
  const isBeside = known && item.later_views.some((view) => view.text.trim() === draft.trim());
  return (isSaid || isBeside) && !(await database.entry(`commentary:${item.id}`));
}
