import { inFront, reset, until } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { accept, companion, PAIRING, receipt } from './service.js';
const settings = await import('../../extension/settings.js');
const commentary = await import('../../extension/commentary.js');
const curation = await import('../../extension/curation.js');
const database = await import('../../extension/database.js');
const drafts = await import('../../extension/drafts.js');
const outbox = await import('../../extension/outbox.js');
const queue = await import('../../extension/queue.js');
const { viewOf } = await import('../../extension/view.js');

const PAGE = 'https://weekly.test/story';
const OLD = 'Old words, typed at the office.';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let kwartier;
let item;
let release;

/** A companion that has the page already, with words, and takes its time over a capture. */
async function known(asked) {
  if (asked.path === '/api/captures') {
    await new Promise((resolve) => (release = resolve));
    if (asked.body.commentary) item.later_views.push({ text: asked.body.commentary, captured_at: '' });
    item.capture_ids.push(asked.body.id);
    return [200, { ...receipt(asked.body, item), known: true }];
  }
  if (asked.path.endsWith('/suggestions')) return [200, { suggestions: [] }];
  if (!asked.path.startsWith('/api/items/')) return accept(asked);
  Object.assign(item, asked.body);
  return [200, receipt({ id: '' }, item).item];
}

const isRest = async () => (await database.entries()).length === 0 && (await settings.readDraft(PAGE)) === undefined;
const text = async () => (await viewOf({ identity: PAGE, otherwise: 'ask' })).text;

describe('what is typed about a page that has words in Kwartier already', () => {
  beforeEach(async () => {
    await reset();
    settings.watchDrafts(drafts.forwardSoon);
    item = { id: 'earlier', commentary: OLD, later_views: [], capture_ids: ['earlier'], status: 'queued' };
    kwartier = await companion({ answer: known });
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
    release = null;
    await queue.addCapture({ id: 'c1', url: PAGE, title: 'Story' }, null, PAGE);
  });
  afterEach(() => kwartier.close());

  /** Types as the popup does, which writes its whole field with each key; the answer comes after so many keys. */
  async function type(words, after) {
    const flushed = outbox.flush();
    await until(() => release);
    for (let length = 1; length <= words.length; length += 1) {
      await settings.writeDraft(PAGE, words.slice(0, length));
      if (length === after) {
        release();
        await flushed;
      }
    }
  }

  it('while its capture is on its way goes under them, and no half of it beside them', async () => {
    await type('My new thought on this.', 12);
    await until(isRest);
    assert.equal(item.commentary, `${OLD}\n\nMy new thought on this.`);
    assert.deepEqual(item.later_views, []);
  });

  it('does not go with its capture while it may be half a sentence', async () => {
    await settings.writeDraft(PAGE, 'Half a sent');
    await type('Half a sentence, and the rest.', 20);
    await until(isRest);
    assert.deepEqual([item.commentary, item.later_views], [`${OLD}\n\nHalf a sentence, and the rest.`, []]);
  });

  it('and goes on after it was accepted, without having seen them', async () => {
    await type('My thought', 5);
    await until(isRest);
    await settings.writeDraft(PAGE, 'My thought goes on');
    await until(isRest);
    assert.equal(item.commentary, `${OLD}\n\nMy thought goes on`);
  });

  it('is shown under them, and taken as it stands from then on', async () => {
    await type('Mine', 2);
    assert.equal(await text(), `${OLD}\n\nMine`);
    await settings.writeDraft(PAGE, `${OLD}\n\nMine too`);
    await settings.writeDraft(PAGE, 'Only mine');
    await until(isRest);
    assert.equal(item.commentary, 'Only mine');
  });

  it('may change them where a popup that opens has shown them', async () => {
    await type('Mine', 2);
    assert.equal((await curation.open(inFront({ url: PAGE }))).text, `${OLD}\n\nMine`);
    await settings.writeDraft(PAGE, 'Only mine');
    await until(isRest);
    assert.equal(item.commentary, 'Only mine');
  });

  it('goes beside them where all of it came with the capture, and once', async () => {
    await settings.writeDraft(PAGE, 'All of it.');
    await until(() => !commentary.isBeingTyped(PAGE));
    const flushed = outbox.flush();
    await until(() => release);
    release();
    await flushed;
    await pause(20);
    assert.equal(await isRest(), true);
    assert.deepEqual([item.commentary, item.later_views.map((view) => view.text)], [OLD, ['All of it.']]);
  });
});

describe('a draft and the words above it', () => {
  for (const [what, under, draft, whole] of [
    ['nothing above', '', 'New', 'New'],
    ['nothing typed', 'Old words', '', 'Old words'],
    ['both', 'Old words', ' New', 'Old words\n\nNew'],
    ['a draft that goes on with them', 'Old words', 'Old words\n\nNew', 'Old words\n\nNew'],
    ['a draft that changes them at their beginning', 'Old words of mine', 'New words of mine', 'New words of mine'],
    ['a draft that changes them at their end', 'Old words of mine', 'Old words of yours', 'Old words of yours'],
    ['a draft with a word in common', 'Old words', 'My words', 'Old words\n\nMy words'],
    ['short words that occur in everything', 'no', 'nothing, or no', 'no\n\nnothing, or no'],
  ])
    it(what, () => assert.equal(commentary.whole({ under }, draft), whole));
});
