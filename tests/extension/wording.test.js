import './browser.js';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
const { noTextReason, noTextWords } = await import('../../extension/parts/wording.js');

const SCHEMA = JSON.parse(readFileSync(new URL('../../shared_schema/item.json', import.meta.url), 'utf8'));
const CODES = (SCHEMA.properties.fetch.enum ?? SCHEMA.properties.fetch.anyOf.flatMap((each) => each.enum ?? [])).filter(
  Boolean,
);

describe('why an article has no text', () => {
  it('is said in words, whatever the companion ran into', () => {
    assert.ok(CODES.length > 5);
    for (const why of [...CODES, 'link-only', 'did-not-fit', 'queue-full', 'disk-full'])
      assert.match(noTextWords(why), /^[A-Z][^_]+\.$/, why);
  });

  it('goes with what to do about it, where there is something', () => {
    assert.match(noTextWords('unreachable'), /Open the page and click the icon there/);
  });

  it('tells of it in its own way of a page that a click may open', () => {
    assert.match(noTextWords('login'), /Log in, and click the icon once more\.$/);
    assert.match(noTextWords('wall'), /Open it, and click the icon once the text is there\.$/);
  });

  it('advises no click that would mend nothing', () => {
    for (const why of ['waiting', 'link-only', 'did-not-fit', 'no_article', 'locked', 'scanned', 'unreadable'])
      assert.doesNotMatch(noTextWords(why), /click/);
  });

  it('goes without that for who is on that page', () => {
    for (const why of ['unreachable', 'queue-full', 'disk-full']) assert.doesNotMatch(noTextReason(why), /click/, why);
  });

  it('is not said where there is a text', () => assert.equal(noTextWords(null), ''));
});
