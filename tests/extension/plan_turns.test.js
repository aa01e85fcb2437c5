// What the plan's page asks of the companion, one after another.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { inTurn, settled } from '../../companion/web/static/plan_turns.js';

describe('turns', () => {
  it('come one after another, however long one takes', async () => {
    const done = [];
    let answer;
    const asked = new Promise((resolve) => (answer = resolve));
    inTurn(() => asked.then(() => done.push('first')));
    inTurn(async () => done.push('second'));
    await new Promise(setImmediate);
    assert.deepEqual(done, []);
    answer();
    await settled();
    assert.deepEqual(done, ['first', 'second']);
  });

  it('go on after one that failed', async () => {
    const failed = inTurn(() => Promise.reject(new TypeError('broken off')));
    const next = inTurn(async () => 'done');
    await assert.rejects(failed, TypeError);
    assert.equal(await next, 'done');
  });

  it('are waited for, also those that come meanwhile', async () => {
    const done = [];
    inTurn(async () => {
      done.push('first');
      inTurn(async () => done.push('second'));
    });
    await settled();
    assert.deepEqual(done, ['first', 'second']);
  });
});
