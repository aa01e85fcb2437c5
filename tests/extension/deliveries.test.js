import { reset, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING } from './service.js';
import { capture, keep } from './stories.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');

let kwartier;

const paths = () => kwartier.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`);
const sent = (path) => kwartier.requests.filter((request) => request.path === path).map((request) => request.body);
const titles = () => sent('/api/captures').map(({ title }) => title);
const states = async () => Object.fromEntries((await database.entries()).map(({ id, state }) => [id.at(-1), state]));

describe('delivering a capture', () => {
  beforeEach(async () => {
    await reset();
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => kwartier.close());

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

  it('sends the link of a page that is too large, and says that the text did not fit', async () => {
    kwartier.answer = (asked) => (asked.body.html ? [413, { error: 'Too large', problems: [] }] : accept(asked));
    await keep(1, { quotes: [{ text: 'kept' }] });
    await keep(2, { html: null });
    await outbox.flush();
    assert.deepEqual(titles(), ['Story 1', 'Story 1', 'Story 2']);
    assert.deepEqual(sent('/api/captures')[1].quotes, [{ text: 'kept' }]);
    assert.equal(sent('/api/captures')[1].fetch, undefined);
    assert.deepEqual(await states(), {});
    assert.equal((await database.receipt('https://weekly.test/1')).without, 'did-not-fit');
    assert.equal((await database.receipt('https://weekly.test/2')).without, null);
  });

  it('remembers that a page did not fit while its link waits', async () => {
    kwartier.answer = (asked) => (asked.body.html ? [413, { error: 'Too large' }] : [503, { error: 'busy' }]);
    await keep(1);
    await outbox.flush();
    const waiting = await database.entry(capture(1).id);
    assert.deepEqual([waiting.without, waiting.pageBytes], ['did-not-fit', 0]);
    assert.equal(await database.pageOf(capture(1).id), undefined);
  });

  it('sets a link aside that is too large even so', async () => {
    kwartier.answer = () => [413, { error: 'Too large', problems: [] }];
    await keep(1);
    await outbox.flush();
    assert.deepEqual(await states(), { 1: 'parked' });
    assert.equal((await database.entry(capture(1).id)).reason, 'Too large');
  });

  it('asks for a link to be fetched, but not where it sends the page itself', async () => {
    await keep(1, { html: null, fetch: true });
    await keep(2, { fetch: true });
    await outbox.flush();
    assert.deepEqual(
      sent('/api/captures').map(({ fetch, html }) => [fetch, html]),
      [
        [true, undefined],
        [undefined, '<p>text</p>'],
      ],
    );
  });

  for (const nonsense of [null, [], {}, { item: {} }, { item: { id: 'i1' }, suggestions: [] }]) {
    it(`is not held up by an answer that is none: ${JSON.stringify(nonsense)}`, async () => {
      kwartier.answer = (asked) => (asked.body.title === 'Story 1' ? [200, nonsense] : accept(asked));
      await keep(1);
      await keep(2);
      await outbox.flush();
      assert.deepEqual(titles(), ['Story 1', 'Story 2']);
      assert.deepEqual(await states(), { 1: 'waiting' });
    });
  }

  it('sends the page that joined its link while that was on its way', async () => {
    let release;
    kwartier.answer = (asked) => new Promise((resolve) => (release = () => resolve(accept(asked))));
    await keep(1, { html: null, fetch: true });
    const flushed = outbox.flush();
    await until(() => release);
    await keep(1);
    kwartier.answer = accept;
    release();
    await flushed;
    assert.deepEqual(
      sent('/api/captures').map(({ html, fetch }) => [html, fetch]),
      [
        [undefined, true],
        ['<p>text</p>', undefined],
      ],
    );
    assert.deepEqual(await states(), {});
  });
});
