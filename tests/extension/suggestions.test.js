// The suggested slot in the popup.
import './browser.js';
import assert from 'node:assert/strict';
import { it } from 'node:test';

const parts = {};
const part = () => ({ rows: [], setAttribute() {}, replaceChildren: (...rows) => (parts.reasons.rows = rows) });
globalThis.document = {
  getElementById: (/** @type {string} */ id) => (parts[id] ??= part()),
  createElement: () => ({ textContent: '' }),
};
navigator.languages.unshift('en-US');
const { drawSuggestions } = await import('../../extension/popup/suggestions.js');

const slot = { id: '2026-11-26-thu', starts_at: '2026-11-26T07:40:00Z', zone: 'Europe/Amsterdam' };

it('shows the first four reasons, so that its buttons stay in sight, and one clock', () => {
  const reasons = ['one', 'two', 'three', 'four', 'five', 'six'];
  drawSuggestions({ state: 'saved', item: { status: 'queued' }, suggestions: [{ slot, score: 1, reasons }] });
  assert.deepEqual(
    parts.reasons.rows.map(({ textContent }) => textContent),
    ['one', 'two', 'three', 'four'],
  );
  assert.match(parts['slot-time'].textContent, /, 08:40$/);
});
