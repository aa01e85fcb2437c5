import './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { joinedWith } = await import('../../extension/popup/editor.js');

describe('the view that is being typed', () => {
  for (const [what, kept, written, typed, shown] of [
    ['comes after the words of the item', 'Old\n\nab', 'ab', 'ab', 'Old\n\nab'],
    ['comes after them with what was typed since', 'Old\n\nab', 'ab', 'abc', 'Old\n\nabc'],
    ['keeps the space at its end', 'Old\n\nMy new', 'My new ', 'My new t', 'Old\n\nMy new t'],
    ['keeps what was changed in it since', 'Old\n\nab', 'ab', 'b', 'Old\n\nb'],
    ['is not replaced by what was kept before it', 'ab', 'abc', 'abc', 'abc'],
    ['is not replaced by other words', 'Something else', 'ab', 'ab', 'ab'],
    ['takes nothing for words before it that only ends alike', 'aba', 'a', 'a', 'a'],
    ['stays empty where all of it was deleted', 'Old', '', '', ''],
    ['is not joined twice', 'Old\n\nab', 'Old\n\nab', 'Old\n\nabc', 'Old\n\nabc'],
  ])
    it(what, () => assert.equal(joinedWith(kept, written, typed), shown));
});
