import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../extension/', import.meta.url));
const read = (path) => readFileSync(FOLDER + path, 'utf8');
const [en, nl] = ['en', 'nl'].map((language) => JSON.parse(read(`_locales/${language}/messages.json`)));
const sources = readdirSync(FOLDER, { recursive: true }).filter((path) => /\.(js|html|json)$/.test(path));
const code = sources
  .filter((path) => !path.startsWith('_locales'))
  .map(read)
  .join('\n');

/** Keys that are put together from a state or a name: each prefix with what may follow it. */
const MADE =
  /^(state|status|failed|pairing|menu|trouble|words|minutes_to_read|later_views|standing|holdup|no_text|failed_asking)_/;

function namedKeys() {
  const found = [/\bt\(\s*'([a-z0-9_]+)'/g, /data-i18n(?:-\w+)?="([a-z0-9_]+)"/g, /__MSG_([a-z0-9_]+)__/g]
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map((match) => match[1]);
  const counted = [...code.matchAll(/\bplural\('([a-z_]+)'/g)].flatMap(([, key]) => [`${key}_one`, `${key}_other`]);
  return new Set([...found, ...counted]);
}

describe('the words of the extension', () => {
  it('are complete in English and in Dutch', () => {
    assert.deepEqual(Object.keys(nl).sort(), Object.keys(en).sort());
    for (const [key, { message }] of Object.entries({ ...en, ...nl })) assert.ok(message.trim(), key);
  });

  it('name the same placeholders in both', () => {
    for (const [key, { message, placeholders }] of Object.entries(en)) {
      assert.deepEqual(nl[key].placeholders, placeholders, key);
      const names = (text) => (text.match(/\$[A-Z]+\$/g) ?? []).sort();
      if (!/_one$/.test(key)) assert.deepEqual(names(nl[key].message), names(message), key);
    }
  });

  it('exist for every key that is used', () => {
    for (const key of namedKeys()) assert.ok(key in en, key);
  });

  it('are all used', () => {
    const used = namedKeys();
    const left = Object.keys(en).filter((key) => !used.has(key) && !MADE.test(key) && !code.includes(`'${key}'`));
    assert.deepEqual(left, []);
  });

  it('stand in the locales only: no page holds text of its own', () => {
    for (const path of sources.filter((each) => each.endsWith('.html'))) {
      const text = read(path)
        .replace(/<(title|style|defs)[\s\S]*?<\/\1>/g, '')
        .replace(/<[^>]*>/g, ' ');
      const words = text.match(/\p{L}{2,}/gu) ?? [];
      assert.deepEqual(
        words.filter((word) => word !== 'Kwartier'),
        [],
        path,
      );
    }
  });
});
