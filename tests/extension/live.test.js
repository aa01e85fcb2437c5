// The companion's page that waits for something asks no longer than it may come.
import assert from 'node:assert/strict';
import { it, mock } from 'node:test';

const PAUSE = 2000;

const page = { innerHTML: 'Reading…', contains: () => false };
let status = 200;
let asked = 0;

globalThis.location = { href: 'http://127.0.0.1:7715/items/a1' };
globalThis.document = {
  visibilityState: 'visible',
  querySelector: (/** @type {string} */ what) => (what === '[data-live]' ? page : { value: 'token' }),
};
globalThis.DOMParser = class {
  parseFromString = () => ({ getElementById: () => page });
};
globalThis.fetch = async () => {
  asked += 1;
  return { ok: status === 200, status, text: async () => '' };
};

/** So many rounds, each with its answer. */
async function rounds(count) {
  for (let round = 0; round < count; round += 1) {
    mock.timers.tick(PAUSE);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('asks on while the companion is away for a moment, and stops when what it shows is deleted', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  await import('../../companion/web/static/live.js');
  await rounds(2);
  status = 503;
  await rounds(2);
  assert.equal(asked, 4);
  status = 404;
  await rounds(3);
  assert.equal(asked, 5);
});
