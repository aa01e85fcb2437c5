import { inFront, reset, seen, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
const settings = await import('../../extension/settings.js');
const badge = await import('../../extension/badge.js');
const curation = await import('../../extension/curation.js');
const database = await import('../../extension/database.js');
const drafts = await import('../../extension/drafts.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');
const { outboxView, viewOf } = await import('../../extension/view.js');

const PAGE = 'https://weekly.test/story';
const FAULT = [500, { error: 'oops', problems: [] }];
const BUSY = [503, { error: 'busy', problems: [] }];
let kwartier;
/** What Kwartier has, by address: the captures of each item. */
let items;
/** What it answers to the next requests of these methods, although it does what it is asked. */
let faults;

function keeping(asked) {
  const { method, path, body } = asked;
  const isNew = path === '/api/captures' && !items.has(body.url);
  if (isNew) items.set(body.url, []);
  const captures = items.get(body.url);
  if (path === '/api/captures' && !captures.includes(body.id)) captures.push(body.id);
  const fault = faults[method]?.shift();
  if (fault) return fault;
  if (method === 'DELETE') items.clear();
  if (path !== '/api/captures') return accept(asked);
  return [isNew ? 201 : 200, receipt(body, { known: !isNew, id: 'i', capture_ids: captures })];
}

const open = (click, changes = {}) => curation.open(inFront({ url: PAGE, ...changes }), click);
const undo = (capture) => curation.undo({ identity: PAGE, capture });
const kinds = async () => (await database.entries()).map(({ kind }) => kind);
const methods = () => kwartier.requests.map(({ method }) => method).filter((method) => method !== 'GET');

describe('Undo', () => {
  beforeEach(async () => {
    await reset();
    items = new Map();
    faults = {};
    kwartier = await companion({ answer: keeping });
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
  });
  afterEach(async () => {
    await outbox.flush();
    await kwartier.close();
  });

  it('takes back what was saved', async () => {
    const view = await open('c1');
    assert.equal(view.canUndo, true);
    assert.equal((await undo('c1')).state, 'undone');
    assert.equal(items.size, 0);
  });

  it('of what was never sent sends nothing', async () => {
    await settings.set({ port: 1 });
    await open('c1');
    await undo('c1');
    assert.deepEqual(await database.entries(), []);
    await settings.set({ port: kwartier.port });
    await outbox.flush();
    assert.deepEqual(methods(), []);
  });

  it('takes back what Kwartier has although it answered with a fault', async () => {
    faults.POST = [FAULT];
    assert.equal((await open('c1', { quote: { text: 'q' } })).state, 'waiting');
    assert.equal((await undo('c1')).state, 'undone');
    await outbox.flush();
    assert.equal(items.size, 0);
    const again = kwartier.requests.filter(({ path }) => path === '/api/captures')[1].body;
    assert.deepEqual([again.html, again.quotes], [undefined, undefined], 'asked by its id, and not sent anew');
    assert.deepEqual(await kinds(), []);
  });

  it('is kept until it is carried out, and is nothing that the user is told of', async () => {
    faults.POST = Array(20).fill(FAULT);
    await open('c1');
    await undo('c1');
    for (let tries = 0; tries < 9; tries += 1) await outbox.flush();
    assert.deepEqual(await kinds(), ['undo']);
    await badge.refresh();
    assert.equal(seen.badge.text, '');
    const { waiting, troubles, standing } = await outboxView();
    assert.deepEqual([waiting, troubles, standing], [[], [], 'saved']);
    faults = { DELETE: [FAULT, BUSY] };
    for (let tries = 0; tries < 3; tries += 1) await outbox.flush();
    assert.equal(items.size, 0);
    assert.deepEqual(await kinds(), []);
  });

  it('takes back what was just on its way, though Kwartier is busy in between', async () => {
    let release;
    kwartier.answer = (asked) => new Promise((resolve) => (release = () => resolve(keeping(asked))));
    faults.DELETE = [BUSY];
    await open('c1');
    await until(() => release);
    assert.equal((await viewOf({ identity: PAGE, capture: 'c1', otherwise: 'ask' })).state, 'saving');
    await undo('c1');
    kwartier.answer = keeping;
    release();
    await outbox.flush();
    assert.equal(await database.receipt(PAGE), undefined);
    await outbox.flush();
    assert.equal(items.size, 0);
  });

  it('leaves an item that was there before as it is', async () => {
    items.set(PAGE, ['earlier']);
    faults.POST = [FAULT];
    await open('c1');
    await undo('c1');
    await outbox.flush();
    assert.deepEqual([...items.keys()], [PAGE]);
    assert.ok(!methods().includes('DELETE'));
  });

  it('is given up where the page is saved again', async () => {
    faults.POST = Array(9).fill(FAULT);
    await open('c1');
    await undo('c1');
    await outbox.flush();
    faults = {};
    await open('c2');
    await outbox.flush();
    assert.deepEqual(items.get(PAGE), ['c1', 'c2']);
    assert.deepEqual(await kinds(), []);
  });

  it('is given up even where it was just being carried out', async () => {
    faults.POST = Array(9).fill(FAULT);
    await open('c1');
    await undo('c1');
    await outbox.flush();
    faults = {};
    let release;
    kwartier.answer = (asked) => new Promise((resolve) => (release = () => resolve(keeping(asked))));
    const flushed = outbox.flush();
    await until(() => release);
    await queue.addCapture({ id: 'c2', url: PAGE, title: 'A story' }, null, PAGE);
    kwartier.answer = keeping;
    release();
    await flushed;
    assert.deepEqual(items.get(PAGE), ['c1', 'c2']);
  });

  it('is for this popup only: a later one leaves what waits alone', async () => {
    await settings.set({ port: 1 });
    assert.equal((await open('c1', { quote: { text: 'q' } })).canUndo, true);
    const later = await open('c2');
    assert.deepEqual([later.state, later.canUndo, later.capture], ['waiting', false, 'c2']);
    await undo(later.capture);
    assert.deepEqual(await kinds(), ['capture']);
  });

  it('of a waiting page deleted in the options takes back what Kwartier may have', async () => {
    faults.POST = [FAULT];
    await open('c1');
    await drafts.discard('c1');
    await outbox.flush();
    assert.equal(items.size, 0);
  });

  it('asks nothing of Kwartier about what it refused', async () => {
    kwartier.answer = () => [422, { error: 'Not valid', problems: [] }];
    await open('c1');
    await drafts.discard('c1');
    await outbox.flush();
    assert.deepEqual(methods(), ['POST']);
    assert.deepEqual(await queue.captureOf(PAGE), undefined);
  });
});
