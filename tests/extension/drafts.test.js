import { reset, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING } from './service.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const drafts = await import('../../extension/drafts.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');

const PAGE = 'https://weekly.test/story';
const capture = {
  id: '00000000-0000-4000-8000-000000000001',
  url: PAGE,
  title: 'Story',
  captured_at: '2026-11-24T07:40:00Z',
  client: { name: 'test', version: '1' },
};
let kwartier;
const bodies = (method) => kwartier.requests.filter((request) => request.method === method).map(({ body }) => body);

describe('what the user typed', () => {
  beforeEach(async () => {
    await reset();
    await database.removeReceipt(PAGE);
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(() => kwartier.close());

  it('is kept as it is typed, and found again by the page', async () => {
    await settings.writeDraft(PAGE, 'A nap sol');
    assert.equal(await settings.readDraft(PAGE), 'A nap sol');
    assert.equal(await settings.readDraft(`${PAGE}2`), undefined);
  });

  it('goes with the capture while that waits', async () => {
    await queue.addCapture(capture, null, PAGE);
    await settings.writeDraft(PAGE, 'Typed while Kwartier was off.');
    await drafts.forward(PAGE);
    assert.deepEqual(bodies('PATCH'), []);
    await outbox.flush();
    assert.equal(bodies('POST')[0].commentary, 'Typed while Kwartier was off.');
    assert.equal(await settings.readDraft(PAGE), undefined, 'the companion has it now');
  });

  it('goes as the view of the item once that exists', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    await settings.writeDraft(PAGE, 'My view.');
    await drafts.forward(PAGE);
    assert.deepEqual(bodies('PATCH'), [{ commentary: 'My view.' }]);
    assert.equal(await settings.readDraft(PAGE), undefined);
    assert.equal((await database.receipt(PAGE)).item.commentary, 'My view.');
  });

  it('is sent by itself when the typing pauses', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    settings.watchDrafts(drafts.forwardSoon);
    for (const text of ['A', 'A nap', 'A nap.']) await settings.writeDraft(PAGE, text);
    await until(() => bodies('PATCH').length > 0);
    assert.deepEqual(bodies('PATCH'), [{ commentary: 'A nap.' }]);
  });

  it('stays until it is accepted: only the latest text of an item waits', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    kwartier.answer = () => [503, { error: 'read-only', problems: [] }];
    for (const text of ['One.', 'One. Two.']) {
      await settings.writeDraft(PAGE, text);
      await drafts.forward(PAGE);
    }
    assert.equal(await settings.readDraft(PAGE), 'One. Two.');
    assert.deepEqual(
      (await database.entries()).map(({ body }) => body.commentary),
      ['One. Two.'],
    );
    kwartier.answer = accept;
    await drafts.forwardAll();
    assert.equal(bodies('PATCH').at(-1).commentary, 'One. Two.');
  });

  it('typed while the page was on its way, goes after it', async () => {
    kwartier.answer = async (asked) => {
      if (asked.path === '/api/captures') await settings.writeDraft(PAGE, 'Just in time.');
      return accept(asked);
    };
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    assert.equal(bodies('POST')[0].commentary, undefined);
    assert.deepEqual(bodies('PATCH'), [{ commentary: 'Just in time.' }]);
  });

  it('goes by itself where a passage that was selected later waits or was set aside', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    await queue.addCapture({ ...capture, id: 'c2', quotes: [{ text: 'q' }] }, null, PAGE);
    await queue.park('c2', 'Not valid');
    await settings.writeDraft(PAGE, 'My view.');
    await drafts.forward(PAGE);
    assert.deepEqual(bodies('PATCH'), [{ commentary: 'My view.' }]);
  });

  it('changes an item, and does not go beside its words with a passage that was selected later', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    await queue.addCapture({ ...capture, id: 'c2', quotes: [{ text: 'q' }] }, null, PAGE);
    await settings.writeDraft(PAGE, 'My view.');
    await outbox.flush();
    await drafts.forward(PAGE);
    assert.deepEqual(
      bodies('POST').map(({ commentary }) => commentary),
      [undefined, undefined],
    );
    assert.deepEqual(bodies('PATCH'), [{ commentary: 'My view.' }]);
  });

  it('goes to the item that took the place of one that was deleted', async () => {
    await queue.addCapture(capture, null, PAGE);
    await outbox.flush();
    const { port } = kwartier;
    await settings.set({ port: 1 });
    await settings.writeDraft(PAGE, 'My view.');
    await drafts.forward(PAGE);
    await queue.addCapture({ ...capture, id: 'c2' }, null, PAGE);
    await settings.set({ port });
    kwartier.answer = (asked) =>
      asked.path.includes(capture.id) ? [404, { error: 'There is no such item.', problems: [] }] : accept(asked);
    await outbox.flush();
    assert.equal(await settings.readDraft(PAGE), undefined);
    assert.equal((await database.receipt(PAGE)).item.commentary, 'My view.');
    assert.deepEqual(await database.entries(), []);
  });

  it('changed back while the change was on its way is sent too', async () => {
    await queue.addCapture(capture, null, PAGE);
    await settings.writeDraft(PAGE, 'A');
    await outbox.flush();
    kwartier.answer = () => [500, { error: 'taken over, and then a fault', problems: [] }];
    await settings.writeDraft(PAGE, 'B');
    await drafts.forward(PAGE);
    kwartier.answer = accept;
    await settings.writeDraft(PAGE, 'A');
    await drafts.forward(PAGE);
    assert.deepEqual(
      bodies('PATCH').map(({ commentary }) => commentary),
      ['B', 'A'],
    );
    assert.equal(await settings.readDraft(PAGE), undefined);
  });

  it('is not deleted with an older view that was set aside', async () => {
    await queue.addCommentary('gone', PAGE, 'Old text');
    await settings.writeDraft(PAGE, 'A new view');
    await drafts.discard('commentary:gone');
    assert.equal(await settings.readDraft(PAGE), 'A new view');
    await queue.addCommentary('gone', PAGE, 'A new view ');
    await drafts.discard('commentary:gone');
    assert.equal(await settings.readDraft(PAGE), undefined);
  });
});
