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
const badge = { text: '', title: '' };
const page = { told: {}, spoken: null };
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

function filled({ message = '', placeholders = {} } = {}, values) {
  return message.replace(/\$(\w+)\$/g, (_, name) => values[placeholders[name.toLowerCase()].content.slice(1) - 1]);
}

Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en-GB', 'en'], userAgent: '' } });

globalThis.chrome = {
  storage: { local, onChanged: storageChanged },
  alarms: {
    create: async (name, when) => alarms.set(name, when),
    clear: async (name) => alarms.delete(name),
    onAlarm: new Happening(),
  },
  action: {
    setBadgeText: async ({ text }) => {
      badge.text = text;
    },
    setTitle: async ({ title }) => {
      badge.title = title;
    },
    setBadgeBackgroundColor: async () => {},
    setBadgeTextColor: async () => {},
  },
  tabs: { create: async ({ url }) => opened.push(url) },
  i18n: { getMessage: (key, values = []) => filled(WORDS[key], values) },
  contextMenus: { removeAll: async () => {}, create: () => {}, onClicked: new Happening() },
  commands: { onCommand: new Happening() },
  // What is read of the page in front of the user; its clock is not started.
  scripting: { executeScript: async ({ func }) => [{ result: page.told[func.name] }] },
  runtime: {
    id: 'kwartier',
    getManifest: () => ({ version: '1' }),
    getURL: (path) => `chrome-extension://kwartier/${path}`,
    sendMessage: (message) => page.spoken(message),
    onMessage: new Happening(),
    onInstalled: new Happening(),
    onStartup: new Happening(),
  },
};

/** No test reaches a Kwartier that happens to run on this computer. */
const reach = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  if (/:77(15|16|17|18|19)\//.test(address)) throw new TypeError('fetch failed');
  return reach(address, options);
};

/** What the tests look at. */
export const seen = { kept, alarms, badge, opened };

/** The page in front of the user, as the functions that run inside it tell it. */
export function inFront({
  url,
  title = 'A story',
  html = `<p>${title}</p>`,
  pdf = null,
  quote = null,
  reads = 'article',
}) {
  const readPage = { url, canonical: null, title, lang: 'en', html: null, pdf: null, quote, reads };
  page.told = { readPage, copyPage: html, readPdf: pdf };
  return { id: 1, url, title };
}

/** A tab into which no extension is let: a page of the browser's own, or in Firefox a PDF. */
export function closed({ url, title = '' }) {
  page.told = {};
  return { id: 1, url, title };
}

const { transaction: begin } = IDBDatabase.prototype;
const { put } = IDBObjectStore.prototype;
const { set } = local;

/** As browsers say that IndexedDB cannot write: Firefox, and Chromium at a page, at anything, and at the opening. */
export const WRITE_FAILURES = ['QuotaExceededError', 'DataError', 'UnknownError', 'InvalidStateError'];

/** Lets the browser write nothing to these stores, until `writesAgain`. */
export function writesNothing(stores = ['entries', 'pages', 'receipts'], failure = 'QuotaExceededError') {
  IDBObjectStore.prototype.put = function (value) {
    const request = put.call(this, value);
    if (stores.includes(this.name)) this.transaction._abort(failure);
    return request;
  };
}

/** Lets the browser open no transaction for so many times. */
export function refusesTransactions(times, failure = 'InvalidStateError') {
  let refused = 0;
  IDBDatabase.prototype.transaction = function (...asked) {
    refused += 1;
    if (refused > times) return begin.apply(this, asked);
    throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.', failure);
  };
}

export function writesAgain() {
  IDBObjectStore.prototype.put = put;
  IDBDatabase.prototype.transaction = begin;
  local.set = set;
}

/** Lets `storage.local` write nothing, which browsers say by a plain error. */
export function remembersNothing() {
  local.set = async () => {
    throw new Error('IO error: No space left on device');
  };
}

/** What the background answers to the pages of the extension. */
export function backgroundAnswers(answer) {
  page.spoken = answer;
}

/** A browser as it is after installing: nothing kept, nothing waiting, and nobody who listens to what is stored. */
export async function reset() {
  kept.clear();
  storageChanged.listeners.length = 0;
  alarms.clear();
  opened.length = 0;
  badge.text = '';
  badge.title = '';
  page.told = {};
  const database = await import('../../extension/database.js');
  for (const entry of await database.entries()) await database.remove(entry.id);
  for (const receipt of await database.receipts()) await database.removeReceipt(receipt.identity);
}

/** Waits until something holds. */
export async function until(holds, patience = 3000) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
