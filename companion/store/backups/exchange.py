"""Reading everything from one JSON document: our own export, or the one file of the first format.

People edit such files, so each fault is named by where it stands: `items[3].id: is missing`.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any

import orjson

from companion.errors import Invalid, StoreError
from companion.records import Problem
from companion.store.backups.bundles import NOT_OURS
from companion.store.journal.lines import ABOUT, FORMAT, State

# What some editors of Windows put in front.
MARK = b"\xef\xbb\xbf"
MOST_PROBLEMS = 100
FIRST_SEQUENCE = 1

# The problems of a record as one of this table; records of a table that it does not know have none.
Check = Callable[[str, Mapping[str, Any]], list[Problem]]


def read_document(content: bytes, check: Check) -> tuple[State, dict[str, str]]:
    """The records, and the texts by hash, of a JSON document.

    Raises StoreError where it is no backup, or one of a newer Kwartier; Invalid, naming the fields, where records in
    it are not as they should be.
    """
    try:
        loaded = orjson.loads(content.removeprefix(MARK))
    except orjson.JSONDecodeError as error:
        raise StoreError(f"This file is not JSON that can be read: {error}. Nothing was restored.") from error
    tables, texts = _parts(loaded)
    problems = [*_table_problems(tables, check), *_text_problems(texts)][:MOST_PROBLEMS]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        first = problems[0]
        raise Invalid(f"{first['path']}: {first['message']}{more}. Nothing was restored.", problems)
    return State(FIRST_SEQUENCE, {name: _encoded(table) for name, table in tables.items()}), texts


def _parts(loaded: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The tables and the texts, for either shape of document."""
    if not isinstance(loaded, dict):
        raise StoreError(NOT_OURS)
    tables: Any = loaded
    texts: Any = {}
    version = _first_version(loaded)
    if ABOUT in loaded:
        tables, texts, version = loaded.get("tables"), loaded.get("texts", {}), loaded[ABOUT]
    if not isinstance(version, int) or not isinstance(tables, dict) or not isinstance(texts, dict):
        raise StoreError(NOT_OURS)
    if version > FORMAT:
        raise StoreError("This backup was made by a newer Kwartier. Install that version to restore it.")
    if not ("items" in tables or ABOUT in loaded) or ABOUT in tables:
        raise StoreError(NOT_OURS)
    return tables, texts


def _first_version(loaded: dict[str, Any]) -> Any:
    """The first format keeps its number among the records; from there on it is no record any more."""
    singletons = loaded.get("singletons")
    told = singletons.pop("format", {}) if isinstance(singletons, dict) else {}
    return told.get("version", 1) if isinstance(told, dict) else None


def _table_problems(tables: dict[str, Any], check: Check) -> Iterator[Problem]:
    for name, table in tables.items():
        if not isinstance(table, list | dict):
            yield {"path": name, "message": "is neither a list nor an object of records"}
            continue
        seen: set[str] = set()
        for path, key, record in _entries(name, table):
            problems = _record_problems(record, key, seen) or (check(name, record) if isinstance(record, dict) else [])
            for problem in problems:
                yield {"path": _joined(path, problem["path"]), "message": problem["message"]}


def _entries(name: str, table: Any) -> Iterator[tuple[str, str | None, Any]]:
    """Where each record stands, the id it stands under if it does, and the record."""
    if isinstance(table, list):
        yield from ((f"{name}[{number}]", None, record) for number, record in enumerate(table))
    else:
        yield from ((f"{name}.{key[:100]}", key, record) for key, record in table.items())


def _record_problems(record: Any, key: str | None, seen: set[str]) -> list[Problem]:
    if not isinstance(record, dict):
        return [{"path": "", "message": "is no record"}]
    record_id = record.get("id", key)
    if record_id is None:
        return [{"path": "id", "message": "is missing"}]
    if not isinstance(record_id, str) or not record_id:
        return [{"path": "id", "message": "is not a text that could be an id"}]
    if key not in (None, record_id):
        return [{"path": "id", "message": "is another than the one that the record stands under"}]
    if record_id in seen:
        return [{"path": "id", "message": "stands in the file twice"}]
    seen.add(record_id)
    return []


def _text_problems(texts: dict[str, Any]) -> Iterator[Problem]:
    for name, text in texts.items():
        if not isinstance(text, str) or sha256(text.encode()).hexdigest() != name:
            yield {"path": f"texts.{name[:64]}", "message": "is not the text that this hash is of"}


def _joined(path: str, inner: str) -> str:
    return f"{path}.{inner}" if inner else path


def _encoded(table: Any) -> dict[str, bytes]:
    """The records by id; in an object they may lack the id that they stand under, as TinyDB's own do."""
    records = table.items() if isinstance(table, dict) else ((record["id"], record) for record in table)
    return {record_id: orjson.dumps(record) for record_id, record in records}


def no_check(_table: str, _record: Mapping[str, Any]) -> list[Problem]:
    """For a backup that carries checksums: what it holds is what was kept."""
    return []
