"""Text as a page declares it, made fit to be kept, and two texts compared without their typography."""

import re
from html import unescape
from typing import Any

from companion.editorial.articles import one_line

# Characters. The longest of 1,510 declared headlines has 222; summaries and lists of authors are longer.
LONGEST = 5000
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Controls, zero-width signs and marks of direction: they are not seen, and make equal names differ.
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def cleaned(value: Any) -> str:
    """The text on one line, without markup, entities and signs that nobody sees; "" for what is no text.

    Entities are resolved once more than HTML asks for: 20 of 1,510 declared headlines were escaped twice.
    A lone surrogate becomes a question mark, since no file could hold it.
    """
    if not isinstance(value, str):
        return ""
    text = value[:LONGEST].encode("utf-8", "replace").decode("utf-8")
    if "&" in text:
        text = unescape(text)
    return one_line(INVISIBLE.sub("", TAG.sub("", text)))


def key(text: str) -> str:
    """The letters and digits of a text: quotes, dashes, capitals and spaces differ from place to place in one page."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
