/**
 * Addresses at which a page is a post or a video, whatever it declares: to who is logged in it declares little, and what
 * it declares may be of the post or video before, since such sites load the next one into the same page. The companion
 * knows the same places (editorial/places.py). Both are matched from behind the scheme.
 */

// Those of Mastodon and its like last: they are on a host of anybody's.
export const POST_PLACES =
  /^(?:(?:[\w-]+\.)*(?:linkedin\.com\/(?:posts\/|feed\/update\/)|(?:twitter|x)\.com\/\w+\/status\/\d|facebook\.com\/[^/]+\/posts\/|threads\.(?:net|com)\/@[^/]+\/post\/|bsky\.app\/profile\/[^/]+\/post\/|reddit\.com\/r\/\w+\/comments\/|instagram\.com\/p\/|substack\.com\/@[^/]+\/note\/)|[^/]+\/@[\w.]+(?:@[\w.-]+)?\/\d{8,}\/?(?:[?#]|$))/i;

export const VIDEO_PLACES =
  /^(?:[\w-]+\.)*(?:youtube\.com\/(?:watch\?|shorts\/|live\/)|youtu\.be\/\w|vimeo\.com\/\d|dailymotion\.com\/video\/|twitch\.tv\/videos\/|ted\.com\/talks\/|tiktok\.com\/@[^/]+\/video\/)/i;

/** Whether a page at this address is a post or a video. @param {URL} address */
export function isPlace({ href }) {
  const place = href.slice(href.indexOf('://') + 3);
  return POST_PLACES.test(place) || VIDEO_PLACES.test(place);
}
