import { backgroundAnswers } from './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { request } = await import('../../extension/requests.js');

const value = { value: 'here' };
const dies = () => Promise.reject(new Error('The message port closed before a response was received.'));

/** The background as it answers one time after the other. */
function background(...answers) {
  const asked = [];
  backgroundAnswers(async (message) => {
    asked.push(message);
    return answers[asked.length - 1]?.();
  });
  return asked;
}

describe('a page that asks the background', () => {
  it('gets the answer', async () => {
    const asked = background(() => value);
    assert.equal(await request('open', { tab: 1 }), 'here');
    assert.deepEqual(asked, [{ type: 'open', tab: 1 }]);
  });

  for (const [how, ends] of [
    ['dies', dies],
    ['ends without a word', () => undefined],
  ])
    it(`asks once more where the background ${how}`, async () => {
      const asked = background(ends, () => value);
      assert.equal(await request('open'), 'here');
      assert.equal(asked.length, 2);
    });

  for (const [how, answers] of [
    ['dies each time', Array(9).fill(dies)],
    ['never has an answer', [() => null]],
    ['ran into a fault', [() => ({ error: 'RangeError: no' })]],
  ])
    it(`is told so where the background ${how}`, async () => {
      background(...answers);
      await assert.rejects(request('open'), Error);
    });
});
