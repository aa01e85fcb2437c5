/** Listens, and hands on. Nothing is remembered here: the browser may end this worker at any moment. */
import { api } from './api.js';
import * as badge from './badge.js';
import * as companion from './companion.js';
import * as curation from './curation.js';
import * as drafts from './drafts.js';
import * as items from './items.js';
import * as menus from './menus.js';
import * as outbox from './outbox.js';
import * as pairing from './pairing.js';
import * as queue from './queue.js';
import * as settings from './settings.js';
import { unlessStorage } from './storage_failure.js';
import { today } from './today.js';
import * as tracker from './tracker/tracker.js';
import { outboxView, viewOf } from './view.js';
import * as wake from './wake.js';

/** What the extension's own pages may ask for. @type {Record<string, (message: any) => Promise<unknown>>} */
const HANDLERS = {
  open: ({ tab, click }) => curation.open(tab, click),
  save: ({ tab, click }) => curation.save(tab, click),
  view: ({ shown }) => viewOf(shown),
  today,
  undo: ({ shown }) => curation.undo(shown),
  place: ({ shown, slot }) => items.place({ ...shown, slot }),
  unplace: ({ shown }) => items.unplace(shown),
  'put-back': ({ shown }) => items.putBack(shown),
  week: () => curation.openWeek(),
  look: () => companion.look(),
  flush: () => outbox.flush(),
  retry: ({ id }) => queue.retry(id).then(outbox.flush),
  remove: ({ id }) => drafts.discard(id),
  outbox: outboxView,
  links: () => items.linksWithoutText(),
  ask: () => pairing.ask(),
  'show-pairing': () => pairing.showPage(),
};

/** What a page with our clock in it may say, and nothing else. @type {typeof HANDLERS} */
const PAGE_HANDLERS = {
  time: ({ key, segment }) => tracker.keep(key, segment),
};

api.runtime.onMessage.addListener((message, sender, reply) => {
  const isOwnPage = sender.url?.startsWith(api.runtime.getURL('')) ?? false;
  const handler = (isOwnPage ? HANDLERS : PAGE_HANDLERS)[message?.type];
  if (sender.id !== api.runtime.id || !handler) return false;
  handler(message).then(
    (value) => reply({ value }),
    (error) => reply({ error: String(error) }),
  );
  return true;
});

api.runtime.onInstalled.addListener(({ reason }) => {
  void menus.create();
  // An update ended the worker that was sending.
  if (reason === 'update') void outbox.flush();
  if (reason === 'install') void api.tabs.create({ url: api.runtime.getURL('welcome/welcome.html') });
});

api.runtime.onStartup.addListener(() => void outbox.flush());

api.alarms.onAlarm.addListener(({ name }) => {
  if (name === wake.ALARM) void outbox.flush();
  if (name === pairing.ALARM) void pairing.poll();
});

api.commands.onCommand.addListener((command, tab) => {
  if (command === 'curate-silently' && tab) void silently(saveTab(tab));
});

api.contextMenus.onClicked.addListener((info, tab) => {
  if (info.menuItemId === 'curate_link') void silently(curation.saveLink(info.linkUrl ?? '', linkText(info)));
  else if (tab) void silently(saveTab(tab));
});

settings.watchDrafts(drafts.forwardSoon);

settings.watch((names) => {
  if (names.some((name) => ['revision', 'asking', 'needsPairing', 'stranger'].includes(name))) void badge.refresh();
  if (names.includes('pairing')) void outbox.flush();
});

/** @param {chrome.tabs.Tab} tab */
function saveTab({ id = -1, url, title, incognito }) {
  return curation.save({ id, url, title, incognito });
}

/** Firefox tells the words of a link, Chromium does not. @param {chrome.contextMenus.OnClickData} info */
function linkText(info) {
  return 'linkText' in info ? String(info.linkText) : '';
}

/** A tick on the icon says that it was kept. @param {Promise<import('./types').View | null>} saving */
async function silently(saving) {
  const view = await saving.catch(unlessStorage);
  if (view === undefined || view?.state === 'full' || view?.failed === 'keeping') return badge.warnFull();
  const isKept = view && !['browser-page', 'ask', 'parked'].includes(view.state);
  await (isKept ? badge.flash() : badge.refresh());
}

/** What an earlier worker may have left. */
async function pickUp() {
  await badge.refresh();
  void pairing.poll();
  await drafts.forwardAll();
  await outbox.flush();
}

void pickUp();
