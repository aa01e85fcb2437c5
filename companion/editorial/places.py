"""Addresses at which a page is a post or a video, whatever it declares.

It declares little to who is logged in, and what it does declare may still be of the post or video before: such sites
load the next one into the same page. `extension/identity.js` and `extension/page_reader.js` know the same places.
"""

import re

POSTS = re.compile(
    r"""(?:[\w-]+\.)*(?:
    linkedin\.com/(?:posts/|feed/update/)|(?:twitter|x)\.com/\w+/status/\d|facebook\.com/[^/]+/posts/
    |threads\.(?:net|com)/@[^/]+/post/|bsky\.app/profile/[^/]+/post/|reddit\.com/r/\w+/comments/
    |instagram\.com/p/|substack\.com/@[^/]+/note/)
    |[^/]+/@[\w.]+(?:@[\w.-]+)?/\d{8,}/?(?:[?\#]|$)""",  # Mastodon and its like, on a host of anybody's.
    re.IGNORECASE | re.VERBOSE,
)
VIDEOS = re.compile(
    r"""(?:[\w-]+\.)*(?:
    youtube\.com/(?:watch\?|shorts/|live/)|youtu\.be/\w|vimeo\.com/\d|dailymotion\.com/video/|twitch\.tv/videos/
    |ted\.com/talks/|tiktok\.com/@[^/]+/video/)""",
    re.IGNORECASE | re.VERBOSE,
)


def is_post_place(url: str) -> bool:
    """Whether a page at this address is a post."""
    return bool(POSTS.match(_place(url)))


def is_video_place(url: str) -> bool:
    """Whether a page at this address is one of a video."""
    return bool(VIDEOS.match(_place(url)))


def _place(url: str) -> str:
    return url.partition("://")[2]
