/**
 * When two addresses are one article: the identity URL, decided as the companion decides it (editorial/identity.py).
 * Both are held to the cases in shared_schema/examples/identity-cases.json. Here it finds drafts, receipts and second
 * clicks while the companion is off.
 */
import { isPlace } from './places.js';

export const TRACKING_PREFIXES = ['utm_', 'pk_', 'mtm_', 'hsa_', '__s_'];

export const TRACKING_PARAMETERS = new Set(
  `_ga _gl _hsenc _hsmi __hsfp __hssc __hstc _openstat at_campaign at_medium cmpid dclid fbclid gbraid gclid
  guccounter guce_referrer guce_referrer_sig hsctatracking igsh igshid li_fat_id lipi mc_cid mc_eid mkt_tok
  ml_subscriber ml_subscriber_hash msclkid ns_campaign ns_fee ns_linkname ns_mchannel ns_source oly_anon_id
  oly_enc_id rb_clickid rcm ref_src ref_url refid s_cid sc_cid spm srsltid trackingid trk ttclid twclid vero_conv
  vero_id wbraid wickedid wt.mc_id wt_mc yclid`
    .trim()
    .split(/\s+/),
);

/** Subdomains under which sites serve the same article to phones or caches. */
const SITE_VARIANTS = /^(www|m|mobile|amp)\./;

/** A video is told by its `v` alone; beside it stand the second, the list and who shared it. */
const WATCHED = /^([\w-]+\.)*youtube\.com\/watch$/;
/** Fragments that lead to another page of an application, not to a place in this one. */
const ROUTE = /^#!?\//;

/**
 * @param {string} url
 * @param {string | null} [canonical]
 */
export function identityUrl(url, canonical) {
  const address = new URL(url);
  const named = canonical && !isOfApplication(address) ? usable(canonical, address) : null;
  return normal(named ?? address);
}

/** Whether it leads to one of many pages of an application, which may still name its first. @param {URL} address */
function isOfApplication(address) {
  return ROUTE.test(address.hash) || isPlace(address);
}

/** @param {string} canonical @param {URL} address */
function usable(canonical, address) {
  if (!URL.canParse(canonical)) return null;
  const named = new URL(canonical);
  const namesHome = named.pathname === '/' && !named.search && address.pathname !== '/';
  return /^https?:$/.test(named.protocol) && site(named) === site(address) && !namesHome ? named : null;
}

/** @param {URL} address */
function site(address) {
  return `${address.hostname.replace(SITE_VARIANTS, '')}:${address.port}`;
}

/** @param {URL} address */
function normal(address) {
  const path = capitalEscapes(address.pathname.replace(/\/+$/, '')) || '/';
  const fragment = ROUTE.test(address.hash) ? capitalEscapes(address.hash) : '';
  const isWatched = WATCHED.test(address.hostname + path);
  const query = keptQuery(address.search, isWatched ? (pair) => pair.startsWith('v=') : Boolean);
  return `${address.protocol}//${address.host}${path}${query && `?${query}`}${fragment}`;
}

/** @param {string} search @param {(pair: string) => boolean} isKept */
function keptQuery(search, isKept) {
  const pairs = search.replace(/^\?/, '').split('&');
  return pairs
    .filter((pair) => pair && isKept(pair) && !isTracking(pair))
    .map(capitalEscapes)
    .sort(byCodePoint)
    .join('&');
}

/** @param {string} pair */
function isTracking(pair) {
  const name = ([...new URLSearchParams(pair).keys()][0] ?? '').toLowerCase();
  return TRACKING_PARAMETERS.has(name) || TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** @param {string} a @param {string} b */
function byCodePoint(a, b) {
  return a < b ? -1 : Number(a > b);
}

/** @param {string} text */
function capitalEscapes(text) {
  return text.replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}
