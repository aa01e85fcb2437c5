"""A store with something in it, and what of it a backup must bring back."""

from datetime import date

import orjson

import companion.store
from companion.store.backups.archive import archive, document
from companion.store.backups.exchange import no_check
from companion.store.backups.restore import restore

TODAY = date(2026, 11, 22)
SLOT = {"id": "2026-11-24-tue", "starts_at": "2026-11-24T07:40:00Z", "date": "2026-11-24", "item_id": "a"}


def item(store, item_id, text=None, **more):
    """An item as far as backups look at it, kept with its text."""
    with store.transaction():
        record = {
            "id": item_id,
            "number": store.next_number(),
            "text_hash": store.texts.put(text) if text else None,
            "page_hash": store.texts.put(f"<p>{text}</p>") if text else None,
            "article": {"title": f"Article {item_id} \t\n é 🦊"},
            **more,
        }
        store.items.put(record)
    return record


def fill(store):
    """Records in several tables, one of them of a later version, and texts."""
    item(store, "a", "a text", a_later_field={"deep": [1, None]})
    item(store, "b", "another text")
    item(store, "link")
    store.slots.put(SLOT)
    store.singletons.put({"id": "cadence", "entries": []})
    store._table("a_later_table").put({"id": "x", "kept": True})


def holdings(store):
    """Everything that a store holds, in plain words."""
    tables = {
        name: {key: orjson.loads(record) for key, record in records.items()}
        for name, records in store.state().tables.items()
        if records
    }
    return tables, {name: store.texts.get(name) for name in store.texts.names()}


def saved(store, path):
    """A backup of the store in a file, of the kind that its name says."""
    make = document if path.suffix == ".json" else archive
    path.write_bytes(b"".join(make(store.state(), store.texts)))
    return path


def put_back(source, folder, check=no_check, set_aside=None):
    return restore(source, folder, check, set_aside)


def opened_holdings(folder):
    """As `holdings`, of the store in a folder."""
    store = companion.store.open(folder)
    try:
        return holdings(store)
    finally:
        store.close()
