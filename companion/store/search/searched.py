"""What of an item is searched. Whatever a program of the user's wrote there that is no text is passed over."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from companion.store.fields import HASH, Record, texts_of
from companion.store.search.letters import normalized


def fields(item: Record, text: str) -> list[str]:
    """The columns of the index, in its order, for an item whose article has this text."""
    article = _record(item.get("article"))
    return [
        normalized("\n".join(found))
        for found in (
            texts_of(article, "title"),
            [text, *_quotes(item)],
            _views(item),
            texts_of(item, "people"),
            texts_of(item, "hashtags"),
            texts_of(item, "topic"),
            texts_of(article, "site_name"),
            texts_of(article, "authors"),
        )
    ]


def text_names(item: Record) -> list[str]:
    """The names under which the item's text is kept; what is no name of a text is passed over too."""
    return [name for name in texts_of(item, "text_hash") if HASH.fullmatch(name)]


def stamp(item: Record) -> int:
    """Differs when something differs that is searched in the item; never 0."""
    return zlib.crc32("\0".join([*text_names(item), *fields(item, "")]).encode()) or 1


def passages(item: Record, read_text: Callable[[str], str | None]) -> Iterator[str]:
    """The texts that a snippet may come from, the user's own words first; title and site stand beside it anyway."""
    return (normalized(text) for text in _passages(item, read_text))


def _passages(item: Record, read_text: Callable[[str], str | None]) -> Iterator[str]:
    yield from _views(item)
    title = "".join(texts_of(_record(item.get("article")), "title"))
    for name in text_names(item):
        yield (read_text(name) or "").removeprefix(f"{title}\n")
    yield from _quotes(item)
    yield ", ".join(texts_of(item, "people"))
    yield " ".join(f"#{tag}" for tag in texts_of(item, "hashtags"))
    yield from texts_of(item, "topic")
    yield ", ".join(texts_of(_record(item.get("article")), "authors"))


def _record(value: Any) -> Record:
    return value if isinstance(value, Mapping) else {}


def _views(item: Record) -> list[str]:
    return [*texts_of(item, "commentary"), *_texts_within(item, "later_views")]


def _quotes(item: Record) -> list[str]:
    return _texts_within(item, "quotes")


def _texts_within(item: Record, name: str) -> list[str]:
    value = item.get(name)
    return [text for one in (value if isinstance(value, list) else []) for text in texts_of(_record(one), "text")]
