import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPlace, POST_PLACES, VIDEO_PLACES } from '../../extension/places.js';

const POSTS = [
  'www.linkedin.com/feed/update/urn:li:activity:71/',
  'nl.linkedin.com/posts/anna_law-activity-71',
  'x.com/anna/status/71',
  'mobile.twitter.com/anna/status/71?s=20',
  'www.facebook.com/anna/posts/71',
  'www.threads.net/@anna/post/C1',
  'bsky.app/profile/anna.example/post/3k',
  'old.reddit.com/r/law/comments/1a/title/',
  'www.instagram.com/p/C1/',
  'substack.com/@anna/note/c-71',
  'social.example/@anna/113456789012345678',
  'social.example/@anna@other.example/113456789012345678',
];
const VIDEOS = [
  'www.youtube.com/watch?v=aaa',
  'm.youtube.com/shorts/aaa',
  'youtu.be/aaa',
  'vimeo.com/71',
  'www.dailymotion.com/video/x1',
  'www.twitch.tv/videos/71',
  'www.ted.com/talks/anna_on_law',
  'www.tiktok.com/@anna/video/71',
];
const NEITHER = [
  'notx.com/anna/status/71',
  'weekly.example/?to=x.com/anna/status/71',
  'x.com/anna',
  'www.youtube.com/@law/videos',
  'www.reddit.com/r/law/',
  'blog.example/@anna/2026/story',
  'blog.example/@anna/20261122-story',
];

describe('a page at such an address', () => {
  for (const place of POSTS) it(`is a post: ${place}`, () => assert.match(place, POST_PLACES));
  for (const place of VIDEOS) it(`is a video: ${place}`, () => assert.match(place, VIDEO_PLACES));
  for (const place of [...POSTS, ...VIDEOS, ...NEITHER])
    it(`is${NEITHER.includes(place) ? ' not' : ''} one of them: ${place}`, () =>
      assert.equal(isPlace(new URL(`https://${place}`)), !NEITHER.includes(place)));

  it('is not both', () => {
    for (const place of POSTS) assert.doesNotMatch(place, VIDEO_PLACES);
    for (const place of VIDEOS) assert.doesNotMatch(place, POST_PLACES);
  });
});
