/**
 * What is said in the video of a page. The function runs inside the page, handed over by scripting.executeScript. It is
 * copied there as text, so it uses nothing from outside itself. It changes nothing in the page, and loads nothing.
 */

/** @returns {string[]} its lines, as the page shows them or else as its captions have them; none where it has neither */
export function readTranscript() {
  const TRANSCRIPT = 'ytd-transcript-renderer, [itemprop="transcript"], [id*="transcript" i], [class*="transcript" i]';
  const LINE = 'ytd-transcript-segment-renderer .segment-text, p, li, [role="listitem"]';
  /** A page may call all of itself by that name, and where it holds one, its body. */
  const PAGE = 'body, main, article, [role="main"], [role="article"], [itemprop="articleBody"]';
  const MOST_LINES = 5000;
  /** Less than this is the button that shows a transcript. */
  const FEWEST_WORDS = 30;

  /** @param {string} text */
  const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

  /** @param {Element} element */
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

  /** @param {Element} place @returns {string[]} what stands in it, without the times */
  const linesIn = (place) => {
    const lines = [...place.querySelectorAll(LINE)].filter((each) => !each.querySelector(LINE) && isShown(each));
    return (lines.length > 0 ? lines : [place])
      .map((each) => oneLine(each.textContent ?? ''))
      .filter((text) => /\p{L}/u.test(text));
  };

  /** @param {Element} element */
  const isPlace = (element) => isShown(element) && !element.matches(PAGE) && !element.querySelector(`h1, ${PAGE}`);

  /** Of the longest that is displayed the innermost: its parts may bear the name as well, and what stands around it. */
  const shown = () => {
    /** @type {{place: Element, lines: string[], words: number} | null} */
    let found = null;
    for (const place of [...document.querySelectorAll(TRANSCRIPT)].filter(isPlace)) {
      const lines = linesIn(place);
      const words = lines.join(' ').split(' ').length;
      const most = found?.place.contains(place) ? found.words / 2 : (found?.words ?? 0);
      if (words >= Math.max(most, FEWEST_WORDS)) found = { place, lines, words };
    }
    return found?.lines ?? [];
  };

  /** Captions that run on repeat the line before. */
  const captions = () => {
    const tracks = [...document.querySelectorAll('video')].flatMap((video) => [...video.textTracks]);
    const spoken = tracks.find(({ kind, cues }) => /^(captions|subtitles)$/.test(kind) && cues && cues.length > 0);
    const cues = /** @type {VTTCue[]} */ ([...(spoken?.cues ?? [])]);
    const lines = cues.map(({ text }) => oneLine(text.replace(/<[^>]*>/g, '')));
    return lines.filter((line, index) => line && line !== lines[index - 1]);
  };

  const lines = shown();
  return (lines.length > 0 ? lines : captions()).slice(0, MOST_LINES);
}
