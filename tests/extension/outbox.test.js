import { reset, seen, until, writesAgain } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
import { capture, keep } from './stories.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const outbox = await import('../../extension/outbox.js');
const wake = await import('../../extension/wake.js');
const queue = await import('../../extension/queue.js');

let kwartier;

const sent = (path) => kwartier.requests.filter((request) => request.path === path).map((request) => request.body);
const titles = () => sent('/api/captures').map(({ title }) => title);
const states = async () => Object.fromEntries((await database.entries()).map(({ id, state }) => [id.at(-1), state]));

describe('the outbox', () => {
  beforeEach(async () => {
    await reset();
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => {
    writesAgain();
    return kwartier.close();
  });

  it('sends captures in the order of the clicks, each with its page', async () => {
    await keep(1);
    await keep(2);
    await keep(3, { html: null });
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1', 'Story 2', 'Story 3']);
    assert.deepEqual(
      sent('/api/captures').map(({ html }) => html),
      ['<p>text</p>', '<p>text</p>', undefined],
    );
    assert.deepEqual(await database.entries(), []);
    assert.equal(await database.pageOf(capture(1).id), undefined, 'the page is let go of');
    assert.equal((await database.receipt('https://weekly.test/1')).item.id, `item-of-${capture(1).id}`);
  });

  it('keeps everything while Kwartier is off, and sends it when it is back', async () => {
    const { port } = kwartier;
    await settings.set({ port: 1, pairing: { ...PAIRING, port: 1 } });
    const away = await import('../../extension/companion.js');
    assert.equal((await away.call('GET', '/api/items/x')).ok, false);
    await keep(1);
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'waiting' });
    assert.ok(seen.alarms.has(wake.ALARM), 'an alarm tries again');
    await settings.set({ port });
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1']);
    assert.ok(!seen.alarms.has(wake.ALARM));
  });

  it('sets one bad capture aside with its reason, and the rest goes on', async () => {
    kwartier.answer = (asked) =>
      asked.body.title === 'Story 1' ? [422, { error: 'Not valid', problems: [] }] : accept(asked);
    await keep(1);
    await keep(2);
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'parked' });
    assert.equal((await database.entry(capture(1).id)).reason, 'Not valid');
    assert.deepEqual(titles(), ['Story 1', 'Story 2']);
  });

  it('tries a parked capture again when the user says so', async () => {
    kwartier.answer = () => [422, { error: 'Not valid', problems: [] }];
    await keep(1);
    await outbox.flush();
    kwartier.answer = accept;
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'parked' }, 'not by itself');
    await queue.retry(capture(1).id);
    await outbox.flush();
    assert.deepEqual(await states(), {});
  });

  it('waits as long as Kwartier asks', async () => {
    kwartier.answer = () => [429, { error: 'slow down', problems: [] }, { 'Retry-After': '60' }];
    await keep(1);
    await keep(2);
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1'], 'nothing behind it is tried');
    kwartier.answer = accept;
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1'], 'not before the minute is over');
    const { when } = seen.alarms.get(wake.ALARM);
    assert.ok(when - Date.now() > 50_000 && when - Date.now() <= 60_000);
  });

  it('backs off from 30 seconds to five minutes', async () => {
    kwartier.answer = () => [503, { error: 'read-only', problems: [] }];
    await keep(1);
    const waits = [];
    for (let round = 0; round < 6; round += 1) {
      await outbox.flush();
      waits.push(Math.round((seen.alarms.get(wake.ALARM).when - Date.now()) / 1000));
    }
    assert.deepEqual(waits, [30, 60, 120, 300, 300, 300]);
  });

  it('keeps the queue when this browser was shut out, and needs the user', async () => {
    kwartier.answer = () => [401, { error: 'no', problems: [] }];
    await keep(1);
    await keep(2);
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'waiting', 2: 'waiting' });
    assert.equal((await settings.all()).needsPairing, true);
    assert.equal(kwartier.requests.length, 1);
  });

  it('does not let one capture that breaks the server hold up the others', async () => {
    kwartier.answer = (asked) =>
      asked.body.title === 'Story 1' ? [500, { error: 'oops', problems: [] }] : accept(asked);
    await keep(1);
    await keep(2);
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'waiting' });
    for (let round = 0; round < 7; round += 1) await outbox.flush();
    assert.deepEqual(await states(), { 1: 'parked' }, 'after eight failures the user is told');
  });

  it('does not double a page that waits already: its quote joins it', async () => {
    await keep(1, { quotes: [{ text: 'first' }] });
    await queue.addCapture(
      capture(2, { quotes: [{ text: 'second' }, { text: 'first' }] }),
      null,
      'https://weekly.test/1',
    );
    await outbox.flush();
    assert.equal(sent('/api/captures').length, 1);
    assert.deepEqual(sent('/api/captures')[0].quotes, [{ text: 'first' }, { text: 'second' }]);
  });

  it('sends two clicks at once as one capture', async () => {
    const ids = await Promise.all([keep(1), queue.addCapture(capture(2), null, 'https://weekly.test/1')]);
    assert.equal(ids[0], ids[1]);
  });

  it('sends the same capture again when the worker ended before the answer', async () => {
    kwartier.answer = () => new Promise(() => {});
    await keep(1);
    void outbox.flush();
    await until(() => kwartier.requests.length === 1);
    const next = await import('../../extension/outbox.js?worker=2');
    kwartier.answer = ({ body }) => [200, receipt(body, { known: true })];
    await next.flush();
    assert.deepEqual(
      sent('/api/captures').map(({ id }) => id),
      [capture(1).id, capture(1).id],
    );
    assert.equal((await database.receipt('https://weekly.test/1')).known, false, 'known, and yet made by this click');
    assert.deepEqual(await states(), {});
  });

  it('flushes once, however often it is asked to', async () => {
    await keep(3);
    const flushed = (await import('../../extension/outbox.js?worker=3')).flush;
    await Promise.all([flushed(), flushed(), flushed()]);
    assert.equal(sent('/api/captures').length, 1);
  });

  it('waits until the moment Kwartier names, too', async () => {
    const date = new Date(Date.now() + 120_000).toUTCString();
    kwartier.answer = () => [503, { error: 'busy', problems: [] }, { 'Retry-After': date }];
    await keep(1);
    await outbox.flush();
    const { when } = seen.alarms.get(wake.ALARM);
    assert.ok(when - Date.now() > 110_000 && when - Date.now() <= 121_000);
  });

  it('does not wait for a moment that only a wrong clock has put far ahead', async () => {
    await settings.set({ retry: { step: 1, notBefore: Date.now() + 86_400_000 } });
    await keep(1);
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1']);
  });

  it('keeps everything while this browser is not let in, and sends it in order after Allow', async () => {
    const { pairing } = await settings.all();
    await settings.set({ pairing: null });
    for (const number of [1, 2, 3]) await keep(number);
    await outbox.flush();
    assert.deepEqual(kwartier.requests, []);
    assert.ok(!seen.alarms.has(wake.ALARM), 'nothing to try before Allow');
    await settings.set({ pairing });
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1', 'Story 2', 'Story 3']);
  });

  it('sends a parked capture that is tried again in its old place', async () => {
    kwartier.answer = () => [422, { error: 'Not valid', problems: [] }];
    await keep(1);
    await outbox.flush();
    kwartier.answer = accept;
    await keep(2);
    await queue.retry(capture(1).id);
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1', 'Story 1', 'Story 2']);
  });

  for (const [what, status, holdup] of [
    ['a full disk', 507, 'full-disk'],
    ['too much asked', 429, 'busy'],
    ['a request that took too long', 408, 'busy'],
    ['a disk that only reads', 503, 'busy'],
    ['a fault', 500, 'fault'],
    ['a refusal, which stands with the capture', 422, null],
    ['a browser that is let in no more', 401, null],
  ])
    it(`tells why what waits does not go: ${what}`, async () => {
      kwartier.answer = () => [status, { error: 'no', problems: [] }];
      await keep(1);
      await outbox.flush();
      assert.equal((await settings.all()).holdup, holdup);
    });

  it('tells that Kwartier is off, until it is back', async () => {
    const { port } = kwartier;
    await settings.set({ port: 1, pairing: { ...PAIRING, port: 1 } });
    await keep(1);
    await outbox.flush();
    assert.equal((await settings.all()).holdup, 'off');
    await settings.set({ port });
    await outbox.flush();
    assert.equal((await settings.all()).holdup, null);
  });

  it('goes on behind an answer that this browser cannot keep, and asks for that again', async () => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value) {
      const request = put.call(this, value);
      if (value.capture_id === capture(1).id) this.transaction._abort('DataError');
      return request;
    };
    await keep(1);
    await keep(2);
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1', 'Story 2']);
    assert.deepEqual(await states(), { 1: 'waiting' });
    assert.equal((await settings.all()).holdup, 'full-disk');
    IDBObjectStore.prototype.put = put;
    await outbox.flush();
    assert.deepEqual(await states(), {});
  });

  it('looks through all that waits a few times, however much it is', async () => {
    for (let number = 1; number <= 9; number += 1) await keep(number, { html: null });
    const { getAll } = IDBObjectStore.prototype;
    let looks = 0;
    IDBObjectStore.prototype.getAll = function (...asked) {
      looks += 1;
      return getAll.apply(this, asked);
    };
    await outbox.flush();
    IDBObjectStore.prototype.getAll = getAll;
    assert.equal(titles().length, 9);
    assert.ok(looks <= 3, `${looks} looks`);
  });

  it('sends what was added to a capture before its turn, in its turn, and not what was taken back', async () => {
    for (const number of [1, 2, 3]) await keep(number);
    kwartier.answer = async (asked) => {
      if (asked.body?.title === 'Story 1') {
        await queue.addCapture(capture(4, { quotes: [{ text: 'late' }] }), null, 'https://weekly.test/3');
        await queue.remove(capture(2).id);
      }
      return accept(asked);
    };
    await outbox.flush();
    assert.deepEqual(
      sent('/api/captures').map(({ title, quotes }) => [title, quotes]),
      [
        ['Story 1', undefined],
        ['Story 3', [{ text: 'late' }]],
      ],
    );
  });
});
