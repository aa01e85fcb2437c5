"""What a page says of itself in JSON-LD, of whatever shape that is."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import orjson
from lxml.html import HtmlElement

from companion.editorial.metadata.words import cleaned

Thing = dict[str, Any]

# Where a page's own things stand. What is nested elsewhere is another article's: a teaser, a comment, an update.
NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
# A page of a thousand things is a shop's list.
MOST_THINGS = 500
# Characters. Repairing takes regular expressions, and these their time.
LONGEST_REPAIRED = 300_000
# XHTML's and old browsers' wrapping of scripts.
WRAPPING = re.compile(r"^\s*(?:/[/*]\s*)?(?:<!\[CDATA\[|<!--)(?:\s*\*/)?|(?:/[/*]\s*)?(?:\]\]>|-->)(?:\s*\*/)?\s*$")
COMMA_BEFORE_END = re.compile(r",\s*(?=[\]}])")


def linked_data(tree: HtmlElement) -> list[Thing]:
    """The things that a page declares, in the order of the page. Broken JSON-LD says nothing."""
    found: list[Thing] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found.extend(_things(_loaded(script.text or ""), MOST_THINGS - len(found)))
    return found


def types_of(thing: Thing) -> set[str]:
    """The names of a thing's types, without the vocabulary's address before them."""
    declared = thing.get("@type", [])
    names = declared if isinstance(declared, list) else [declared]
    return {re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)}


def first_text(value: Any) -> str:
    """The first text in a value: itself, of a list its first, of a thing its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list):
        return next(filter(None, (cleaned(entry) for entry in value)), "")
    return cleaned(value)


def _loaded(text: str) -> Any:
    """What the text says. Of 1,095 scripts 40 are not strict JSON; 32 of these can be read by mending them.

    Python's own reader takes line feeds within texts, which the faster one does not.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _mended(text) if len(text) <= LONGEST_REPAIRED else None


def _mended(text: str) -> Any:
    text = WRAPPING.sub("", text).strip()
    if '"' not in text:
        text = unescape(text.replace("& #", "&#"))
    try:
        return json.JSONDecoder(strict=False).raw_decode(COMMA_BEFORE_END.sub("", text))[0]
    except (ValueError, RecursionError):
        return None


def _things(loaded: Any, most: int) -> Iterator[Thing]:
    """The things in lists and graphs, in order, however deep these are nested."""
    waiting = [loaded]
    while waiting and most > 0:
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting.extend(reversed(entry))
        elif isinstance(entry, dict):
            yield entry
            most -= 1
            waiting.extend(entry.get(name) for name in reversed(NESTED))
