/**
 * A view is kept with each keystroke (the popup writes it to storage). Here it is sent on once the typing pauses: the
 * capture takes it along while the page has no item, and it goes as a view of its own once it has.
 */
import * as commentary from './commentary.js';
import * as database from './database.js';
import { flush } from './outbox.js';
import * as queue from './queue.js';
import * as settings from './settings.js';

/** Sends the view on a page once the typing pauses. @param {string} identity @param {string} draft as it was written */
export function forwardSoon(identity, draft) {
  void commentary.noteShown(identity, draft);
  commentary.afterPause(identity, () => void forward(identity));
}

/** Sends at once what an earlier worker may have left. */
export async function forwardAll() {
  for (const identity of await settings.draftIdentities()) await forward(identity);
}

/** @param {string} identity */
export async function forward(identity) {
  if (await commentary.keepForItem(identity)) await flush();
}

/**
 * Deletes an entry as the user asked. A view goes with the draft it was made from, which would be sent again.
 * @param {string} id
 */
export async function discard(id) {
  const there = await database.entry(id);
  await queue.remove(id);
  if (there?.kind === 'commentary') await commentary.letGo(there.identity, there.body.commentary);
  // A capture may have to be taken back.
  void flush();
}
