/**
 * What a page is: its address, title and kind, and the passage selected in it. The function runs inside the page, handed
 * over by scripting.executeScript. It is copied there as text, so it uses nothing from outside itself. It changes nothing
 * in the page and sends nothing anywhere.
 */

/**
 * @param {string} postPlaces where posts are, as the source of a pattern: no pattern itself gets into a page
 * @param {string} videoPlaces where videos are, likewise; both of places.js
 * @returns {import('./types').Page} without its content, which page_copy.js and pdf_reader.js bring
 */
export function readPage(postPlaces, videoPlaces) {
  const ARTICLES = /(^|:)(\w*Article|BlogPosting|Report|Review|OpinionNewsArticle)$/;
  const POSTS = /(^|:)(SocialMediaPosting|DiscussionForumPosting)$/;
  const COLLECTIONS = /(^|:)(CollectionPage|SearchResultsPage|ItemList)$/;
  const LISTS =
    /^\/(?:[a-z]{2}(?:-[a-z]{2})?)?\/?$|\/(search|zoeken|zoek|feed|tag|tags|category|categorie|archive|archief)\/?$|^\/(tag|tags|category|categorie|author|auteur)\//i;
  const ENOUGH_WORDS = 150;

  /** @param {string} selector @param {string} name */
  const attribute = (selector, name) => document.querySelector(selector)?.getAttribute(name)?.trim() || null;

  /** @param {unknown} node @param {number} depth @returns {string[]} the types a JSON-LD node and its graph declare */
  const typesOf = (node, depth) => {
    if (typeof node !== 'object' || node === null || depth > 4) return [];
    if (Array.isArray(node)) return node.flatMap((each) => typesOf(each, depth + 1));
    const { '@type': types, '@graph': graph, mainEntity } = /** @type {Record<string, unknown>} */ (node);
    return [types]
      .flat()
      .map(String)
      .concat(typesOf(graph, depth + 1), typesOf(mainEntity, depth + 1));
  };

  const declaredTypes = () =>
    [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) => {
      try {
        return typesOf(JSON.parse(script.textContent ?? ''), 0);
      } catch (error) {
        // A page's broken metadata says nothing about it; the other signs decide.
        if (error instanceof SyntaxError) return [];
        throw error;
      }
    });

  /** @param {ParentNode} part @returns {ParentNode[]} with the shadow trees and the frames of this site that lie in it */
  const partsOf = (part) => {
    const parts = [part];
    for (const each of part.querySelectorAll('*')) {
      const inner = each.shadowRoot ?? (each.localName === 'iframe' && frameIn(each));
      if (inner) parts.push(...partsOf(inner));
    }
    return parts;
  };

  /** @param {Element} frame */
  const frameIn = (frame) => /** @type {HTMLIFrameElement} */ (frame).contentDocument;

  /** @param {ParentNode} part */
  const wordsIn = (part) =>
    partsOf(part)
      .flatMap((each) => [...each.querySelectorAll('p')])
      .map((paragraph) => (paragraph.textContent ?? '').trim())
      .filter((text) => text.length > 60)
      .reduce((sum, text) => sum + text.split(/\s+/).length, 0);

  const looksWritten = () => {
    const articles = partsOf(document)
      .flatMap((part) => [...part.querySelectorAll('article')])
      .filter((each) => !each.parentElement?.closest('article'));
    const long = articles.filter((each) => wordsIn(each) >= ENOUGH_WORDS);
    if (long.length === 1) return true;
    return articles.length < 3 && wordsIn(document) >= 2 * ENOUGH_WORDS;
  };

  /** @returns {'article' | 'post' | 'video' | 'pdf' | null} */
  const reads = () => {
    if (document.contentType === 'application/pdf') return 'pdf';
    const place = location.href.slice(location.href.indexOf('://') + 3);
    if (new RegExp(postPlaces, 'i').test(place)) return 'post';
    if (new RegExp(videoPlaces, 'i').test(place)) return 'video';
    if (LISTS.test(location.pathname) || isSearch()) return null;
    return declaredKind();
  };

  const isSearch = () => /[?&](q|query|search|zoek|s)=/.test(location.search) && !looksWritten();

  const declaredKind = () => {
    const types = declaredTypes();
    /** @param {RegExp} pattern */
    const declares = (pattern) => types.some((type) => pattern.test(type));
    const shared = attribute('meta[property="og:type"]', 'content') ?? '';
    if (declares(POSTS)) return 'post';
    if (declares(ARTICLES) || shared === 'article') return 'article';
    if (/^video/.test(shared) || declares(/(^|:)VideoObject$/)) return 'video';
    return !declares(COLLECTIONS) && looksWritten() ? 'article' : null;
  };

  /** @param {string} words */
  const escaped = (words) => encodeURIComponent(words).replace(/-/g, '%2D');

  /** @param {string} text @returns {string} where browsers find the passage again */
  const fragment = (text) => {
    const words = text.split(/\s+/);
    const whole = words.length <= 12 && !text.includes('\n');
    const ends = [words.slice(0, 5), words.slice(-5)].map((few) => escaped(few.join(' ')));
    return `:~:text=${whole ? escaped(words.join(' ')) : ends.join(',')}`.slice(0, 2000);
  };

  const quote = () => {
    const text = (getSelection()?.toString() ?? '').trim().slice(0, 10_000);
    return text ? { text, fragment: fragment(text) } : null;
  };

  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel~="canonical"][href]'));
  return {
    url: location.href,
    canonical: canonical?.href ?? null,
    title: (document.title || attribute('meta[property="og:title"]', 'content') || '').trim(),
    lang: document.documentElement.lang || null,
    html: null,
    pdf: null,
    quote: quote(),
    reads: reads(),
  };
}
