"""Acts on a store, the same for every test of a fault: chosen from a seed, done on a store, and done on plain dicts.

Who knows the seed and the records that there were, knows what each act is; so a test can say what the store must hold
after the acts of another process that was killed.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from companion.store import Store

TABLES = ("items", "slots")
FEWEST_ITEMS = 5
Model = dict[str, dict[str, dict[str, Any]]]
Change = tuple[str, str, dict[str, Any] | None]


class Given(Exception):
    """The reason for which a transaction of an act fails."""


@dataclass(frozen=True)
class Act:
    """Changes that happen together, with the text that they bring or make needless. One that fails changes no record."""

    changes: list[Change]
    text: str | None = None
    forgets: str | None = None
    fails: bool = False

    def do(self, store: Store) -> None:
        """Do it as the companion does: in a transaction, the text first, or by one call where there is one change."""
        if len(self.changes) == 1 and not (self.text or self.forgets or self.fails):
            _change(store, *self.changes[0])
            return
        with suppress(Given), store.transaction():
            self._do_all(store)

    def _do_all(self, store: Store) -> None:
        if self.text is not None:
            store.texts.put(self.text)
        for change in self.changes:
            _change(store, *change)
        store.forget_texts([self.forgets])
        if self.fails:
            raise Given

    def do_on(self, model: Model) -> None:
        """Do it on the model."""
        for table, record_id, record in [] if self.fails else self.changes:
            if record is None:
                model[table].pop(record_id, None)
            else:
                model[table][record_id] = record


def _change(store: Store, table: str, record_id: str, record: dict[str, Any] | None) -> None:
    records = getattr(store, table)
    if record is None:
        records.discard(record_id)
    else:
        records.put(record)


def contents(store: Store) -> Model:
    """Every record of the store, in the order of the ids; each text that an item names was read too."""
    model = {name: {record["id"]: dict(record) for record in _sorted(getattr(store, name))} for name in TABLES}
    for item in model["items"].values():
        if item.get("text_hash"):
            store.texts.get(item["text_hash"])
    return model


def _sorted(records: Any) -> list[Any]:
    return sorted(records, key=lambda record: record["id"])


def copy(model: Model) -> Model:
    """A model of its own; the records in it are never changed in place."""
    return {name: dict(records) for name, records in model.items()}


def item(number: int, size: int = 100, text: str | None = None) -> dict[str, Any]:
    """An item of about so many bytes."""
    return {
        "id": f"{number:016x}",
        "number": number,
        "identity_url": f"https://vakblad.example/{number}",
        "capture_ids": [f"capture-{number}"],
        "status": "queued",
        "text_hash": hashlib.sha256(text.encode()).hexdigest() if text else None,
        "page_hash": None,
        "article": {"title": f"Artikel {number}: één €"},
        "commentary": "w" * size,
    }


def inserting(random: Random, model: Model) -> Act:
    """A new item, every third with a text, which some of them share."""
    number = max((record["number"] for record in model["items"].values()), default=0) + 1
    text = f"Tekst {number % 5}. " * 300 if number % 3 == 0 else None
    record = item(number, random.randint(0, 4000), text)
    return Act([("items", record["id"], record)], text)


def updating(random: Random, model: Model) -> Act:
    """A known item anew, longer or shorter than it was."""
    if len(model["items"]) < FEWEST_ITEMS:
        return inserting(random, model)
    known = model["items"][random.choice(list(model["items"]))]
    changed = {**known, "commentary": "u" * random.randint(0, 4000)}
    return Act([("items", known["id"], changed)])


def deleting(random: Random, model: Model) -> Act:
    """A known item taken out, and its text where no other has it, or a new one."""
    if len(model["items"]) < FEWEST_ITEMS or random.random() < 0.4:
        return inserting(random, model)
    known = model["items"][random.choice(list(model["items"]))]
    return Act([("items", known["id"], None)], forgets=known["text_hash"])


def transacting(random: Random, model: Model) -> Act:
    """An item and its slot together; one in five fails half-way."""
    new = inserting(random, model)
    slot_id = f"slot-{random.randint(0, 30)}"
    number = len(model["items"])
    slot = {"id": slot_id, "starts_at": f"2026-11-{number % 28 + 1:02}T08:40:00Z", "item_id": new.changes[0][1]}
    return Act([*new.changes, ("slots", slot_id, slot)], new.text, fails=random.random() < 0.2)


def anything(random: Random, model: Model) -> Act:
    """Any of the others."""
    return random.choice([inserting, updating, deleting, transacting])(random, model)


Chooser = Callable[[Random, Model], Act]


def acts(choose: Chooser, seed: int, model: Model) -> Iterator[Act]:
    """One act after another without end; `model` is brought along."""
    random = Random(seed)
    while True:
        act = choose(random, model)
        yield act
        act.do_on(model)
