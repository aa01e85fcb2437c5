"""Reading the fields of any record, whoever wrote it: what is not as it should be is passed over, not stumbled over."""

import re
from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]

HASH = re.compile(r"[0-9a-f]{64}")
TEXT_FIELDS = ("text_hash", "page_hash", "markup_hash")


def texts_of(record: Record, name: str) -> list[str]:
    """The text, or the list of texts, that a record has under a name."""
    value = record.get(name)
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def number_of(item: Record) -> int:
    """An item's place among the items."""
    number = item.get("number")
    return number if isinstance(number, int) else 0


def hashes_of(item: Record) -> list[str]:
    """The hashes of the texts that an item names, as far as it has them; they are also the names of files."""
    names = (name for field in TEXT_FIELDS for name in texts_of(item, field))
    return [name for name in names if HASH.fullmatch(name)]
