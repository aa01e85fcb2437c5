/**
 * The page as its reader sees it. The function runs inside the page, handed over by scripting.executeScript. It is copied
 * there as text, so it uses nothing from outside itself. It changes nothing in the page, and loads and sends nothing.
 *
 * What only a browser knows goes along as `data-kwartier` on elements of the copy:
 * - `hidden`: not displayed. `over`: laid over a page that shows little else. They stay: what counts as the article is
 *   for the companion to decide.
 * - `frame`: what a frame of the same site shows, in the frame's place. `transcript`: what is said in a video.
 * - `seen`, on the whole: all of it was looked at, so that what is not marked is displayed, or is to be unfolded.
 * The rest stays behind: what is typed or filled in, keys, what is laid over the page, as chats and consent walls are,
 * and closed shadow trees, since password managers and writing aids use them.
 */

/**
 * @param {number} limit how many bytes of HTML may leave the page, in UTF-8
 * @param {string[]} said the lines of what is said in its video, where it is there for one
 * @returns {string} the HTML
 */
export function copyPage(limit, said) {
  const MARK = 'data-kwartier';
  const UNSEEN = `[${MARK}="hidden"], [${MARK}="over"]`;
  /** To look at the style of more takes longer than a click may: from here on nothing is marked. */
  const MOST_ELEMENTS = 20_000;
  const MOST_FRAMES = 20;
  const DEEPEST_FRAME = 3;
  /** Less than this in a frame is an advertisement or a player. */
  const FEWEST_WORDS_IN_FRAME = 40;
  /** Signs, some two hundred words: a page with more is read for itself, not for its frames. */
  const LITTLE_PROSE = 1000;
  const ARTICLE = 'article, main, [role="main"], [role="article"], [itemprop="articleBody"]';
  const SURROUNDINGS = 'nav, header, footer, aside, form';
  const DIALOG = 'dialog, [role="dialog"], [role="alertdialog"], [aria-modal="true"]';
  const KEYS = ['csrf', 'xsrf', 'token', 'nonce'].map((each) => `meta[name*="${each}" i]`).join();
  const EDITABLE = '[contenteditable]:not([contenteditable="false" i])';
  /** What these alone would hide is a word or a picture. */
  const MINOR = new Set('br i img input link meta option source sub sup time wbr'.split(' '));
  /** As page_transcript.js finds them. */
  const LINE = 'ytd-transcript-segment-renderer .segment-text, p, li, [role="listitem"]';

  /** In a document of its own nothing loads or runs. */
  const inert = document.implementation.createHTMLDocument('');
  /** @type {[Element, Element][]} each element of the page and its copy; what holds others comes before them */
  const pairs = [];
  /** @type {[Element, Element, number][]} frames of the page, their copies, and how many frames they lie in */
  const frames = [];
  /** The ids of what buttons within the page's content show and hide. */
  const controlled = new Set();

  /** @param {Node} node */
  const textOf = (node) => (node.textContent ?? '').trim();

  /** @param {Element} element */
  const hasBox = (element) => element.checkVisibility({ visibilityProperty: true });

  /** @param {Node} node @returns {Node[]} copies of what it holds */
  const copiesIn = (node) => [...node.childNodes].map((each) => inert.importNode(each, true));

  /**
   * Puts what the shadow tree shows into the copy of its host, with the host's own content in the slots.
   * @param {ShadowRoot} root @param {Element} host @param {Element} copy @param {number} depth
   */
  const flatten = (root, host, copy, depth) => {
    /** @type {Map<Node, ChildNode>} */
    const own = new Map();
    host.childNodes.forEach((node, index) => own.set(node, /** @type {ChildNode} */ (copy.childNodes[index])));
    const shown = inert.createElement('div');
    shown.append(...copiesIn(root));
    const slots = shown.querySelectorAll('slot');
    look(root, shown, depth);
    root.querySelectorAll('slot').forEach((slot, index) => {
      const filled = slot.assignedNodes().flatMap((node) => own.get(node) ?? []);
      if (filled.length > 0) slots[index]?.replaceChildren(...filled);
    });
    copy.prepend(...shown.childNodes);
  };

  /** @param {Element} frame @returns {HTMLElement | null} what a frame shows, if it is of this site */
  const bodyOf = (frame) => {
    const body = /** @type {HTMLIFrameElement} */ (frame).contentDocument?.body;
    if (!body || !hasBox(frame) || isOutOfSight(frame)) return null;
    return textOf(body).split(/\s+/).length < FEWEST_WORDS_IN_FRAME ? null : body;
  };

  const openFrames = () => {
    let opened = 0;
    // Those that lie in them join the line.
    for (const [frame, copy, depth] of frames) {
      const body = copied.contains(copy) && depth < DEEPEST_FRAME && opened < MOST_FRAMES ? bodyOf(frame) : null;
      if (!body) continue;
      const shown = inert.createElement('div');
      shown.setAttribute(MARK, 'frame');
      shown.append(...copiesIn(body));
      const links = shown.querySelectorAll('a');
      body.querySelectorAll('a').forEach(({ href }, index) => href && links[index]?.setAttribute('href', href));
      copy.replaceWith(shown);
      opened += 1;
      pairs.push([frame, shown]);
      look(body, shown, depth + 1);
    }
  };

  /**
   * Goes through a part of the page beside its copy, which is still its exact likeness.
   * @param {ParentNode} part @param {ParentNode} copy @param {number} depth how many frames it lies in
   */
  const look = (part, copy, depth) => {
    // A page must not speak in our name.
    copy.querySelectorAll(`[${MARK}]`).forEach((each) => each.removeAttribute(MARK));
    const copies = copy.querySelectorAll('*');
    [...part.querySelectorAll('*')].forEach((element, index) => {
      const controls = element.getAttribute('aria-controls');
      if (controls && !element.closest(SURROUNDINGS)) controls.split(/\s+/).forEach((id) => controlled.add(id));
      if (MINOR.has(element.localName) || element.namespaceURI !== inert.documentElement.namespaceURI) return;
      const its = /** @type {Element} */ (copies[index]);
      if (element.localName === 'iframe') frames.push([element, its, depth]);
      pairs.push([element, its]);
      if (element.shadowRoot) flatten(element.shadowRoot, element, its, depth);
    });
  };

  /** Which copies show nothing, nor anything in them. */
  const findUnseen = () => {
    const gone = new Set();
    for (const [element, copy] of pairs) {
      if (hasBox(element)) continue;
      // It has no box of its own, and shows what it holds where it stands.
      const isSeen = !gone.has(copy.parentElement) && getComputedStyle(element).display === 'contents';
      if (!isSeen) gone.add(copy);
    }
    for (const [, copy] of pairs.toReversed()) {
      if (!gone.has(copy)) gone.delete(copy.parentElement);
    }
    return gone;
  };

  /** Whether it is still in the copy, and not known to be hidden. @param {Element} copy */
  const isContent = (copy) => body.contains(copy) && copy !== body && !copy.closest(UNSEEN);

  /** @param {Element} copy @param {'hidden' | 'over'} as */
  const mark = (copy, as) => {
    if (isContent(copy) && copy.localName !== 'script' && textOf(copy)) copy.setAttribute(MARK, as);
  };

  /** @param {Set<unknown>} unseen */
  const markHidden = (unseen) => {
    const outermost = pairs.filter(([, copy]) => unseen.has(copy) && !unseen.has(copy.parentElement));
    for (const [element, copy] of outermost) if (!isFolded(element, copy)) mark(copy, 'hidden');
    const written = outermost.filter(([element, copy]) => copy.matches(UNSEEN) && isWritten(element, copy));
    // A page that hides more than it shows waits for its script, or for payment: what it hides is the article.
    const hidden = written.reduce((sum, [, copy]) => sum + proseIn(copy), 0);
    if (hidden > 0 && hidden > shownProse()) written.forEach(([, copy]) => copy.removeAttribute(MARK));
  };

  /** Whether it is for a reader to unfold. @param {Element} element @param {Element} copy */
  const isFolded = (element, copy) => {
    if (element.closest('details:not([open])') || element.getAttribute('hidden') === 'until-found') return true;
    return controlled.has(element.id) && isWritten(element, copy);
  };

  /** @param {Element} element @param {Element} copy */
  const isWritten = (element, copy) =>
    proseIn(copy) > 60 &&
    !element.closest(`${SURROUNDINGS}, ${DIALOG}`) &&
    getComputedStyle(element).position !== 'fixed';

  /** @param {Element} copy */
  const signsIn = (copy) => textOf(copy).replace(/\s+/g, '').length;

  /** How many signs stand in it that lead nowhere else. @param {Element} copy */
  const proseIn = (copy) =>
    [...copy.querySelectorAll('a, button, select, script')].reduce((rest, each) => rest - signsIn(each), signsIn(copy));

  const shownProse = () =>
    [...body.querySelectorAll(UNSEEN)].reduce((rest, each) => rest - proseIn(each), proseIn(body));

  /**
   * Leaves out what lies over the page, and marks what is written for readers of screens alone, where nobody sees it.
   * @param {Set<unknown>} unseen
   */
  const dropOver = (unseen) => {
    let shown = shownProse();
    for (const [element, copy] of pairs) {
      // The style of what is not displayed has to be worked out first: that takes as long as all the rest.
      if (unseen.has(copy)) continue;
      const style = getComputedStyle(element);
      if (style.position === 'static' || style.position === 'relative' || !isContent(copy)) continue;
      if (!isLaidOver(element, style)) {
        if (isOutOfSight(element)) mark(copy, 'hidden');
        continue;
      }
      const prose = proseIn(copy);
      const isMost = prose > (shown * 2) / 3;
      // An article opened in a dialog, or a page all in one fixed element.
      if (prose > 500 && (isMost || copy.querySelector(ARTICLE))) continue;
      shown -= prose;
      if (isMost) mark(copy, 'over');
      else copy.remove();
    }
  };

  /** @param {Element} element @param {CSSStyleDeclaration} style */
  const isLaidOver = (element, style) => {
    if (style.position === 'sticky') return style.top === 'auto' && style.bottom !== 'auto';
    return style.position === 'fixed' || element.matches(DIALOG);
  };

  /** @param {Element} element */
  const isOutOfSight = (element) => {
    const { width, height, right, bottom } = element.getBoundingClientRect();
    return (width <= 1 && height <= 1) || right + scrollX <= 0 || bottom + scrollY <= 0;
  };

  /** @param {string} selector */
  const drop = (selector) => copied.querySelectorAll(selector).forEach((each) => each.remove());

  /** @param {string} selector @param {string[]} names of attributes */
  const strip = (selector, ...names) =>
    copied.querySelectorAll(selector).forEach((each) => names.forEach((name) => each.removeAttribute(name)));

  const dropCodeAndInput = () => {
    drop(`script:not([type="application/ld+json"]), style, template, input[type="hidden" i], ${KEYS}`);
    strip('input, iframe', 'value', 'srcdoc');
    copied.querySelectorAll('svg, textarea').forEach((each) => each.replaceChildren());
    // They stand in for a script that ran.
    if (![...document.querySelectorAll('noscript')].some(hasBox)) drop('noscript');
    copied.querySelectorAll('slot').forEach((each) => each.replaceWith(...each.childNodes));
    const comments = inert.createNodeIterator(copied, NodeFilter.SHOW_COMMENT);
    for (let each = comments.nextNode(); each; each = comments.nextNode()) each.parentNode?.removeChild(each);
  };

  /** What is being written in the page, unless that is the page: some show their articles to be edited in place. */
  const dropDrafts = () => {
    const drafts = [...body.querySelectorAll(EDITABLE)].filter((each) => !each.parentElement?.closest(EDITABLE));
    const prose = drafts.filter(isContent).reduce((sum, each) => sum + proseIn(each), 0);
    if (prose <= shownProse() / 2) drafts.forEach((each) => each.remove());
  };

  /** Brings what is said to the front, from where the page shows it. */
  const addTranscript = () => {
    const lines = new Set(said);
    for (const each of copied.querySelectorAll(LINE)) {
      if (!lines.has(textOf(each).replace(/\s+/g, ' '))) continue;
      const row = each.closest('li, [role="listitem"]');
      each.remove();
      if (row && !/\p{L}/u.test(textOf(row))) row.remove();
    }
    const section = inert.createElement('section');
    section.setAttribute(MARK, 'transcript');
    for (const line of said) section.appendChild(inert.createElement('p')).textContent = line;
    body.prepend(section);
  };

  const copied = inert.importNode(document.documentElement, true);
  const body = copied.querySelector('body') ?? copied;

  /** @returns {boolean} whether all of it was looked at */
  const tidy = () => {
    dropCodeAndInput();
    const unseen = pairs.length <= MOST_ELEMENTS ? findUnseen() : null;
    if (unseen) markHidden(unseen);
    if (unseen) dropOver(unseen);
    dropDrafts();
    return unseen !== null;
  };

  look(document.documentElement, copied, 0);
  if (said.length > 0) addTranscript();
  let isSeen = tidy();
  if (frames.length > 0 && shownProse() < LITTLE_PROSE) {
    openFrames();
    isSeen = tidy();
  }
  copied.setAttribute(MARK, isSeen ? 'seen' : '');

  /** @param {string} html */
  const bytesOf = (html) => new TextEncoder().encode(html);

  const dropEmbedded = () => strip('[src^="data:"], [srcset^="data:"]', 'src', 'srcset');
  const dropSurroundings = () => drop('iframe, noscript, nav, aside, footer, form, dialog');

  const keepMain = () => {
    const main = copied.querySelector('article') ?? copied.querySelector('main');
    if (main) body.replaceChildren(...copied.querySelectorAll(`[${MARK}="transcript"]`), main);
  };

  const markup = () => `<!doctype html>${copied.outerHTML}`;

  let kept = markup();
  for (const lighten of [dropEmbedded, () => drop(UNSEEN), dropSurroundings, keepMain]) {
    if (bytesOf(kept).length <= limit) return kept;
    lighten();
    kept = markup();
  }
  return bytesOf(kept).length <= limit ? kept : new TextDecoder().decode(bytesOf(kept).slice(0, limit - 4));
}
