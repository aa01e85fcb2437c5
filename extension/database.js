/**
 * What must survive and may be large: the outbox, the pages that wait in it, and the companion's receipts.
 * IndexedDB, since storage.local is limited and would be read whole.
 */

/** @typedef {import('./types').Entry} Entry */
/** @typedef {import('./types').KeptReceipt} KeptReceipt */

const NAME = 'kwartier';
const RECEIPTS_KEPT = 500;

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= open();
  return opened;
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    const entries = request.result.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true });
    entries.createIndex('id', 'id', { unique: true });
    entries.createIndex('identity', 'identity');
    request.result.createObjectStore('pages', { keyPath: 'id' });
    const receipts = request.result.createObjectStore('receipts', { keyPath: 'identity' });
    receipts.createIndex('at', 'at');
  };
  return done(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs one act as one transaction: all of it happens, durably, or nothing.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: 'entries' | 'pages' | 'receipts') => IDBObjectStore) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function transact(mode, act) {
  const transaction = (await database()).transaction(['entries', 'pages', 'receipts'], mode, {
    durability: 'strict',
  });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error);
  });
  const [result] = await Promise.all([act((name) => transaction.objectStore(name)), finished]);
  return result;
}

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
 * Puts a capture, unless one of the same page waits already: then that one is changed instead.
 * @param {import('./types').CaptureEntry} capture
 * @param {(waiting: import('./types').CaptureEntry) => Entry} join
 * @param {string | null} html
 * @returns {Promise<string>} the id under which the page waits
 */
export function putCapture(capture, join, html) {
  return transact('readwrite', async (store) => {
    /** @type {Entry[]} */
    const there = await done(store('entries').index('identity').getAll(capture.identity));
    const waiting = there.find((each) => each.kind === 'capture');
    await done(store('entries').put(waiting ? join(waiting) : capture));
    if (!waiting && html !== null) await done(store('pages').put({ id: capture.id, html }));
    return (waiting ?? capture).id;
  });
}

/** @param {string} id */
export function remove(id) {
  return transact('readwrite', (store) => removeFrom(store, id));
}

/** Removes an entry unless it has changed since it was read. @param {Entry} sent @returns {Promise<boolean>} removed */
export function removeUnchanged(sent) {
  return transact('readwrite', async (store) => {
    const there = await done(store('entries').index('id').get(sent.id));
    if (there?.version !== sent.version) return false;
    await removeFrom(store, sent.id);
    return true;
  });
}

/** @param {(name: 'entries' | 'pages') => IDBObjectStore} store @param {string} id */
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

/**
 * Keeps a receipt and lets go of the oldest beyond the number kept. An answer that a later one has overtaken says
 * nothing new about its item. @param {KeptReceipt} kept
 */
export function putReceipt(kept) {
  return transact('readwrite', async (store) => {
    /** @type {KeptReceipt | undefined} */
    const there = await done(store('receipts').get(kept.identity));
    if (there?.item.id === kept.item.id && there.item.revision > kept.item.revision) return;
    await done(store('receipts').put(kept));
    const surplus = (await done(store('receipts').count())) - RECEIPTS_KEPT;
    if (surplus <= 0) return;
    const oldest = await done(store('receipts').index('at').getAllKeys(null, surplus));
    await Promise.all(oldest.map((key) => done(store('receipts').delete(key))));
  });
}

/** @param {string} identity */
export function removeReceipt(identity) {
  return transact('readwrite', (store) => done(store('receipts').delete(identity)));
}
