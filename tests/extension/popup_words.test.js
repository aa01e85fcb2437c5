import './browser.js';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
const { noteText } = await import('../../extension/popup/draw.js');
const { fillingWords } = await import('../../extension/parts/filling.js');
const { reasonWords } = await import('../../extension/parts/troubles.js');
const { askingFailure } = await import('../../extension/parts/connect_button.js');
const { isUnderWay } = await import('../../extension/options/links.js');

const waiting = { state: 'waiting', item: null, offline: false, noText: null, filling: null, holdup: null };

describe('what the popup says of a page that waits', () => {
  for (const [holdup, words] of [
    [null, /^You can close the tab\.$/],
    ['off', /^You can close the tab\. Kwartier is off: /],
    ['busy', /^You can close the tab\. Kwartier is busy: /],
    ['full-disk', /^You can close the tab\. Kwartier runs, but its disk is full\. /],
    ['fault', /^You can close the tab\. Something goes wrong in Kwartier: /],
  ])
    it(`names what holds it up: ${holdup}`, () => assert.match(noteText({ ...waiting, holdup }), words));

  it('does not send the user away from a page whose text did not fit', () => {
    const note = noteText({ ...waiting, noText: 'disk-full', holdup: 'off' });
    assert.match(note, /^This disk was full, .* Kwartier is off: /);
    assert.doesNotMatch(note, /close the tab|click the icon/);
  });

  it('says once that the room is full', () => {
    const filling = { megabytes: 198, of: 200 };
    assert.equal(noteText({ ...waiting, noText: 'queue-full', filling }), '');
    assert.match(fillingWords(filling, true), /^The 200 MB for waiting articles are full\. .*links/);
    assert.match(fillingWords({ ...filling, megabytes: 200 }, false), /are full/);
    assert.match(fillingWords(filling, false), /fill 198 of 200 MB/);
  });

  it('promises nothing where nothing could be kept', () => {
    const note = noteText({ ...waiting, state: 'full' });
    assert.match(note, /copy your words/);
    assert.doesNotMatch(note, /\bkept\b/);
  });
});

describe('what stands in the way', () => {
  for (const [reason, words] of [
    ['', 'Kwartier did not answer in time, several times.'],
    ['404', 'Kwartier would not take this (404).'],
    ['503', 'Something went wrong in Kwartier, several times (503).'],
    ['url: is no web address', 'Kwartier would not take this: url: is no web address'],
  ])
    it(`is a sentence, where the reason is "${reason}"`, () => assert.equal(reasonWords(reason), words));

  it('is how long to wait, after asking too often', () => {
    const failure = { ok: false, problem: 'later', status: 429, retryAfter: 49 };
    assert.equal(askingFailure(failure), 'Asked too often. Try again in 49 seconds.');
  });
});

describe('the links in the options', () => {
  for (const [what, whys, reachable, again] of [
    ['while one is being fetched', ['unreachable', 'waiting'], true, true],
    ['once all are settled', ['unreachable'], true, false],
    ['once Kwartier is off', ['waiting'], false, false],
  ])
    it(`are ${again ? 'looked at again' : 'left alone'} ${what}`, () =>
      assert.equal(
        isUnderWay(
          whys.map((why) => ({ why })),
          reachable,
        ),
        again,
      ));
});
