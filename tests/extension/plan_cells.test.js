// The plan's table: where the keys lead, what counts as a change, and what becomes of a cell that is left.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { digest, isTouched, led, onLeft } from '../../companion/web/static/plan_cells.js';

// The second line has no view to write.
const PLACES = ['a when', 'a topic', 'a view', 'b when', 'b topic', 'c when', 'c topic', 'c view'].map((name) => {
  const [line, cell] = name.split(' ');
  return { line, cell };
});

describe('a key on a cell', () => {
  const ways = [
    ['a topic', 'ArrowRight', 'a view'],
    ['a view', 'ArrowRight', 'a view'],
    ['b when', 'ArrowLeft', 'b when'],
    ['a topic', 'ArrowDown', 'b topic'],
    ['a view', 'ArrowDown', 'c view'],
    ['c view', 'ArrowUp', 'a view'],
    ['a when', 'ArrowUp', 'a when'],
    ['c topic', 'Home', 'c when'],
    ['a when', 'End', 'a view'],
    ['a when', 'x', 'a when'],
  ];
  for (const [from, key, to] of ways) {
    it(`${key} leads from ${from} to ${to}`, () => {
      const at = PLACES.findIndex(({ line, cell }) => `${line} ${cell}` === from);
      const { line, cell } = PLACES[led(PLACES, at, key)];
      assert.equal(`${line} ${cell}`, to);
    });
  }
});

describe('a cell is touched', () => {
  const texts = { time: '08:40', commentary: 'One\n\ntwo', creation_ready: '' };
  const cases = [
    [{}, false],
    [{ time: '08:40:00', commentary: 'One\r\n\r\ntwo \n' }, false],
    [{ time: '08:45' }, true],
    [{ commentary: '' }, true],
    [{ creation_ready: 'yes' }, true],
  ];
  for (const [typed, expected] of cases) {
    it(`${expected ? '' : 'not '}by ${JSON.stringify(typed)}`, () => {
      assert.equal(isTouched(texts, { ...texts, ...typed }), expected);
    });
  }
});

describe('a cell that is left', () => {
  const texts = { topic: 'Old' };
  const refusal = { typed: { topic: 'New' }, isClash: false };
  const clash = { ...refusal, isClash: true };
  const cases = [
    ['is closed as it was', 'Old', null, { enter: 'close', away: 'close' }],
    ['is sent', 'New', null, { enter: 'send', away: 'send' }],
    ['stays open after a refusal', 'New', refusal, { enter: 'send', away: 'keep' }],
    ['is sent with something else', 'Newer', refusal, { enter: 'send', away: 'send' }],
    ['is put back', 'Old', refusal, { enter: 'send', away: 'close' }],
    ['is not decided on by a click elsewhere', 'New', clash, { enter: 'send', away: 'keep' }],
    ['is not decided on by more words either', 'Newer', clash, { enter: 'send', away: 'keep' }],
  ];
  for (const [what, typed, said, ways] of cases) {
    it(what, () => {
      assert.equal(onLeft(texts, { topic: typed }, said, true), ways.enter);
      assert.equal(onLeft(texts, { topic: typed }, said, false), ways.away);
    });
  }
});

it('a text has the short name that the companion gives it', async () => {
  assert.equal(await digest(''), 'e3b0c44298fc1c14');
  assert.equal(await digest('één'), '51c4a8ee9d588c3a');
});
