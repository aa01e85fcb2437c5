import { reset } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING } from './service.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const queue = await import('../../extension/queue.js');
const { standingOf } = await import('../../extension/standing.js');

let kwartier;

function segment(end, id = 'a') {
  const place = { zone: 'Europe/Amsterdam', activity: 'read', site: 'curated' };
  return { id, start: '2026-11-24T07:40:00.000Z', end: `2026-11-24T07:4${end}:00.000Z`, ...place };
}

const sent = (path) => kwartier.requests.filter((request) => request.path === path).map((request) => request.body);
const states = async () => Object.fromEntries((await database.entries()).map(({ id, state }) => [id.at(-1), state]));

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

  it('a rejected segment is let go of, since nobody would see it, and blocks nothing', async () => {
    kwartier.answer = (asked) =>
      asked.path === '/api/time/segments'
        ? [202, { accepted: 1, rejected: [{ id: 'a', message: 'in the future' }] }]
        : accept(asked);
    await queue.addSegments([segment(1, 'a'), segment(1, 'b')]);
    await flush();
    assert.deepEqual(await states(), {});
    assert.deepEqual(
      (await settings.all()).acceptedTime.map(({ id }) => id),
      ['b'],
    );
    assert.equal(standingOf(await database.entries(), await settings.all()), 'saved', 'and is no errand of the user');
  });

  it('one that makes Kwartier refuse all of them is let go of once it is alone', async () => {
    kwartier.answer = (asked) =>
      asked.path === '/api/time/segments' && asked.body.segments.some(({ id }) => id === 'bad')
        ? [422, { error: 'Not valid', problems: [] }]
        : accept(asked);
    await queue.addSegments(['s1', 'bad', 's2'].map((id) => segment(1, id)));
    for (let tries = 0; tries < 10; tries += 1) await flush();
    assert.deepEqual(await states(), {});
    assert.deepEqual(
      (await settings.all()).acceptedTime.map(({ id }) => id),
      ['s2', 's1'],
    );
  });

  it('that an earlier version set aside is sent again', async () => {
    await queue.addSegments([segment(1)]);
    await queue.park('a', 'in the future');
    await flush();
    assert.deepEqual(await states(), {});
  });

  it('what Kwartier stumbles over is alone in the end, and the rest goes through', async () => {
    const bad = 's5';
    kwartier.answer = (asked) =>
      asked.path === '/api/time/segments' && asked.body.segments.some(({ id }) => id === bad)
        ? [500, { error: 'oops', problems: [] }]
        : accept(asked);
    await queue.addSegments(Array.from({ length: 20 }, (_, number) => segment(1, `s${number}`)));
    for (let tries = 0; tries < 12; tries += 1) await flush();
    const left = (await database.entries()).map(({ id, state }) => [id, state]);
    assert.deepEqual(left, [[bad, 'waiting']], 'and is never set aside where nobody sees it');
  });

  it('is not held up by an answer that is none', async () => {
    kwartier.answer = (asked) => (asked.path === '/api/time/segments' ? [202, null] : accept(asked));
    await queue.addSegments([segment(1)]);
    await flush();
    assert.deepEqual(await states(), { a: 'waiting' });
  });
});
