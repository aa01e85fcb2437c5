"""Finding the state again from what lies in the folder, whatever happened to it.

The newest snapshot that is whole, and every journal from its generation on, give the state. A damaged line is left
out, and the records that it was about are named as far as it can still be read, unless a later line or snapshot holds
them anyway. A last line that just breaks off was never acknowledged.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from companion.errors import StoreError
from companion.store.journal.lines import ABOUT, FORMAT, Change, Lost, State, about, decode, guess
from companion.store.journal.snapshots import Snapshot, generations, journal_path, read_snapshot, snapshot_path

ADVICE = "restore a backup with: kwartier restore FILE --set-aside"
Key = tuple[str, str]


@dataclass
class Damage:
    """A file of which a part cannot be read, and the records that this part was about."""

    file: str
    problem: str
    lost: list[Lost] = field(default_factory=list)


@dataclass
class Recovered:
    """The state that was found, and where the newest journal goes on."""

    state: State = field(default_factory=State)
    # The newest generation, and the newest whose snapshot is whole.
    generation: int = 1
    base: int | None = None
    journal_bytes: int = 0
    lacks_line_feed: bool = False
    damage: list[Damage] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    # Whether all that may be lost is named.
    is_complete: bool = True
    # Whether a snapshot was whole, and every journal began as one does.
    is_based: bool = True
    # Whether the newest journal holds what could not be read, and going on in it would destroy that.
    must_mend: bool = False


def has_store(folder: Path) -> bool:
    """Whether the folder holds a store of this format."""
    return bool(generations(folder, "snapshot") or generations(folder, "journal"))


def require_known_format(folder: Path) -> None:
    """Raise StoreError where a newer Kwartier wrote any of the files. Nothing is changed by looking."""
    for path in sorted(folder.glob("snapshot-*.tsv")) + sorted(folder.glob("journal-*.tsv")):
        if _format(path) > FORMAT:
            raise StoreError(
                f"{path.name} was written by a newer Kwartier. Nothing was changed; install that version to open it."
            )


def _format(path: Path) -> int:
    with suppress(OSError), path.open("rb") as file:  # A bad sector is met again, and told, by who reads all of it.
        decoded = decode(file.readline().removesuffix(b"\n"))
        told = about(decoded[1], "header") if decoded else None
        return int(told.get("format", 0)) if told else 0
    return 0


def recover(folder: Path) -> Recovered:
    """The state that the files give, as complete as they allow. Changes nothing.

    Raises StoreError where a file is missing without which nobody can know what is lost.
    """
    return _Recovery(folder).run()


def inspect(folder: Path) -> list[Damage]:
    """Everything that is damaged in any file, also in those of the older generation."""
    recovery = _Recovery(folder)
    for generation in generations(folder, "snapshot"):
        recovery.read_snapshot(generation)
    for generation in generations(folder, "journal"):
        recovery.sequence = recovery.sequence or recovery.begins_at(generation) or 0
        recovery.replay(generation)
    return list(recovery.damage.values())


class _Recovery:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sequence = 0
        self.tables: dict[str, dict[str, bytes]] = {}
        self.damage: dict[str, Damage] = {}
        self.doubtful: dict[Key, Lost] = {}
        self.found = Recovered()

    def run(self) -> Recovered:
        base, incomplete = self._whole_snapshot()
        journals = [one for one in generations(self.folder, "journal") if base is None or one >= base]
        self._require_chain(base, journals, incomplete)
        for generation in sorted({*incomplete, *journals}):
            if generation in incomplete:
                self._overlay(incomplete[generation], is_all_there_is=base is None)
            if generation in journals:
                self.replay(generation)
        self.found.state = State(self.sequence, self.tables)
        self.found.generation, self.found.base = journals[-1], base
        self.found.is_based &= base is not None
        self.found.damage, self.found.lost = list(self.damage.values()), list(self.doubtful.values())
        return self.found

    def _whole_snapshot(self) -> tuple[int | None, dict[int, Snapshot]]:
        """The newest generation whose snapshot is whole, taken as the state so far, and the newer ones that are not."""
        incomplete: dict[int, Snapshot] = {}
        for generation in reversed(generations(self.folder, "snapshot")):
            snapshot = self.read_snapshot(generation)
            if snapshot.is_whole:
                self.sequence, self.tables = snapshot.state.sequence, snapshot.state.tables
                return generation, incomplete
            incomplete[generation] = snapshot
        return None, incomplete

    def read_snapshot(self, generation: int) -> Snapshot:
        """The snapshot of a generation; what is wrong with it is noted."""
        path = snapshot_path(self.folder, generation)
        snapshot = read_snapshot(self._lines(path))
        if not snapshot.is_whole:
            self._note(path, "is not whole", [lost for line in snapshot.damaged for lost in guess(line)])
        return snapshot

    def _require_chain(self, base: int | None, journals: list[int], incomplete: dict[int, Snapshot]) -> None:
        """Raise StoreError where a journal is gone, or the snapshot that the first one goes on from."""
        first = base or min([*journals, *incomplete])
        for generation in range(first, max([*journals, *incomplete, first]) + 1):
            if generation not in journals:
                self._refuse(journal_path(self.folder, generation))
        if base is None and not any(one.count for one in incomplete.values()) and self.begins_at(first):
            self._refuse(snapshot_path(self.folder, first))

    def _refuse(self, missing: Path) -> None:
        """Going on would count as the whole from then on, and could not be taken back when the file turns up."""
        raise StoreError(
            f"{missing.name} is missing from {self.folder}, or nothing in it can be read. A program that syncs or "
            f"guards files may have moved it: put it back, or {ADVICE}. Nothing was changed."
        )

    def begins_at(self, generation: int) -> int | None:
        """The number of the transaction that a journal goes on from; None where its first line is damaged."""
        decoded = decode(next(self._lines(journal_path(self.folder, generation)), b"").removesuffix(b"\n"))
        return decoded[0] if decoded else None

    def _overlay(self, snapshot: Snapshot, is_all_there_is: bool) -> None:
        """What can be read of a snapshot that is not whole; where there is no better one, the rest is lost."""
        for table, records in snapshot.state.tables.items():
            self._apply([(table, record_id, record) for record_id, record in records.items()])
        self.sequence = max(self.sequence, snapshot.state.sequence)
        if is_all_there_is:
            self.found.is_complete &= snapshot.count + len(snapshot.damaged) == snapshot.expected
            for line in snapshot.damaged:
                self._doubt(guess(line))

    def replay(self, generation: int) -> None:
        """Apply the transactions of a journal to the state."""
        path = journal_path(self.folder, generation)
        self.found.journal_bytes, self.found.lacks_line_feed = 0, False
        if self.begins_at(generation) is None:
            self.found.is_based = self.found.is_complete = False
            self._note(path, "does not begin as a journal does", [])
        for line in self._lines(path):
            if line.endswith(b"\n"):
                self.found.journal_bytes += len(line)
                self._take(path, line[:-1])
            else:
                self._take_tail(path, line)

    def _take(self, path: Path, content: bytes) -> None:
        decoded = decode(content)
        if decoded is None:
            lost = guess(content)
            self._note(path, "has lines that cannot be read", lost)
            self._doubt(lost)
            return
        sequence, changes = decoded
        if sequence > self.sequence + (0 if about(changes, "header") else 1) and path.name not in self.damage:
            self._note(path, f"lacks what came before its number {sequence}", [])
            self.found.is_complete = False
        self.sequence = max(self.sequence, sequence)
        self._apply(changes)

    def _take_tail(self, path: Path, tail: bytes) -> None:
        """What stands after the last line feed. A write that breaks off leaves no zeros; a fault of the disk may."""
        for content in (tail, tail[:-1]):  # Complete, where only its line feed is gone or was hit.
            if decode(content):
                self.found.journal_bytes += len(content)
                self.found.lacks_line_feed = True
                return self._take(path, content)
        if b"\0" in tail:
            self._note(path, "ends in what cannot be read", guess(tail))
            self._doubt(guess(tail))
            self.found.is_complete, self.found.must_mend = False, True
        return None

    def _apply(self, changes: list[Change]) -> None:
        for table, record_id, record in changes:
            if table == ABOUT:
                continue
            self.doubtful.pop((table, record_id), None)
            if record is None:
                self.tables.get(table, {}).pop(record_id, None)
            else:
                self.tables.setdefault(table, {})[record_id] = record

    def _doubt(self, lost: list[Lost]) -> None:
        self.doubtful |= {(one.table, one.id): one for one in lost}
        self.found.is_complete &= bool(lost) and all(one.is_sure for one in lost)

    def _note(self, path: Path, problem: str, lost: list[Lost]) -> None:
        damage = self.damage.setdefault(path.name, Damage(path.name, problem))
        damage.lost += lost

    def _lines(self, path: Path) -> Iterator[bytes]:
        try:
            with path.open("rb") as file:
                yield from file
        except FileNotFoundError:
            raise
        except OSError as error:
            self._note(path, f"cannot be read to its end ({error.strerror})", [])
            self.found.is_complete, self.found.must_mend = False, True
