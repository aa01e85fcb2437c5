import { reset, seen, WRITE_FAILURES, writesAgain, writesNothing } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
const database = await import('../../extension/database.js');
const queue = await import('../../extension/queue.js');
const wake = await import('../../extension/wake.js');
const { fillingOf } = await import('../../extension/view.js');
const { StorageFailure } = await import('../../extension/storage_failure.js');

const PAGE = 'https://weekly.test/1';
const MEGABYTE = 1_000_000;
const page = (bytes) => 'x'.repeat(bytes);

function capture(number, changes = {}) {
  return { id: `capture-${number}`, url: `https://weekly.test/${number}`, title: `Story ${number}`, ...changes };
}

const keep = (number, html, most) => queue.addCapture(capture(number), html, `https://weekly.test/${number}`, most);
const entries = () => database.entries();
const without = async () => (await entries()).map((entry) => entry.without);

describe('what waits', () => {
  beforeEach(reset);

  it('is looked after by an alarm from before it is kept, should the worker end right after', async () => {
    const kept = keep(1, null);
    await Promise.resolve();
    assert.ok(seen.alarms.has(wake.ALARM));
    await kept;
  });

  it('keeps every quote: where one capture can hold no more, the next one does', async () => {
    const quotes = (from, to) => Array.from({ length: to - from }, (_, index) => ({ text: `quote ${from + index}` }));
    await queue.addCapture(capture(1, { quotes: quotes(0, 99) }), null, PAGE);
    await queue.addCapture(capture(2, { quotes: quotes(99, 101) }), null, PAGE);
    const kept = (await entries()).flatMap((entry) => entry.body.quotes);
    assert.equal(kept.length, 101);
  });

  it('takes the page in where only its link waited, under the title of the page', async () => {
    await queue.addCapture(capture(1, { title: 'weekly.test/1', fetch: true }), null, PAGE);
    const id = await queue.addCapture(capture(2, { title: 'Story' }), '<p>text</p>', PAGE);
    const [waiting, ...others] = await entries();
    assert.deepEqual(others, []);
    assert.equal(waiting.id, id);
    assert.equal(waiting.body.title, 'Story');
    assert.equal(waiting.version > 1, true, 'what is being sent meanwhile is noticed to be older');
    assert.equal(await database.pageOf(id), '<p>text</p>');
  });

  it('leaves a view that was set aside alone until it changes', async () => {
    await queue.addCommentary('item', PAGE, 'My view.');
    await queue.park('commentary:item', 'The item is gone.');
    await queue.addCommentary('item', PAGE, 'My view.');
    assert.equal((await entries())[0].state, 'parked');
    await queue.addCommentary('item', PAGE, 'My other view.');
    assert.equal((await entries())[0].state, 'waiting');
  });
});

describe('the room for waiting pages', () => {
  beforeEach(reset);

  it('beyond it, an article is kept as a link, and says so', async () => {
    await keep(1, page(600), 1000);
    await keep(2, page(400), 1000);
    await keep(3, page(1), 1000);
    await keep(4, null, 1000);
    assert.deepEqual(await without(), [null, null, 'queue-full', null]);
    assert.equal(await database.pageOf('capture-3'), undefined);
  });

  it('counts bytes, not letters', async () => {
    await keep(1, 'é'.repeat(501), 1000);
    assert.deepEqual(await without(), ['queue-full']);
  });

  it('is free again once pages have gone, and the next click on the page brings it in', async () => {
    await keep(1, page(600), 1000);
    await keep(2, page(600), 1000);
    await queue.remove('capture-1');
    await keep(2, page(600), 1000);
    assert.deepEqual(await without(), [null]);
    assert.equal((await database.pageOf('capture-2')).length, 600);
  });

  it('is spoken of from four fifths on', async () => {
    await keep(1, page(MEGABYTE));
    assert.equal(fillingOf(await entries(), 1.3 * MEGABYTE), null);
    assert.deepEqual(fillingOf(await entries(), 1.25 * MEGABYTE), { megabytes: 1, of: 1.25 });
    assert.equal(fillingOf(await entries()), null, 'one megabyte of two hundred');
  });

  it('is spoken of when an article did not fit, however much the others take', async () => {
    await keep(1, page(1000), 10);
    assert.ok(fillingOf(await entries()));
  });
});

for (const failure of WRITE_FAILURES)
  describe(`a full disk, of which the browser says ${failure}`, () => {
    beforeEach(reset);
    afterEach(writesAgain);

    it('has no room for the page: the link is kept, and says so', async () => {
      writesNothing(['pages'], failure);
      await keep(1, '<p>text</p>');
      const [kept] = await entries();
      assert.deepEqual([kept.without, kept.pageBytes, kept.body.title], ['disk-full', 0, 'Story 1']);
    });

    it('has room for nothing: that is no silent loss', async () => {
      writesNothing(['pages', 'entries'], failure);
      await assert.rejects(keep(1, '<p>text</p>'), StorageFailure);
      await assert.rejects(keep(2, null), StorageFailure);
      writesAgain();
      assert.deepEqual(await entries(), [], 'nothing half kept');
      await keep(1, '<p>text</p>');
      assert.deepEqual(await without(), [null]);
    });
  });
