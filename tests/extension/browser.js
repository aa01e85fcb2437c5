/** A browser for the tests: the parts of its extension API that the modules use, kept in memory. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';

const WORDS = JSON.parse(readFileSync(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8'));

/** An event of the extension API. */
class Happening {
  listeners = [];
  addListener(listener) {
    this.listeners.push(listener);
  }
  fire(...details) {
    this.listeners.forEach((listener) => listener(...details));
  }
}

const kept = new Map();
const alarms = new Map();
const badge = { text: '' };
const opened = [];
const storageChanged = new Happening();

const local = {
  async get(keys) {
    const wanted = keys === null ? [...kept.keys()] : [keys].flat();
    return structuredClone(
      Object.fromEntries(wanted.filter((key) => kept.has(key)).map((key) => [key, kept.get(key)])),
    );
  },
  async set(values) {
    const changes = {};
    for (const [key, newValue] of Object.entries(structuredClone(values))) {
      changes[key] = { oldValue: kept.get(key), newValue };
      kept.set(key, newValue);
    }
    storageChanged.fire(changes, 'local');
  },
  async remove(key) {
    const changes = { [key]: { oldValue: kept.get(key) } };
    kept.delete(key);
    storageChanged.fire(changes, 'local');
  },
};

Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en-GB', 'en'], userAgent: '' } });

globalThis.chrome = {
  storage: { local, onChanged: storageChanged },
  alarms: {
    create: async (name, when) => alarms.set(name, when),
    clear: async (name) => alarms.delete(name),
  },
  action: {
    setBadgeText: async ({ text }) => {
      badge.text = text;
    },
    setBadgeBackgroundColor: async () => {},
    setBadgeTextColor: async () => {},
  },
  tabs: { create: async ({ url }) => opened.push(url) },
  i18n: { getMessage: (key) => WORDS[key]?.message ?? '' },
  runtime: { getManifest: () => ({ version: '0.1.0' }) },
};

/** No test reaches a Kwartier that happens to run on this computer. */
const reach = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  if (/:77(15|16|17|18|19)\//.test(address)) throw new TypeError('fetch failed');
  return reach(address, options);
};

/** What the tests look at. */
export const seen = { kept, alarms, badge, opened };

/** A browser as it is after installing: nothing kept, nothing waiting. */
export async function reset() {
  kept.clear();
  alarms.clear();
  opened.length = 0;
  badge.text = '';
  const database = await import('../../extension/database.js');
  for (const entry of await database.entries()) await database.remove(entry.id);
}

/** Waits until something holds. */
export async function until(holds, patience = 3000) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
