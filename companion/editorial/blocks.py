"""A text in blocks, for what does not come as markup: its lines and its markup are made of the same blocks."""

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import NamedTuple


class Block(NamedTuple):
    """A paragraph, a heading or an entry of a list; `tag` is `p`, `h2`, `h3` or `li`."""

    tag: str
    text: str


def text_of(blocks: Iterable[Block]) -> str:
    """The text, a line for each block."""
    return "\n".join(block.text for block in blocks)


def markup_of(blocks: Iterable[Block]) -> str:
    """The same text as HTML for the reader view."""
    return "".join(_run(tag, [block.text for block in run]) for tag, run in groupby(blocks, lambda block: block.tag))


def _run(tag: str, texts: list[str]) -> str:
    markup = "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in texts)
    return f"<ul>{markup}</ul>" if tag == "li" else markup
