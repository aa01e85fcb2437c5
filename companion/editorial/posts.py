"""Posts on LinkedIn, X, Bluesky, Mastodon and the like: the text of the post itself, without what is said under it.

To who is not logged in such pages show a teaser and a wall; to who is, the post among others and its comments. What
they declare for search engines and previews is the post alone.
"""

import re

from lxml.html import HtmlElement

from companion.editorial.articles import one_line
from companion.editorial.metadata import Page
from companion.editorial.metadata.linked_data import Thing
from companion.editorial.metadata.page import POST_TYPES
from companion.editorial.metadata.post_titles import PLATFORMS, UNREAD, posted
from companion.editorial.metadata.words import key

LONGEST_TITLE = 100
ATTACHED = re.compile(r"^Attached: \d+ \w+\s+")
# What platforms call a post of somebody's: "Anna Smit on LinkedIn: …", "… | LinkedIn", "Anna (@anna@social.example)".
GENERIC = re.compile(
    rf"^\s*$|\b(?:on|op|auf|sur|en|via|bei) {PLATFORMS}(?=\s*(?::|$))"
    rf"|[|/·–-]\s*{PLATFORMS}\s*$|\(@[\w.@-]+\)|^{PLATFORMS}$|^(?:Post|Bericht|Beitrag|Feed)(?:\s*\|\s*Feed)?$"
)
CUT_OFF = re.compile(r"(?:…|\.\.\.)\s*(?:(?:(?:see|read|show|lees|toon) )?(?:more|meer))?\s*$", re.IGNORECASE)
# Letters by which two beginnings are compared.
START = 20
BLOCKS = "//*[self::p or self::div or self::span or self::pre][not(.//p or .//div or .//ul or .//ol or .//section)]"
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
LINE_END = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)


def text(page: Page, found: str) -> str | None:
    """The post's own text, where the page declares it; None where what was found in the page stands.

    What is declared may be cut off, with or without saying so: where the page shows a block that goes on from there,
    that is the post; else where what was found goes on. What declares nothing has the post as its first article.
    """
    declared = _body(page) or _summary(page) or posted(page).words
    if not declared:
        return _of_first_article(page, found)
    if shown := _shown(page, key(CUT_OFF.sub("", declared))):
        return shown
    return None if CUT_OFF.search(declared) and _goes_on(found, declared) else _as_written(declared, found)


def title(declared: str, post: str) -> str:
    """The first line of the post that says something, where the page's title only says whose post it is and where."""
    declared = UNREAD.sub("", declared)
    if not post or not (GENERIC.search(declared) or _is_named_start(declared, post)):
        return declared
    first = next((line for line in post.splitlines() if len(line.split()) > 1), post.splitlines()[0])
    return first if len(first) <= LONGEST_TITLE else first[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _is_named_start(declared: str, post: str) -> bool:
    """Whether a title is somebody's name, and after it how the post begins."""
    start = key(declared.partition(": ")[2])[:START]
    return bool(start) and key(post).startswith(start)


def _shown(page: Page, start: str) -> str:
    """The text of the block in the page that says this, in its lines, or else begins with it; "" for none.

    Blocks that hold others are left out: what is said under a post stands beside it in one of those. Who quotes it
    there begins like it too, so of those that go on the first counts that is not cut off, not the longest.
    """
    blocks = [block for block in page.tree.xpath(BLOCKS) if start and key(block.text_content()).startswith(start)]
    equal = (block for block in blocks if key(block.text_content()) == start)
    whole = (block for block in blocks if not CUT_OFF.search(block.text_content()))
    shown = next((block for group in (equal, whole, blocks) for block in group), None)
    return _lines(shown) if shown is not None else ""


def _lines(block: HtmlElement) -> str:
    nodes = block.xpath(".//text() | .//br")
    text = "".join(node.replace("\n\n", "\0") if isinstance(node, str) else "\0" for node in nodes)
    return "\n".join(line for line in map(one_line, CUT_OFF.sub("…", text).split("\0")) if line)


def _body(page: Page) -> str:
    """The post in the JSON-LD."""
    return next(filter(None, map(_written, page.things(POST_TYPES))), "")


def _written(thing: Thing) -> str:
    written = next((thing[name] for name in ("articleBody", "text") if isinstance(thing.get(name), str)), "")
    lines = TAG.sub("", LINE_END.sub("\n", written)).splitlines()
    return "\n".join(line for line in map(one_line, lines) if line)


def _summary(page: Page) -> str:
    """The post as it is declared for previews."""
    shared = ATTACHED.sub("", page.first_meta("og:description") or "")
    return shared[1:-1] if shared[:1] == "“" and shared[-1:] == "”" else shared


def _of_first_article(page: Page, found: str) -> str | None:
    """What was found in the first of several articles: the others are what was said to it."""
    first, *others = page.tree.xpath("//article[not(ancestor::article)]") or [None]
    if first is None or not others:
        return None
    said = key(first.text_content())
    return "\n".join(line for line in found.splitlines() if key(line) and key(line) in said) or None


def _goes_on(found: str, declared: str) -> bool:
    start = key(CUT_OFF.sub("", declared))
    return bool(start) and start in key(found) and len(key(found)) > len(start)


def _as_written(declared: str, found: str) -> str:
    """The declared text in the lines in which the page shows it: what is declared has often lost its own."""
    if "\n" in declared:
        return declared
    whole = key(declared)
    lines = [line for line in found.splitlines() if key(line) and key(line) in whole]
    return "\n".join(lines) if key("".join(lines)) == whole else declared
