/**
 * The worker dies between any two steps. A death is played by letting the n-th step of the browser never come back,
 * while everything that was written before it stays. Then a new worker does what a worker does at its start.
 */
import { reset, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
const settings = await import('../../extension/settings.js');
const database = await import('../../extension/database.js');
const drafts = await import('../../extension/drafts.js');
const queue = await import('../../extension/queue.js');

const OFTEN_ENOUGH = 400;
const never = () => new Promise(() => {});
const inert = new Proxy(() => inert, { get: (_, name) => (name === 'then' ? undefined : inert), set: () => true });

const alive = {
  fetch: globalThis.fetch,
  transaction: IDBDatabase.prototype.transaction,
  storage: { ...chrome.storage.local },
};

/** From the given step on nothing comes back any more; tells whether it came to that. */
function dieAt(step) {
  let steps = 0;
  const isDead = () => (steps += 1) > step;
  globalThis.fetch = (...asked) => (isDead() ? never() : alive.fetch(...asked));
  IDBDatabase.prototype.transaction = function (...asked) {
    return isDead() ? inert : alive.transaction.apply(this, asked);
  };
  for (const name of ['get', 'set', 'remove'])
    chrome.storage.local[name] = (...asked) => (isDead() ? never() : alive.storage[name](...asked));
  return () => steps > step;
}

function live() {
  globalThis.fetch = alive.fetch;
  IDBDatabase.prototype.transaction = alive.transaction;
  Object.assign(chrome.storage.local, alive.storage);
}

let workers = 0;
async function newOutbox() {
  workers += 1;
  return import(`../../extension/outbox.js?worker=${workers}`);
}

/** What a worker does when it starts. */
async function pickUp() {
  await drafts.forwardAll();
  await (await newOutbox()).flush();
}

let kwartier;
let items;

/** A companion that knows again what it was sent, and never overwrites words that it has. */
function remembering(asked) {
  const { method, path, body } = asked;
  if (method === 'PATCH') {
    items.get(path.split('/')[3]).commentary = body.commentary;
    return [200, receipt({ id: '', commentary: body.commentary }).item];
  }
  if (path !== '/api/captures') return accept(asked);
  const known = items.get(`item-of-${body.id}`) ?? [...items.values()].find(({ url }) => url === body.url);
  const item = known ?? {
    id: `item-of-${body.id}`,
    url: body.url,
    commentary: body.commentary ?? '',
    times: 0,
    captures: [],
  };
  if (!item.captures.includes(body.id)) item.captures.push(body.id);
  items.set(item.id, item);
  const reply = { id: item.id, commentary: item.commentary, capture_ids: item.captures };
  return [known ? 200 : 201, receipt(body, { known: Boolean(known), ...reply })];
}

const capture = (number) => ({ id: `c${number}`, url: `https://weekly.test/${number}`, title: `Story ${number}` });

/** Runs an act with the worker dying at each of its steps in turn, until it comes to its end. */
async function atEachStep(prepare, act, check) {
  for (let step = 0; step < OFTEN_ENOUGH; step += 1) {
    await reset();
    items = new Map();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
    await prepare();
    const isDead = dieAt(step);
    let isDone = false;
    void act().then(() => (isDone = true));
    await until(() => isDone || isDead());
    // What was under way when it died comes to rest.
    await new Promise((resolve) => setTimeout(resolve, 2));
    live();
    await check(step);
    if (isDone) return step;
  }
  throw new Error('never came to its end');
}

describe('a worker that dies at any step', () => {
  beforeEach(async () => {
    kwartier = await companion({ answer: remembering });
  });
  afterEach(async () => {
    live();
    await kwartier.close();
  });

  it('while it sends: everything arrives once, in order, with its words', async () => {
    const steps = await atEachStep(
      async () => {
        await queue.addCapture(capture(1), '<p>one</p>', capture(1).url);
        await queue.addCapture(capture(2), '<p>two</p>', capture(2).url);
        await settings.writeDraft(capture(1).url, 'My view.');
      },
      async () => (await newOutbox()).flush(),
      async (step) => {
        await pickUp();
        const kept = [...items.values()].map(({ url, commentary }) => [url, commentary]);
        assert.deepEqual(
          kept,
          [
            [capture(1).url, 'My view.'],
            [capture(2).url, ''],
          ],
          `died at step ${step}`,
        );
        assert.deepEqual(await database.entries(), [], `died at step ${step}`);
        assert.equal(await settings.readDraft(capture(1).url), undefined);
      },
    );
    assert.ok(steps > 20, `only ${steps} steps were tried`);
  });

  it('while a view comes to an item that has words: neither is lost, and none is doubled', async () => {
    await atEachStep(
      async () => {
        items.set('earlier', { id: 'earlier', url: capture(1).url, commentary: 'Old words.', captures: ['earlier'] });
        await queue.addCapture(capture(1), null, capture(1).url);
        kwartier.answer = async (asked) => {
          if (asked.path === '/api/captures' && !asked.body.commentary)
            await alive.storage.set({ [`draft:${capture(1).url}`]: 'New thought.' });
          return remembering(asked);
        };
      },
      async () => (await newOutbox()).flush(),
      async (step) => {
        await pickUp();
        const { commentary } = items.get('earlier');
        assert.equal(commentary, 'Old words.\n\nNew thought.', `died at step ${step}`);
        assert.deepEqual(await database.entries(), [], `died at step ${step}`);
      },
    );
  });

  it('while an Undo is carried out: what Kwartier had is gone in the end', async () => {
    const steps = await atEachStep(
      async () => {
        await queue.addCapture(capture(1), '<p>one</p>', capture(1).url);
        let isFirst = true;
        kwartier.answer = (asked) => {
          const reply = remembering(asked);
          if (asked.method === 'DELETE') items.delete(asked.path.split('/')[3]);
          if (asked.path !== '/api/captures' || !isFirst) return reply;
          isFirst = false;
          return [500, { error: 'taken over, and then a fault', problems: [] }];
        };
        await (await newOutbox()).flush();
        assert.equal(items.size, 1);
      },
      async () => {
        await queue.remove(capture(1).id);
        await (await newOutbox()).flush();
      },
      async (step) => {
        // Before that it is asked again by the popup, which was told nothing.
        const isTaken = !(await queue.captureOf(capture(1).url));
        await pickUp();
        assert.equal(items.size, isTaken ? 0 : 1, `died at step ${step}`);
        assert.deepEqual(await database.entries(), [], `died at step ${step}`);
      },
    );
    assert.ok(steps > 10, `only ${steps} steps were tried`);
  });

  it('while a click is kept: the click is there with its page, or the popup was never told so', async () => {
    let isTold;
    await atEachStep(
      async () => {
        isTold = false;
      },
      async () => {
        await queue.addCapture(capture(1), '<p>one</p>', capture(1).url);
        isTold = true;
      },
      async (step) => {
        const kept = await database.entries();
        assert.ok(kept.length === 1 || !isTold, `died at step ${step}`);
        for (const { id } of kept) assert.equal(await database.pageOf(id), '<p>one</p>');
      },
    );
  });

  it('while a quote that came too late for its capture follows it', async () => {
    await atEachStep(
      async () => {
        await queue.addCapture({ ...capture(1), quotes: [{ text: 'first' }] }, null, capture(1).url);
        kwartier.requests.length = 0;
        let isLate = false;
        kwartier.answer = async (asked) => {
          if (asked.path === '/api/captures' && !isLate) {
            isLate = true;
            live();
            await queue.addCapture({ ...capture(3), quotes: [{ text: 'late' }] }, null, capture(1).url);
          }
          return remembering(asked);
        };
      },
      async () => (await newOutbox()).flush(),
      async (step) => {
        await pickUp();
        const quotes = kwartier.requests
          .filter(({ path }) => path === '/api/captures')
          .flatMap(({ body }) => body.quotes.map(({ text }) => text));
        assert.ok(quotes.includes('late'), `died at step ${step}: ${quotes}`);
        assert.deepEqual(await database.entries(), []);
        assert.equal(items.size, 1);
      },
    );
  });
});
