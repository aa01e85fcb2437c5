import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { identityUrl, TRACKING_PARAMETERS, TRACKING_PREFIXES } from '../../extension/identity.js';

const places = ['identity-cases.json', 'examples/identity-cases.json'];
const shared = places
  .map((place) => new URL(`../../shared_schema/${place}`, import.meta.url))
  .map(load)
  .find(Boolean);

function load(place) {
  try {
    return JSON.parse(readFileSync(place, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

describe('the identity of a page is decided as the companion decides it', () => {
  for (const { url, canonical, identity } of shared.cases) {
    it(`${url}${canonical ? ` with canonical ${canonical}` : ''} is ${identity}`, () => {
      assert.equal(identityUrl(url, canonical), identity);
      assert.equal(identityUrl(identity), identity, 'an identity is its own identity');
    });
  }

  it('the same parameters count as tracking', () => {
    for (const name of shared.tracking_parameters) assert.ok(TRACKING_PARAMETERS.has(name), name);
    assert.deepEqual(new Set(TRACKING_PREFIXES), new Set(shared.tracking_prefixes));
  });
});
