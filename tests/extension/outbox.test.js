import { reset, seen, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');

let kwartier;

function capture(number, changes = {}) {
  return {
    id: `00000000-0000-4000-8000-00000000000${number}`,
    url: `https://weekly.test/${number}`,
    title: `Story ${number}`,
    captured_at: '2026-11-24T07:40:00Z',
    client: { name: 'test', version: '1' },
    ...changes,
  };
}

function keep(number, { html = '<p>text</p>', ...changes } = {}) {
  return queue.addCapture(capture(number, changes), html, `https://weekly.test/${number}`);
}

function segment(end, id = 'a') {
  const place = { zone: 'Europe/Amsterdam', activity: 'read', site: 'curated' };
  return { id, start: '2026-11-24T07:40:00.000Z', end: `2026-11-24T07:4${end}:00.000Z`, ...place };
}

const paths = () => kwartier.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
const sent = (path) => kwartier.requests.filter((request) => request.path === path).map((request) => request.body);
const titles = () => sent('/api/captures').map(({ title }) => title);
const states = async () => Object.fromEntries((await database.entries()).map(({ id, state }) => [id.at(-1), state]));

describe('the outbox', () => {
  beforeEach(async () => {
    await reset();
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => kwartier.close());

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
    assert.ok(seen.alarms.has(outbox.ALARM), 'an alarm tries again');
    await settings.set({ port });
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1']);
    assert.ok(!seen.alarms.has(outbox.ALARM));
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
    const { when } = seen.alarms.get(outbox.ALARM);
    assert.ok(when - Date.now() > 50_000 && when - Date.now() <= 60_000);
  });

  it('backs off from 30 seconds to five minutes', async () => {
    kwartier.answer = () => [503, { error: 'read-only', problems: [] }];
    await keep(1);
    const waits = [];
    for (let round = 0; round < 6; round += 1) {
      await outbox.flush();
      waits.push(Math.round((seen.alarms.get(outbox.ALARM).when - Date.now()) / 1000));
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

  it('sends a quote that was added while the page was on its way', async () => {
    let release;
    kwartier.answer = (asked) => new Promise((resolve) => (release = () => resolve(accept(asked))));
    await keep(1, { quotes: [{ text: 'first' }] });
    const flushed = outbox.flush();
    await until(() => release);
    await queue.addCapture(capture(2, { quotes: [{ text: 'late' }] }), null, 'https://weekly.test/1');
    kwartier.answer = accept;
    release();
    await flushed;
    assert.deepEqual(
      sent('/api/captures').map(({ quotes }) => quotes),
      [[{ text: 'first' }], [{ text: 'late' }]],
    );
    assert.deepEqual(await states(), {});
  });

  it('takes an item back that was undone while it was on its way', async () => {
    let release;
    kwartier.answer = (asked) => new Promise((resolve) => (release = () => resolve(accept(asked))));
    await keep(1);
    const flushed = outbox.flush();
    await until(() => release);
    await queue.remove(capture(1).id);
    kwartier.answer = accept;
    release();
    await flushed;
    assert.deepEqual(paths().at(-1), `DELETE /api/items/item-of-${capture(1).id}`);
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
});

describe('measured time in the outbox', () => {
  beforeEach(async () => {
    await reset();
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => kwartier.close());
  let round = 10;
  const flush = async () => (await import(`../../extension/outbox.js?worker=${(round += 1)}`)).flush();

  it('a segment that grows takes the place of its shorter self', async () => {
    await queue.addSegments([segment(1)]);
    await queue.addSegments([segment(3)]);
    await queue.addSegments([segment(2)]);
    await queue.addSegments([segment(1, 'b')]);
    await flush();
    const [{ source, segments }] = sent('/api/time/segments');
    assert.ok(source);
    assert.deepEqual(
      segments.map(({ id, end }) => [id, end.slice(14, 16)]),
      [
        ['a', '43'],
        ['b', '41'],
      ],
    );
    assert.deepEqual(await database.entries(), []);
  });

  it('goes by the batch of at most 200, oldest first', async () => {
    await queue.addSegments(Array.from({ length: 230 }, (_, number) => segment(1, `s${number}`)));
    await flush();
    assert.deepEqual(
      sent('/api/time/segments').map(({ segments }) => segments.length),
      [200, 30],
    );
  });

  it('a rejected segment is set aside and blocks nothing', async () => {
    kwartier.answer = (asked) =>
      asked.path === '/api/time/segments'
        ? [202, { accepted: 1, rejected: [{ id: 'a', message: 'in the future' }] }]
        : accept(asked);
    await queue.addSegments([segment(1, 'a'), segment(1, 'b')]);
    await flush();
    assert.deepEqual(await states(), { a: 'parked' });
  });
});
