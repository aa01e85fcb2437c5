"""The channels that Kwartier knows: how long a post may be there, and the page on which the user posts it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from companion.editorial.posting.length import Count, on_bluesky, on_mastodon, on_threads, on_x, units

# Characters. Web servers commonly refuse a longer first line of a request.
LONGEST_ADDRESS = 8000


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a post appears.

    `limit` is the most that `count` may find in a text; None where none is known. `page` is the channel's own page for
    a new post, where `{text}` and `{link}` stand for what it takes along; `bare_page` is the page without, for a text
    that is too long for an address and a post without a link. Both are empty where the user knows where it goes.
    `gap` parts the view from what comes under it: a blank line, or a single line end where every sign counts.
    `has_one_tag` where only one of a post's hashtags leads anywhere.
    """

    name: str
    limit: int | None = None
    count: Count = units
    page: str = ""
    bare_page: str = ""
    gap: str = "\n\n"
    has_one_tag: bool = False


# As the services document it:
# X: docs.x.com, "Counting characters" and web intents.        Bluesky: docs.bsky.app, "Action Intent Links".
# Mastodon: docs.joinmastodon.org, 500 unless its server allows more; share.joinmastodon.org is the project's own page,
#   which asks for the user's server. The text stands behind the #, so it is not sent to that page.
# Threads: developers.facebook.com, "Web Intents" and "Threads Posts".
# As seen, in 2026, where no document of theirs says so:
# LinkedIn: its editor stops at 3,000. Its documented share page (sharing/share-offsite) takes a link alone, so this is
#   the page that its own "Start a post" opens, which takes a text.
# Facebook: the limit is what tools that post there state (docs.upload-post.com, "Social Media Character Limits");
#   sharer.php takes a link alone.
# Instagram: the limit is from the same table; no page takes anything.
# XING: the page that its plugin "Share on XING" (dev.xing.com) opens takes a link alone; a limit is not known.
_KNOWN: Mapping[str, Channel] = {
    "linkedin": Channel(
        "LinkedIn", 3000, units,
        "https://www.linkedin.com/feed/?shareActive=true&text={text}", "https://www.linkedin.com/feed/?shareActive=true",
    ),
    "x": Channel(
        "X", 280, on_x, "https://x.com/intent/post?text={text}", "https://x.com/intent/post", gap="\n"
    ),
    "bluesky": Channel(
        "Bluesky", 300, on_bluesky,
        "https://bsky.app/intent/compose?text={text}", "https://bsky.app/intent/compose", gap="\n",
    ),
    "mastodon": Channel(
        "Mastodon", 500, on_mastodon,
        "https://share.joinmastodon.org/#text={text}", "https://share.joinmastodon.org/",
    ),
    "threads": Channel(
        "Threads", 500, on_threads,
        "https://www.threads.com/intent/post?text={text}", "https://www.threads.com/intent/post", has_one_tag=True,
    ),
    "facebook": Channel(
        "Facebook", 63_206, units,
        "https://www.facebook.com/sharer/sharer.php?u={link}", "https://www.facebook.com/",
    ),
    "xing": Channel(
        "XING", None, units, "https://www.xing.com/spi/shares/new?url={link}", "https://www.xing.com/",
    ),
    "instagram": Channel("Instagram", 2200, units, "https://www.instagram.com/", "https://www.instagram.com/"),
}  # fmt: skip
NAMES = tuple(channel.name for channel in _KNOWN.values())
_ALIASES = {"twitter": "x", "fb": "facebook", "insta": "instagram", "ig": "instagram", "bsky": "bluesky"}
_BY_WORD = {**{name: name for name in _KNOWN if name != "x"}, **_ALIASES}
# One letter says little: the X of "X-ray" and of "over X" is none.
_X = re.compile(r"x(?:\.com)?(?=$|[\s(\[/,])")


def channel_of(name: str) -> Channel:
    """The channel that the user calls so, told by a word of it: `My LinkedIn (company page)` is LinkedIn.

    One that is not known, such as a newsletter, has no limit and no page.
    """
    typed = re.sub(r"\blinked in\b", "linkedin", name.strip().casefold())
    if _X.match(typed):
        return _KNOWN["x"]
    known = (_BY_WORD[word] for word in re.findall(r"\w+", typed) if word in _BY_WORD)
    return _KNOWN.get(next(known, "")) or Channel(name.strip())


def share_address(channel: Channel, text: str, link: str) -> str:
    """The page on which the user posts, with the text and the link as far as its address takes them.

    Empty where the channel has no such page.
    """
    too_long = channel.limit is not None and channel.count(text) > channel.limit
    if ("{link}" in channel.page and not link) or ("{text}" in channel.page and too_long):
        return channel.bare_page
    address = channel.page.format(text=_encoded(text), link=_encoded(link))
    return address if len(address) <= LONGEST_ADDRESS else channel.bare_page


def takes_text(channel: Channel) -> bool:
    """Whether the page opens with the text in it; otherwise the user pastes it there."""
    return "{text}" in channel.page


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
