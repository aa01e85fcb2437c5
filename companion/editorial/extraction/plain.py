"""The text between the tags of a page, without looking at how it is built."""

import re
from html import unescape

from companion.editorial.articles import one_line

TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
# What begins and ends a stretch of no prose, comments among them.
CODE = re.compile(r"<(/?)(script|style|template|noscript|title)\b[^<>]*>|<!--|-->", re.IGNORECASE)


def plain_text(html: str) -> str:
    """The text, a line for each stretch of it."""
    lines = (one_line(unescape(line)) for line in TAG.sub("\n", _without_code(html.replace("\0", ""))).splitlines())
    return "\n".join(line for line in lines if line)


def _without_code(html: str) -> str:
    """The page without comments, scripts and styles; each sign is looked at once, also where none is closed."""
    kept: list[str] = []
    start, closes = 0, ""
    for mark in CODE.finditer(html):
        name = (mark[2] or "").lower()
        if closes:
            if closes == (f"/{name}" if mark[1] else mark[0]):
                start, closes = mark.end(), ""
        elif mark[0] == "<!--" or (name and not mark[1]):
            kept.append(html[start : mark.start()])
            closes = f"/{name}" if name else "-->"
    if not closes:
        kept.append(html[start:])
    return "\n".join(kept)
