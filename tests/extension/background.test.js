import { inFront, reset, seen, until, writesAgain, writesNothing } from './browser.js';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { companion, PAIRING } from './service.js';
const database = await import('../../extension/database.js');
const queue = await import('../../extension/queue.js');
const settings = await import('../../extension/settings.js');
const wake = await import('../../extension/wake.js');

const { runtime, alarms, contextMenus, commands } = globalThis.chrome;
const OWN_PAGE = { id: 'kwartier', url: 'chrome-extension://kwartier/popup/popup.html' };
let kwartier;
const titles = () => kwartier.requests.filter(({ path }) => path === '/api/captures').map(({ body }) => body.title);
const keep = (title, id = title) => queue.addCapture({ id, url: `https://weekly.test/${id}`, title }, null, id);
const isEmpty = async () => (await database.entries()).length === 0;

/** What the background answers to a page of the extension. */
function asked(message, sender = OWN_PAGE) {
  return new Promise((resolve) => {
    const isTaken = runtime.onMessage.listeners.map((listen) => listen(message, sender, resolve));
    if (!isTaken.includes(true)) resolve('not taken');
  });
}

describe('the background', () => {
  before(async () => {
    await reset();
    kwartier = await companion();
    await settings.set({ port: kwartier.port, pairing: { ...PAIRING, port: kwartier.port } });
    await keep('left by an earlier worker');
    await import('../../extension/background.js');
  });
  beforeEach(() => until(isEmpty));
  after(() => kwartier.close());

  it('sends at its start what an earlier worker left', () => assert.deepEqual(titles(), ['left by an earlier worker']));

  for (const [what, happens] of [
    ['an update of the extension', () => runtime.onInstalled.fire({ reason: 'update' })],
    ['the start of the browser', () => runtime.onStartup.fire()],
    ['the alarm', () => alarms.onAlarm.fire({ name: wake.ALARM })],
  ])
    it(`sends what waits at ${what}`, async () => {
      await keep(what);
      happens();
      await until(() => titles().includes(what));
    });

  it('sends what waits at the moment of Allow', async () => {
    const { pairing } = await settings.all();
    await settings.set({ pairing: null });
    await keep('before Allow');
    await settings.set({ pairing });
    await until(() => titles().includes('before Allow'));
  });

  it('ticks after a save without the popup, and warns where nothing could be kept', async () => {
    commands.onCommand.fire('curate-silently', inFront({ url: 'https://weekly.test/silently' }));
    await until(() => seen.badge.text === '✓');
    await settings.set({ flashUntil: 0 });
    writesNothing();
    commands.onCommand.fire('curate-silently', inFront({ url: 'https://weekly.test/full' }));
    await until(() => /disk is full/.test(seen.badge.title));
    writesAgain();
    assert.equal(seen.badge.text, '!');
  });

  it('saves a link from the menu, for the companion to fetch', async () => {
    const link = { menuItemId: 'curate_link', linkUrl: 'https://weekly.test/linked', linkText: 'Read on' };
    contextMenus.onClicked.fire(link, { id: 1 });
    await until(() => titles().includes('Read on'));
    assert.equal(kwartier.requests.findLast(({ path }) => path === '/api/captures').body.fetch, true);
  });

  it('lets go of a view for good when the user deletes it', async () => {
    await settings.set({ pairing: null });
    await queue.addCommentary('item', 'page', 'My view.');
    await settings.writeDraft('page', 'My view.');
    await asked({ type: 'remove', id: 'commentary:item' });
    assert.equal(await settings.readDraft('page'), undefined);
    assert.deepEqual(await database.entries(), []);
  });

  it('tells the options what waits and how it stands', async () => {
    await keep('waits');
    const { value } = await asked({ type: 'outbox' });
    assert.equal(value.standing, 'needs_you');
    assert.deepEqual(
      value.waiting.map(({ title }) => title),
      ['waits'],
    );
    assert.equal(value.filling, null);
    await queue.remove('waits');
  });

  for (const [who, sender] of [
    ['a page it measures', { id: 'kwartier', url: 'https://weekly.test/' }],
    ['another extension', { id: 'another', url: 'chrome-extension://another/page.html' }],
  ])
    it(`takes no orders from ${who}`, async () => assert.equal(await asked({ type: 'outbox' }, sender), 'not taken'));
});
