import { refusesTransactions, reset, writesAgain } from './browser.js';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
const settings = await import('../../extension/settings.js');
const queue = await import('../../extension/queue.js');
const { localDate, today } = await import('../../extension/today.js');
const { wholeMinutes } = await import('../../extension/popup/today_line.js');

describe("today's line", () => {
  beforeEach(reset);

  it('is whole minutes that add up', () => {
    assert.deepEqual(wholeMinutes({ browse: 100, read: 100, react: 100 }), { browse: 2, read: 2, react: 1 });
    assert.deepEqual(wholeMinutes({ browse: 180, read: 300, react: 60 }), { browse: 3, read: 5, react: 1 });
    assert.deepEqual(wholeMinutes({ browse: 20, read: 0, react: 0 }), { browse: 0, read: 0, react: 0 });
  });

  it('is what Kwartier counted and what waits to be sent, each second once', async () => {
    await settings.set({ today: { date: localDate(), browse: 60, read: 120, react: 0, create: 0 } });
    const now = Date.now();
    const at = (seconds) => new Date(now + seconds * 1000).toISOString();
    const place = { zone: 'UTC', activity: 'read', site: 'curated' };
    const { read: before } = await today();
    await queue.addSegments([{ id: 'a', start: at(0), end: at(30), ...place }]);
    assert.equal((await today()).read - before, 30);
    await settings.set({ acceptedTime: [{ id: 'a', end: at(20) }] });
    assert.equal((await today()).read - before, 10, 'twenty of them are in the count already');
  });

  it('starts at nothing on a new day', async () => {
    await settings.set({ today: { date: '2020-01-01', browse: 600, read: 600, react: 0, create: 0 } });
    assert.deepEqual(await today(), { browse: 0, read: 0, react: 0 });
  });

  it('tells what Kwartier counted where the browser can read nothing else', async () => {
    await settings.set({ today: { date: localDate(), browse: 60, read: 0, react: 0, create: 0 } });
    refusesTransactions(1, 'UnknownError');
    assert.equal((await today()).browse, 60);
    writesAgain();
  });
});
