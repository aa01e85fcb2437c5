/**
 * The extension's IndexedDB: opened, brought up to date, and used in transactions that happen whole or not at all.
 * What is kept in it, and how it is found again, is in database.js.
 */
import { StorageFailure } from './storage_failure.js';

/** @typedef {'entries' | 'pages' | 'receipts'} StoreName */
/** @typedef {(name: StoreName) => IDBObjectStore} Stores */

const NAME = 'kwartier';
/** Milliseconds after which a database that broke down takes transactions again. */
const RECOVERY = 300;
/** Milliseconds that an older version of the extension gets to let go of the database, while it is being ended. */
const LETTING_GO = 3_000;

/**
 * What each version adds. A database is brought up from the version it has, in the transaction of its opening: when
 * that is cut off, it is as it was before. It is never dropped.
 */
const MIGRATIONS = [createStores, measurePages];

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

function database() {
  opened ??= open().catch((error) => {
    // The next one who asks tries again: a worker may live for hours.
    opened = null;
    throw error;
  });
  return opened;
}

/**
 * An older version that still has the database open lets go of it at `versionchange`, or is ended by the update itself.
 * The opening waits for that, but not for ever: what is asked meanwhile fails, and is tried again.
 * @returns {Promise<IDBDatabase>}
 */
async function open() {
  const request = indexedDB.open(NAME, MIGRATIONS.length);
  request.onupgradeneeded = ({ oldVersion }) => {
    const { result, transaction } = request;
    if (transaction) MIGRATIONS.slice(oldVersion).forEach((migrate) => migrate(result, transaction));
  };
  return new Promise((resolve, reject) => {
    done(request).then(connected).then(resolve, reject);
    request.onblocked = () => {
      setTimeout(() => reject(new DOMException('Another version has it open', 'TimeoutError')), LETTING_GO);
    };
  });
}

/** @param {IDBDatabase} connection */
function connected(connection) {
  connection.onversionchange = () => {
    connection.close();
    opened = null;
  };
  connection.onclose = () => {
    opened = null;
  };
  return connection;
}

/** @param {IDBDatabase} created */
function createStores(created) {
  const entries = created.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true });
  entries.createIndex('id', 'id', { unique: true });
  entries.createIndex('identity', 'identity');
  created.createObjectStore('pages', { keyPath: 'id' });
  const receipts = created.createObjectStore('receipts', { keyPath: 'identity' });
  receipts.createIndex('at', 'at');
}

/**
 * Version 2 notes with each capture how large its page is, so that nobody reads all pages to know it.
 * @param {IDBDatabase} _database @param {IDBTransaction} transaction
 */
function measurePages(_database, transaction) {
  const pages = transaction.objectStore('pages');
  const entries = transaction.objectStore('entries').openCursor();
  entries.onsuccess = () => {
    const cursor = entries.result;
    if (!cursor) return;
    const page = pages.get(cursor.value.id);
    page.onsuccess = () => {
      const pageBytes = page.result ? bytesOf(page.result.html) : 0;
      if (cursor.value.kind === 'capture') cursor.update({ ...cursor.value, pageBytes, without: null });
      cursor.continue();
    };
  };
}

/** @param {string} text @returns {number} its length in UTF-8 */
export function bytesOf(text) {
  return new TextEncoder().encode(text).length;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs one act as one transaction: all of it happens, durably, or nothing.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: Stores) => Promise<T>} act done a second time where nothing came of the first
 * @returns {Promise<T>}
 * @throws {StorageFailure} where the browser could not do it
 */
export async function transact(mode, act) {
  try {
    return await run(mode, act);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new StorageFailure(`${error.name}: ${error.message}`, { cause: error });
  }
}

/**
 * Firefox lets the connection under a transaction that met a full disk take no other one for a moment.
 * @template T @param {IDBTransactionMode} mode @param {(store: Stores) => Promise<T>} act @returns {Promise<T>}
 */
async function run(mode, act) {
  const connection = await database();
  try {
    return await runOn(connection, mode, act);
  } catch (error) {
    const isBroken = error instanceof DOMException && error.name === 'InvalidStateError';
    if (!isBroken) throw error;
    await letGo(connection);
    return runOn(await database(), mode, act);
  }
}

/** Gives up a connection that takes no more transactions. @param {IDBDatabase} broken */
async function letGo(broken) {
  if ((await opened) === broken) opened = null;
  broken.close();
  await new Promise((resolve) => setTimeout(resolve, RECOVERY));
}

/**
 * @template T
 * @param {IDBDatabase} connection @param {IDBTransactionMode} mode @param {(store: Stores) => Promise<T>} act
 * @returns {Promise<T>}
 */
async function runOn(connection, mode, act) {
  const transaction = connection.transaction(['entries', 'pages', 'receipts'], mode, { durability: 'strict' });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error);
  });
  const acting = act((name) => transaction.objectStore(name)).catch((error) => {
    const hasEnded = error instanceof DOMException && error.name === 'AbortError';
    if (!hasEnded) transaction.abort();
    throw error;
  });
  const [acted, ended] = await Promise.allSettled([acting, finished]);
  // The transaction knows why it failed; its requests may only know that it did.
  if (ended.status === 'rejected' && ended.reason) throw ended.reason;
  if (acted.status === 'rejected') throw acted.reason;
  return acted.value;
}
