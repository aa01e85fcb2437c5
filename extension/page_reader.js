/**
 * The one function that runs inside a page, handed over by scripting.executeScript. It is copied there as text, so it
 * uses nothing from outside itself. It changes nothing in the page and sends nothing anywhere.
 */

/**
 * @param {number} limit how many bytes of HTML may leave the page, in UTF-8
 * @returns {import('./types').Page}
 */
export function readPage(limit) {
  const ARTICLES = /(^|:)(\w*Article|BlogPosting|Report|Review|OpinionNewsArticle)$/;
  const POSTS = /(^|:)(SocialMediaPosting|DiscussionForumPosting)$/;
  const COLLECTIONS = /(^|:)(CollectionPage|SearchResultsPage|ItemList)$/;
  const POST_PLACES =
    /linkedin\.com\/(posts\/|feed\/update\/)|(twitter|x)\.com\/\w+\/status\/\d|bsky\.app\/profile\/[^/]+\/post\/|\/@\w+\/\d{8,}/;
  const VIDEO_PLACES = /youtube\.com\/watch\?|youtu\.be\/.|vimeo\.com\/\d+/;
  const LISTS =
    /^\/(?:[a-z]{2}(?:-[a-z]{2})?)?\/?$|\/(search|zoeken|zoek|feed|tag|tags|category|categorie|archive|archief)\/?$|^\/(tag|tags|category|categorie|author|auteur)\//i;
  const ENOUGH_WORDS = 150;

  /** @param {string} selector @param {string} name */
  const attribute = (selector, name) => document.querySelector(selector)?.getAttribute(name)?.trim() || null;

  /** @param {string} html */
  const bytes = (html) => new TextEncoder().encode(html).length;

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

  /** @param {ParentNode} part */
  const wordsIn = (part) =>
    [...part.querySelectorAll('p')]
      .map((paragraph) => (paragraph.textContent ?? '').trim())
      .filter((text) => text.length > 60)
      .reduce((sum, text) => sum + text.split(/\s+/).length, 0);

  const looksWritten = () => {
    const articles = [...document.querySelectorAll('article')].filter(
      (each) => !each.parentElement?.closest('article'),
    );
    const long = articles.filter((each) => wordsIn(each) >= ENOUGH_WORDS);
    if (long.length === 1) return true;
    return articles.length < 3 && wordsIn(document) >= 2 * ENOUGH_WORDS;
  };

  /** @returns {'article' | 'post' | 'video' | 'pdf' | null} */
  const reads = () => {
    if (document.contentType === 'application/pdf') return 'pdf';
    const place = location.host + location.pathname + location.search;
    if (POST_PLACES.test(place)) return 'post';
    if (VIDEO_PLACES.test(place)) return 'video';
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

  /** The page as parsed, without what is no content; in a document of its own, where nothing loads or runs. */
  const cleanCopy = () => {
    const copy = document.implementation.createHTMLDocument('').importNode(document.documentElement, true);
    copy.querySelectorAll('script:not([type="application/ld+json"]), style').forEach((each) => each.remove());
    copy.querySelectorAll('svg').forEach((each) => each.replaceChildren());
    const comments = copy.ownerDocument.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (comments.nextNode()) found.push(comments.currentNode);
    found.forEach((comment) => comment.parentNode?.removeChild(comment));
    return copy;
  };

  /** @param {HTMLElement} copy */
  const dropEmbedded = (copy) => {
    copy.querySelectorAll('[src^="data:"], [srcset^="data:"]').forEach((each) => {
      each.removeAttribute('src');
      each.removeAttribute('srcset');
    });
  };

  /** @param {HTMLElement} copy */
  const dropSurroundings = (copy) => {
    copy
      .querySelectorAll('iframe, noscript, template, nav, aside, footer, form, dialog')
      .forEach((each) => each.remove());
  };

  /** @param {HTMLElement} copy */
  const keepMain = (copy) => {
    const main = copy.querySelector('article') ?? copy.querySelector('main');
    if (main) copy.querySelector('body')?.replaceChildren(main);
  };

  const markup = (/** @type {HTMLElement} */ copy) => `<!doctype html>${copy.outerHTML}`;

  /** @param {string} html */
  const cutOff = (html) => new TextDecoder().decode(new TextEncoder().encode(html).slice(0, limit - 4));

  const html = () => {
    const copy = cleanCopy();
    let kept = markup(copy);
    for (const lighten of [dropEmbedded, dropSurroundings, keepMain]) {
      if (bytes(kept) <= limit) return kept;
      lighten(copy);
      kept = markup(copy);
    }
    return bytes(kept) <= limit ? kept : cutOff(kept);
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
  const kind = reads();
  return {
    url: location.href,
    canonical: canonical?.href ?? null,
    title: (document.title || attribute('meta[property="og:title"]', 'content') || '').trim(),
    lang: document.documentElement.lang || null,
    html: kind === 'pdf' ? null : html(),
    quote: quote(),
    reads: kind,
  };
}
