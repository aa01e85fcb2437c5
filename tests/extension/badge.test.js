import { reset, seen } from './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { decide, refresh, warnFull } = await import('../../extension/badge.js');
const settings = await import('../../extension/settings.js');

const nothing = { code: '', flash: false, standing: 'saved', waiting: 0 };
const some = { ...nothing, standing: 'waiting', waiting: 3 };
const stopped = { ...some, standing: 'needs_you' };

describe('the badge', () => {
  it('is empty when all has arrived', () => assert.equal(decide(nothing).text, ''));
  it('counts what waits', () => assert.equal(decide(some).text, '3'));
  it('asks for the user before it counts', () => assert.equal(decide(stopped).text, '!'));
  it('ticks after a save without a popup', () => assert.equal(decide({ ...stopped, flash: true }).text, '✓'));
  it('shows the four digits before all else, since they are compared', () =>
    assert.equal(decide({ ...stopped, code: '4821', flash: true }).text, '4821'));

  it('says in words what it stands for', async () => {
    await reset();
    await refresh();
    assert.equal(seen.badge.title, 'Curate this page');
    await settings.set({ needsPairing: true });
    await refresh();
    assert.equal(seen.badge.title, 'Curate this page · Needs you');
  });

  it('shows digits only while there is something to compare them for', async () => {
    await reset();
    const asking = { code: '4821', page: '/pair' };
    await settings.set({ asking });
    await refresh();
    assert.equal(seen.badge.text, '4821');
    await settings.set({ pairing: { pairing_id: 'p' } });
    await refresh();
    assert.equal(seen.badge.text, '');
  });

  it('warns where nothing could be kept', async () => {
    await warnFull();
    assert.equal(seen.badge.text, '!');
    assert.equal(seen.badge.title, 'Curate this page · Not saved: the disk is full or fails');
  });
});
