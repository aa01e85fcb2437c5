/** Dates, languages and lines of facts, as the user's language writes them. */
import { language, plural, t } from '../messages.js';

/** @typedef {import('../types').Item} Item */
/** @typedef {import('../types').Slot} Slot */

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}

/** A slot's own wall time, wherever it is looked at, as it begins a line. @param {Slot} slot */
export function slotHeading(slot) {
  return capital(slotTime(slot));
}

/** The same within a sentence: "Thursday 26 Nov, 08:40". @param {Slot} slot */
export function slotTime(slot) {
  const day = new Intl.DateTimeFormat(language(), {
    weekday: 'long',
    day: 'numeric',
    month: 'short',
    timeZone: slot.zone,
  });
  const time = new Intl.DateTimeFormat(language(), { timeStyle: 'short', hourCycle: 'h23', timeZone: slot.zone });
  const moment = new Date(slot.starts_at);
  return `${day.format(moment)}, ${time.format(moment)}`;
}

/** @param {string} instant */
export function dateOf(instant) {
  return new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(instant),
  );
}

/** @param {string} text @returns {string} "13 words" */
export function wordCount(text) {
  const words = text.trim().split(/\s+/).filter(Boolean).length;
  return words ? plural('words', words) : t('words_none');
}

/** Site, minutes and language in one line. @param {Item['article']} article */
export function factsOf({ url, site_name, kind, reading_minutes, language: code }) {
  const minutes = reading_minutes ? minutesOf(kind, reading_minutes) : '';
  return [site_name || siteOf(url), minutes, code ? languageName(code) : ''].filter(Boolean).join(' · ');
}

/** @param {Item['article']['kind']} kind @param {number} count */
function minutesOf(kind, count) {
  return kind === 'video' ? plural('minutes_to_watch', count) : plural('minutes_to_read', count);
}

/** @param {string} url */
export function siteOf(url) {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}

/** @param {string} code */
function languageName(code) {
  const names = new Intl.DisplayNames(language(), { type: 'language', fallback: 'none' });
  try {
    return capital(names.of(code.split(/[-_]/)[0] ?? '') ?? '');
  } catch (error) {
    // A page may declare anything as its language; what is no language code is not shown.
    if (error instanceof RangeError) return '';
    throw error;
  }
}

/** What there is to know about an item that was there already. @param {Item} item @param {boolean} offline */
export function noteOn(item, offline) {
  const published = item.status === 'published' && item.published_at;
  const lines = [
    published ? t('published_on', dateOf(published)) : t('saved_on', dateOf(item.captured_at)),
    item.later_views.length ? plural('later_views', item.later_views.length) : '',
    offline ? t('as_last_seen') : '',
  ];
  return lines.filter(Boolean).join(' ');
}

/**
 * Reasons of which the words say all: a click on the page would hardly mend them, or they tell of it themselves.
 * @type {import('../types').NoText[]}
 */
const SAY_ALL = [
  'link-only',
  'did-not-fit',
  'waiting',
  'no_article',
  'login',
  'wall',
  'locked',
  'scanned',
  'unreadable',
];

/** @param {import('../types').NoText} why @returns {string} empty where there is a text */
export function noTextReason(why) {
  return why ? t(`no_text_${why.replaceAll('-', '_')}`) : '';
}

/** The same with what to do about it, for who is not on that page. @param {import('../types').NoText} why */
export function noTextWords(why) {
  const words = noTextReason(why);
  return !why || SAY_ALL.includes(why) ? words : `${words} ${t('no_text_click')}`;
}

/** Why what waits does not go; empty where nothing has stood in its way yet. @param {import('../types').View['holdup']} why */
export function holdupWords(why) {
  return why ? t(`holdup_${why.replace('-', '_')}`) : '';
}
