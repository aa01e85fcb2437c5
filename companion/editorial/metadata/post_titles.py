"""What the title of a post's page says: on networks it is often all that is declared to who is logged in."""

import re
from typing import NamedTuple

from companion.editorial.articles import one_line
from companion.editorial.metadata.page import Page

PLATFORMS = r"(?:LinkedIn|X|Twitter|Bluesky|Mastodon|Threads|Facebook|Instagram)"
# How many messages wait for who is logged in.
UNREAD = re.compile(r"^\(\d+\+?\)\s+")
# As in: Anna Smit on X: "…" / X.
TITLED = re.compile(rf"(.{{1,80}}?) (?:on|op|auf|sur|en) {PLATFORMS}: (?:[\"“„«](.+?)[\"”“»]?(?: / \w+)?$)?")


class Posted(NamedTuple):
    """Who wrote a post, and the post where the title holds it."""

    author: str
    words: str


def posted(page: Page) -> Posted:
    """What the page's title says of its post; "" for what it does not say."""
    found = TITLED.match(UNREAD.sub("", one_line(page.tree.findtext(".//title"))))
    return Posted(found[1], found[2] or "") if found else Posted("", "")
