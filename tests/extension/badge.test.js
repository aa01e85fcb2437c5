import './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { decide } = await import('../../extension/badge.js');

const nothing = { code: '', flash: false, needsYou: false, waiting: 0 };

describe('the badge', () => {
  it('is empty when all has arrived', () => assert.equal(decide(nothing).text, ''));
  it('counts what waits', () => assert.equal(decide({ ...nothing, waiting: 3 }).text, '3'));
  it('asks for the user before it counts', () =>
    assert.equal(decide({ ...nothing, waiting: 3, needsYou: true }).text, '!'));
  it('ticks after a save without a popup', () =>
    assert.equal(decide({ ...nothing, flash: true, needsYou: true }).text, '✓'));
  it('shows the four digits before all else, since they are compared', () =>
    assert.equal(decide({ code: '4821', flash: true, needsYou: true, waiting: 2 }).text, '4821'));
});
