/**
 * A view is kept with each keystroke (the popup writes it to storage). Here it is sent on: with the capture while that
 * waits, and as a view of its own once the item exists.
 */
import * as database from './database.js';
import { flush } from './outbox.js';
import * as queue from './queue.js';
import * as settings from './settings.js';

/** A pause in the typing. */
const PAUSE = 600;

/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/** Sends the view on a page once the typing pauses. @param {string} identity */
export function forwardSoon(identity) {
  clearTimeout(timers.get(identity));
  timers.set(
    identity,
    setTimeout(() => void forward(identity), PAUSE),
  );
}

/** Sends at once what an earlier worker may have left. */
export async function forwardAll() {
  for (const identity of await settings.draftIdentities()) await forward(identity);
}

/** @param {string} identity */
export async function forward(identity) {
  timers.delete(identity);
  const [draft, kept] = await Promise.all([settings.readDraft(identity), database.receipt(identity)]);
  if (draft === undefined || !kept || (await queue.captureOf(identity))) return;
  if (draft === kept.item.commentary) {
    await queue.remove(`commentary:${kept.item.id}`);
    await settings.removeDraft(identity);
    return;
  }
  await queue.addCommentary(kept.item.id, identity, draft);
  await flush();
}
