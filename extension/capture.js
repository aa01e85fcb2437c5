/** Reads the page or the PDF the user is looking at, and makes a capture of it. */
import { api } from './api.js';
import { copyPage } from './page_copy.js';
import { readPage } from './page_reader.js';
import { readTranscript } from './page_transcript.js';
import { readPdf } from './pdf_reader.js';
import { POST_PLACES, VIDEO_PLACES } from './places.js';
import * as settings from './settings.js';

/** @typedef {import('./types').Page} Page */
/** @typedef {import('./types').Tab} Tab */
/** @typedef {import('./types').CaptureBody} CaptureBody */

const HTML_LIMIT = 5_000_000;
/** Bytes: as many as a request holds in base64. A larger one the companion fetches by its address. */
const PDF_LIMIT = 5_900_000;
const TRIES = 6;
const PAUSE = 50;
/** In Chromium the grant of a click can become usable some 20 ms after the click itself. */
const NOT_YET = /Cannot access contents/;

/**
 * @param {Tab} tab
 * @returns {Promise<Page | null>} null for pages no extension may read, and for the companion's own
 */
export async function read(tab) {
  if (tab.url !== undefined && !(await isForeignPage(tab.url))) return null;
  const page = await inside(tab.id, readPage, [POST_PLACES.source, VIDEO_PLACES.source]);
  if (page && !(await isForeignPage(page.url))) return null;
  // A PDF tells its title to the tab alone.
  if (page) return tidy({ ...page, title: page.title || (tab.title ?? ''), ...(await contentOf(tab.id, page)) });
  return tab.url && isPdf(tab.url, tab.title ?? '') ? linkTo(tab.url, tab.title ?? '', 'pdf') : null;
}

/**
 * What is in the page. Where it cannot be had, the click keeps a link rather than nothing.
 * @param {number} tabId @param {Pick<Page, 'reads'>} page @returns {Promise<Pick<Page, 'html' | 'pdf'>>}
 */
async function contentOf(tabId, { reads }) {
  if (reads === 'pdf') return { html: null, pdf: await inside(tabId, readPdf, [PDF_LIMIT]) };
  const said = reads === 'video' ? await inside(tabId, readTranscript, []) : null;
  return { html: await inside(tabId, copyPage, [HTML_LIMIT, said ?? []]), pdf: null };
}

/** @param {string} address */
async function isForeignPage(address) {
  if (!/^https?:/.test(address)) return false;
  const { hostname, port } = new URL(address);
  const { port: known, pairing, asking } = await settings.all();
  const ours = [known, pairing?.port, asking?.port].filter((each) => each != null).map(String);
  return !(hostname === '127.0.0.1' && ours.includes(port));
}

/**
 * Runs a function inside the page.
 * @template {unknown[]} Args
 * @template Result
 * @param {number} tabId
 * @param {(...args: Args) => Result} func
 * @param {Args} args
 * @returns {Promise<Awaited<Result> | null>} null for a page that no extension may read
 */
async function inside(tabId, func, args) {
  for (let tries = 1; ; tries += 1) {
    try {
      const [frame] = await api.scripting.executeScript({ target: { tabId }, func, args });
      return frame?.result ?? null;
    } catch (error) {
      // What stays closed (the browser's own pages, its store) is not ours to read: the caller shows today only.
      if (tries === TRIES || !NOT_YET.test(String(error))) return null;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/**
 * By its address and title: in Firefox a PDF tells nothing else.
 * @param {string} address @param {string} title
 */
function isPdf(address, title) {
  const { pathname } = new URL(address);
  return /\.pdf$|\/pdf\/./i.test(pathname) || /\.pdf$/i.test(title.trim());
}

/** @param {Page} page @returns {Page} within what a capture may hold */
function tidy(page) {
  return {
    ...page,
    url: webAddress(page.url) ?? page.url,
    canonical: page.canonical && webAddress(page.canonical),
    title: page.title.slice(0, 2000),
    lang: page.lang && page.lang.length <= 35 ? page.lang : null,
  };
}

/**
 * @param {string} address
 * @returns {string | null} the address without user name, password or a query beyond measure; null if it is no web address
 */
export function webAddress(address) {
  if (!URL.canParse(address)) return null;
  const parsed = new URL(address);
  if (!/^https?:$/.test(parsed.protocol)) return null;
  parsed.username = '';
  parsed.password = '';
  return parsed.href.length <= 2000 ? parsed.href : (parsed.origin + parsed.pathname).slice(0, 2000);
}

/**
 * A page known by its address only.
 * @param {string} url @param {string} title @param {Page['reads']} [reads] @returns {Page}
 */
export function linkTo(url, title, reads = null) {
  const { hostname, pathname } = new URL(url);
  const words = (title || hostname + pathname).slice(0, 2000);
  return { url, canonical: null, title: words, lang: null, html: null, pdf: null, quote: null, reads };
}

/** @param {Page} page @param {string} [id] @returns {CaptureBody} */
export function captureOf(page, id = crypto.randomUUID()) {
  return {
    id,
    url: page.url,
    ...(page.canonical ? { canonical_url: page.canonical } : {}),
    title: page.title,
    ...(page.lang ? { lang: page.lang } : {}),
    ...(page.quote ? { quotes: [page.quote] } : {}),
    captured_at: new Date().toISOString(),
    client: { name: 'Kwartier for browsers', version: api.runtime.getManifest().version },
  };
}
