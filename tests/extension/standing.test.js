import './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { standingOf } = await import('../../extension/standing.js');
const { statusText } = await import('../../extension/popup/draw.js');
const { DEFAULTS } = await import('../../extension/settings.js');
const { t } = await import('../../extension/messages.js');

const paired = { ...DEFAULTS, pairing: { pairing_id: 'p' } };
const over = { over: { why: 'refused', reason: '' } };
const capture = { kind: 'capture', state: 'waiting' };
const view = { kind: 'commentary', state: 'waiting' };
const time = { kind: 'segments', state: 'waiting' };
const undone = { kind: 'undo', state: 'waiting' };
const parked = (entry) => ({ ...entry, state: 'parked' });

describe('the three plain states', () => {
  for (const [what, entries, kept, standing] of [
    ['nothing is left', [], paired, 'saved'],
    ['nothing was ever saved, in a browser that is not connected yet', [], DEFAULTS, 'saved'],
    ['Kwartier is off', [capture], { ...paired, reachable: false }, 'waiting'],
    ['a view is on its way', [view], paired, 'waiting'],
    ['only measured time waits', [time], paired, 'saved'],
    ['measured time was not taken', [parked(time)], paired, 'saved'],
    ['measured time was not taken while an article waits', [parked(time), capture], paired, 'waiting'],
    ['only what the user took back waits', [undone], DEFAULTS, 'saved'],
    ['an article was not taken', [parked(capture), capture], paired, 'needs_you'],
    ['a view was not taken', [parked(view)], paired, 'needs_you'],
    ['an article waits for the first Allow', [capture], DEFAULTS, 'needs_you'],
    ['this browser was shut out, with nothing waiting', [], { ...paired, needsPairing: true }, 'needs_you'],
    ['all that answers is another Kwartier', [capture], { ...paired, stranger: true }, 'needs_you'],
    ['the question expired', [], { ...DEFAULTS, asking: { over: { why: 'expired' } } }, 'needs_you'],
    ['a connected browser asked once more, and was refused', [], { ...paired, asking: over }, 'saved'],
  ])
    it(`${what}: ${standing}`, () => assert.equal(standingOf(entries, kept), standing));

  it('have the same words in the popup as on the icon', () => {
    for (const [state, standing] of [
      ['saved', 'saved'],
      ['waiting', 'waiting'],
      ['pairing', 'needs_you'],
      ['parked', 'needs_you'],
    ])
      assert.equal(statusText({ state }), t(`standing_${standing}`), state);
  });
});
