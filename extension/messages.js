/** The words of the extension, in the language of the browser; the texts are in _locales. */
import { api } from './api.js';

/** @param {string} key @param {...(string | number)} values */
export function t(key, ...values) {
  return api.i18n.getMessage(key, values.map(String)) || key;
}

/**
 * The language that dates follow, and that the companion answers in: that of the words, as the user writes it (British
 * dates for British English). The browser's list is asked, since Chromium's worker names the wrong UI language.
 */
export function language() {
  const spoken = t('language_code');
  return navigator.languages.find((wanted) => wanted.split('-')[0] === spoken) ?? spoken;
}

/** A text that differs for one and for more. @param {string} key @param {number} count */
export function plural(key, count) {
  const form = new Intl.PluralRules(language()).select(count) === 'one' ? 'one' : 'other';
  return t(`${key}_${form}`, new Intl.NumberFormat(language()).format(count));
}

/** The attributes that may hold words, by the data attribute that names their text. */
const ATTRIBUTES = /** @type {const} */ ([
  ['i18nLabel', 'aria-label'],
  ['i18nTitle', 'title'],
]);

/** Fills every element that names a text. */
export function localise() {
  document.documentElement.lang = t('language_code');
  for (const element of document.querySelectorAll('[data-i18n], [data-i18n-label], [data-i18n-title]')) {
    const { dataset } = /** @type {HTMLElement} */ (element);
    if (dataset.i18n) element.textContent = t(dataset.i18n);
    for (const [name, attribute] of ATTRIBUTES) {
      const key = dataset[name];
      if (key) element.setAttribute(attribute, t(key));
    }
  }
}
