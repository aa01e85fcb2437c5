/**
 * What must survive and may be large: the outbox, the pages that wait in it, and the companion's receipts.
 * IndexedDB, since storage.local is limited and would be read whole.
 */
import { bytesOf, done, transact } from './transactions.js';

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').CaptureEntry} CaptureEntry */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */
/** @typedef {import('./transactions').Stores} Stores */

const RECEIPTS_KEPT = 500;

/** @returns {Promise<Entry[]>} all entries, in the order in which they came */
export function entries() {
  return transact('readonly', (store) => done(store('entries').getAll()));
}

/** @param {string} id @returns {Promise<Entry | undefined>} */
export function entry(id) {
  return transact('readonly', (store) => done(store('entries').index('id').get(id)));
}

/** @param {string} identity @returns {Promise<Entry[]>} */
export function entriesOf(identity) {
  return transact('readonly', (store) => done(store('entries').index('identity').getAll(identity)));
}

/**
 * Puts an entry, or changes the one with that id: `change` is handed what is there.
 * @param {string} id
 * @param {(there: Entry | undefined) => Entry | undefined} change what to keep; undefined leaves all as it is
 */
export function upsert(id, change) {
  return transact('readwrite', async (store) => {
    const kept = change(await done(store('entries').index('id').get(id)));
    if (kept) await done(store('entries').put(kept));
  });
}

/**
 * Puts a capture, unless one of the same page waits already: then that one is changed instead. A page joins a capture
 * that has none, as long as all pages together keep within `most` bytes; beyond that the capture is kept without it.
 * What was taken back of this page, and is saved again, need not be taken back any more.
 * @param {CaptureEntry} capture
 * @param {(waiting: CaptureEntry) => CaptureEntry | null} join null where the one that waits can take no more
 * @param {string | null} html
 * @param {number} most
 * @returns {Promise<string>} the id under which the page waits
 */
export function putCapture(capture, join, html, most) {
  return transact('readwrite', async (store) => {
    /** @type {Entry[]} */
    const all = await done(store('entries').getAll());
    const waiting = all.find((each) => each.kind === 'capture' && each.identity === capture.identity);
    const undone = all.filter((each) => each.kind === 'undo' && each.identity === capture.identity);
    await Promise.all(undone.map(({ id }) => removeFrom(store, id)));
    const kept = (waiting && join(/** @type {CaptureEntry} */ (waiting))) ?? capture;
    const isNeeded = html !== null && !kept.pageBytes;
    const pageBytes = isNeeded ? bytesOf(html) : 0;
    if (!isNeeded) await done(store('entries').put(kept));
    else if (fill(all) + pageBytes > most) await done(store('entries').put({ ...kept, without: 'queue-full' }));
    else await putWithPage(store, { ...kept, pageBytes, without: null }, html);
    return kept.id;
  });
}

/** @param {Stores} store @param {CaptureEntry} capture @param {string} html */
async function putWithPage(store, capture, html) {
  await done(store('entries').put({ ...capture, version: capture.version + 1 }));
  await done(store('pages').put({ id: capture.id, html }));
}

/** How many bytes the pages of these entries take. @param {Entry[]} all */
export function fill(all) {
  return all.reduce((sum, each) => sum + (each.kind === 'capture' ? each.pageBytes : 0), 0);
}

/** Lets go of a page and keeps its capture. @param {string} id @param {CaptureEntry['without']} without why */
export function dropPage(id, without) {
  return transact('readwrite', async (store) => {
    const there = await done(store('entries').index('id').get(id));
    if (there) await done(store('entries').put({ ...there, pageBytes: 0, without }));
    await done(store('pages').delete(id));
  });
}

/**
 * Lets go of a capture that was accepted and keeps its receipt. What joined it while it was on its way takes its place,
 * at the end of the line. All in one transaction: it is never nowhere, and never twice.
 * @param {CaptureEntry} sent
 * @param {(before: KeptReceipt | undefined) => KeptReceipt} receiptAfter made of the one that is kept of this page
 * @param {(there: CaptureEntry) => CaptureEntry} remainder what has not been sent yet, as a capture of its own
 * @returns {Promise<boolean>} whether it was there; the user may have taken it back
 */
export function settle(sent, receiptAfter, remainder) {
  return transact('readwrite', async (store) => {
    /** @type {Entry | undefined} */
    const there = await done(store('entries').index('id').get(sent.id));
    if (there?.kind !== 'capture') return false;
    const hasChanged = there.version !== sent.version;
    const page = hasChanged ? await done(store('pages').get(sent.id)) : null;
    await putReceiptIn(store, receiptAfter(await done(store('receipts').get(sent.identity))));
    await removeFrom(store, sent.id);
    if (!hasChanged) return true;
    const next = remainder(there);
    await done(store('entries').put(next));
    if (next.pageBytes) await done(store('pages').put({ id: next.id, html: page.html }));
    return true;
  });
}

/**
 * Removes an entry with its page, and puts in its place what is still to be done about it.
 * @param {string} id @param {(there: Entry) => Entry | null} [rest]
 */
export function remove(id, rest = () => null) {
  return transact('readwrite', async (store) => {
    const there = await done(store('entries').index('id').get(id));
    const next = there ? rest(there) : null;
    await removeFrom(store, id);
    if (next) await done(store('entries').put(next));
  });
}

/** Removes an entry unless it has changed since it was read. @param {Entry} sent */
export function removeUnchanged(sent) {
  return transact('readwrite', async (store) => {
    const there = await done(store('entries').index('id').get(sent.id));
    if (there?.version === sent.version) await removeFrom(store, sent.id);
  });
}

/** @param {Stores} store @param {string} id */
async function removeFrom(store, id) {
  const seq = await done(store('entries').index('id').getKey(id));
  if (seq !== undefined) await done(store('entries').delete(seq));
  await done(store('pages').delete(id));
}

/** @param {string} id @returns {Promise<string | undefined>} */
export async function pageOf(id) {
  const page = await transact('readonly', (store) => done(store('pages').get(id)));
  return page?.html;
}

/** @param {string} identity @returns {Promise<KeptReceipt | undefined>} */
export function receipt(identity) {
  return transact('readonly', (store) => done(store('receipts').get(identity)));
}

/** Keeps a receipt. @param {KeptReceipt} kept */
export function putReceipt(kept) {
  return transact('readwrite', (store) => putReceiptIn(store, kept));
}

/**
 * Changes what is known of a page, where anything is; an answer about an item that it no longer has changes nothing.
 * @param {string} identity @param {Partial<KeptReceipt>} changes
 */
export function updateReceipt(identity, changes) {
  return transact('readwrite', async (store) => {
    /** @type {KeptReceipt | undefined} */
    const there = await done(store('receipts').get(identity));
    const isAbout = (changes.item ?? there?.item)?.id === there?.item.id;
    if (there && isAbout) await putReceiptIn(store, { ...there, ...changes });
  });
}

/**
 * Lets go of the oldest receipts beyond the number kept. An answer that a later one has overtaken says nothing new
 * about its item.
 * @param {Stores} store @param {KeptReceipt} kept
 */
async function putReceiptIn(store, kept) {
  /** @type {KeptReceipt | undefined} */
  const there = await done(store('receipts').get(kept.identity));
  if (there?.item.id === kept.item.id && there.item.revision > kept.item.revision) return;
  await done(store('receipts').put(kept));
  const surplus = (await done(store('receipts').count())) - RECEIPTS_KEPT;
  if (surplus <= 0) return;
  const oldest = await done(store('receipts').index('at').getAllKeys(null, surplus));
  await Promise.all(oldest.map((key) => done(store('receipts').delete(key))));
}

/** @returns {Promise<KeptReceipt[]>} the receipts that are kept, the latest first */
export async function receipts() {
  const kept = await transact('readonly', (store) => done(store('receipts').index('at').getAll()));
  return kept.reverse();
}

/** @param {string} identity */
export function removeReceipt(identity) {
  return transact('readwrite', (store) => done(store('receipts').delete(identity)));
}
