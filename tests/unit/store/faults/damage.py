"""Stores that were closed, ways to damage their files, and what is found and told when they are opened again."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import companion.store
from tests.unit.store.faults import acts


@dataclass
class Given:
    """A closed store, and the records that it holds."""

    folder: Path
    model: acts.Model

    def newest(self, kind: str) -> Path:
        return max(self.folder.glob(f"{kind}-*.tsv"))

    def copy(self, to: Path) -> "Given":
        shutil.copytree(self.folder, to)
        return Given(to, self.model)


@dataclass
class Found:
    """What an opened store holds, and what it says is damaged."""

    model: acts.Model
    notices: list[dict]

    @property
    def told(self) -> set[str]:
        """The ids of which it says that something was lost."""
        return {lost["id"] for notice in self.notices for lost in notice["lost"]}


def opened(folder) -> Found:
    store = companion.store.open(folder)
    try:
        return Found(acts.contents(store), [dict(notice) for notice in store.notices])
    finally:
        store.close()


def keep(folder, records) -> Given:
    """A store with one record a line."""
    store = companion.store.open(folder)
    for record in records:
        store.items.put(record)
    model = acts.contents(store)
    store.close()
    return Given(folder, model)


DAMAGE = {
    "a bit flipped": lambda content: content[:-40] + bytes([content[-40] ^ 1]) + content[-39:],
    "a bit of the first line flipped": lambda content: bytes([content[0] ^ 1]) + content[1:],
    "empty": lambda content: b"",
    "zero bytes": lambda content: bytes(len(content)),
    "cut in half": lambda content: content[: len(content) // 2],
    "without its end": lambda content: b"".join(content.splitlines(keepends=True)[:-1]),
    "a line missing": lambda content: b"".join(
        content.splitlines(keepends=True)[:2] + content.splitlines(keepends=True)[3:]
    ),
    "other content": lambda content: b"\x89PNG\r\n" * 1000,
    "missing": None,
}


def damage(path, kind):
    if DAMAGE[kind] is None:
        path.unlink()
        return None
    path.write_bytes(DAMAGE[kind](path.read_bytes()))
    return path.read_bytes()


def kept(folder):
    return [path.read_bytes() for path in (folder / "damaged").rglob("*") if path.is_file()]
