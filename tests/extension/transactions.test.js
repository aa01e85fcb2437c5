import { refusesTransactions, WRITE_FAILURES, writesAgain, writesNothing } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
const database = await import('../../extension/database.js');
const { StorageFailure } = await import('../../extension/storage_failure.js');
const { transact } = await import('../../extension/transactions.js');

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function entry(id, changes = {}) {
  const body = { id, url: `https://weekly.test/${id}`, title: id };
  return {
    id,
    kind: 'capture',
    state: 'waiting',
    reason: '',
    attempts: 0,
    version: 1,
    identity: body.url,
    body,
    ...changes,
  };
}

/** A database as the first version of the extension made it, with what waited in it. */
async function makeVersionOne() {
  const request = indexedDB.open('kwartier', 1);
  request.onupgradeneeded = () => {
    const entries = request.result.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true });
    entries.createIndex('id', 'id', { unique: true });
    entries.createIndex('identity', 'identity');
    request.result.createObjectStore('pages', { keyPath: 'id' });
    request.result.createObjectStore('receipts', { keyPath: 'identity' }).createIndex('at', 'at');
  };
  const made = await done(request);
  const transaction = made.transaction(['entries', 'pages', 'receipts'], 'readwrite');
  const kept = [entry('one'), entry('two'), entry('a', { kind: 'segments', body: { id: 'a' } })];
  for (const each of kept) transaction.objectStore('entries').add(each);
  transaction.objectStore('pages').add({ id: 'one', html: '<p>één</p>' });
  transaction.objectStore('receipts').add({ identity: 'https://weekly.test/old', at: 1, item: { id: 'old' } });
  return made;
}

describe('the database', () => {
  afterEach(writesAgain);
  before(async () => {
    const older = await makeVersionOne();
    older.onversionchange = () => setTimeout(() => older.close(), 20);
  });

  it('of an older version is brought up to date, and nothing of it is lost', async () => {
    const [one, two, segment] = await database.entries();
    assert.deepEqual(
      [one, two, segment].map(({ id }) => id),
      ['one', 'two', 'a'],
    );
    assert.equal(await database.pageOf('one'), '<p>één</p>');
    assert.equal((await database.receipt('https://weekly.test/old')).item.id, 'old');
    assert.deepEqual([one.pageBytes, two.pageBytes, segment.pageBytes], [12, 0, undefined]);
    assert.deepEqual(database.fill([one, two, segment]), 12, 'how much waits is known without reading the pages');
  });

  it('keeps all of an act, or nothing of it', async () => {
    const act = transact('readwrite', async (store) => {
      await done(store('entries').put(entry('half')));
      throw new RangeError('a fault of our own');
    });
    await assert.rejects(act, RangeError);
    assert.equal(await database.entry('half'), undefined);
  });

  it('takes no answer about an item for one about another that took its place', async () => {
    await database.updateReceipt('https://weekly.test/old', { item: { id: 'older' } });
    assert.equal((await database.receipt('https://weekly.test/old')).item.id, 'old');
    await database.updateReceipt('https://weekly.test/none', { item: { id: 'none' } });
    assert.equal(await database.receipt('https://weekly.test/none'), undefined);
  });

  for (const failure of WRITE_FAILURES)
    it(`keeps nothing by halves where the browser cannot write: ${failure}`, async () => {
      writesNothing(['pages'], failure);
      const act = transact('readwrite', async (store) => {
        await done(store('entries').put(entry('half')));
        await done(store('pages').put({ id: 'half', html: '<p>text</p>' }));
      });
      await assert.rejects(act, StorageFailure);
      assert.equal(await database.entry('half'), undefined);
    });

  it('says so where it shows only when the act is written', async () => {
    const act = transact('readwrite', async (store) => {
      await done(store('entries').put(entry('half')));
      store('entries').transaction._abort('DataError');
    });
    await assert.rejects(act, StorageFailure);
    assert.equal(await database.entry('half'), undefined);
  });

  it('tries once more where the connection broke down under the act before', async () => {
    refusesTransactions(1);
    assert.equal((await database.entries()).length, 3);
    refusesTransactions(2);
    await assert.rejects(database.entries(), StorageFailure);
    writesAgain();
    assert.equal((await database.entries()).length, 3);
  });

  it('lets go of the file when something else needs it, and opens it again', { timeout: 5000 }, async () => {
    const deleted = indexedDB.deleteDatabase('kwartier');
    let isBlocked = false;
    deleted.onblocked = () => (isBlocked = true);
    await done(deleted);
    assert.equal(isBlocked, false);
    assert.deepEqual(await database.entries(), []);
  });

  it('is opened again by the next act where it could not be opened', async () => {
    await done(indexedDB.deleteDatabase('kwartier'));
    const open = indexedDB.open;
    indexedDB.open = () => {
      throw new DOMException('The disk does not answer', 'UnknownError');
    };
    await assert.rejects(database.entries(), StorageFailure);
    indexedDB.open = open;
    assert.deepEqual(await database.entries(), []);
  });

  it('does not wait for ever for an older version that has it open', { timeout: 20_000 }, async () => {
    await done(indexedDB.deleteDatabase('kwartier'));
    const older = await makeVersionOne();
    await assert.rejects(database.entries(), StorageFailure);
    older.close();
    assert.equal((await database.entries()).length, 3, 'and opens it once that is gone');
  });
});
