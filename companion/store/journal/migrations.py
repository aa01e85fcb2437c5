"""Bringing a data folder of an older format to today's. A copy is made first, and each step can be cut short."""

from pathlib import Path
from typing import Any

import orjson

from companion.errors import StoreError
from companion.store.files import make_subfolder, replace_file, sync_folder
from companion.store.journal.lines import State, Tables
from companion.store.journal.snapshots import create, generations
from companion.store.layout import BEFORE_FORMAT_2, FIRST


def migrate(folder: Path) -> None:
    """Turn the first format's file into a snapshot, and keep it under `before-format-2`.

    Raises StoreError where it cannot be read; then nothing was changed.
    """
    original, copy = folder / FIRST, folder / BEFORE_FORMAT_2 / FIRST
    if not original.exists():
        return
    content = original.read_bytes()
    if not generations(folder, "snapshot"):
        tables = first_format(content)
        make_subfolder(copy.parent)
        replace_file(copy, content)
        create(folder, State(1, tables))
    if not copy.exists() or copy.read_bytes() != content:
        raise StoreError(
            f"{FIRST} of the first version lies beside newer records in {folder}. Nothing was changed. Move it away, "
            f"or restore it elsewhere with: kwartier restore {FIRST} --data ANOTHER"
        )
    original.unlink()
    sync_folder(folder)


def first_format(content: bytes) -> Tables:
    """The tables of a file of the first format: one JSON object of tables, as TinyDB writes it. Raises StoreError."""
    try:
        loaded = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise StoreError(f"{FIRST} is damaged. It was left as it is; restore a backup.") from error
    if not isinstance(loaded, dict) or not all(_is_table(table) for table in loaded.values()):
        raise StoreError(f"{FIRST} is not a store of Kwartier. It was left as it is.")
    version = loaded.get("singletons", {}).pop("format", {}).get("version", 1)
    if version != 1:
        raise StoreError("This data folder was written by a newer Kwartier. Install that version to open it.")
    return {
        name: {key: orjson.dumps(record) for key, record in table.items()} for name, table in loaded.items() if table
    }


def _is_table(table: Any) -> bool:
    return isinstance(table, dict) and all(isinstance(record, dict) for record in table.values())
