"""Snapshots: every record as of one moment, a record a line, with an end that tells whether all of them are there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from companion.store.files import replace_file
from companion.store.journal.lines import ABOUT, Change, State, about, decode, encode, header


def snapshot_path(folder: Path, generation: int) -> Path:
    """Where the state at the start of a generation lies."""
    return folder / f"snapshot-{generation:08}.tsv"


def journal_path(folder: Path, generation: int) -> Path:
    """Where the transactions of a generation lie."""
    return folder / f"journal-{generation:08}.tsv"


def generations(folder: Path, kind: str) -> list[int]:
    """The generations of which the folder has a `snapshot` or a `journal`, in order."""
    found = (path.stem.removeprefix(f"{kind}-") for path in folder.glob(f"{kind}-*.tsv"))
    return sorted(int(number) for number in found if number.isdecimal())


@dataclass
class Snapshot:
    """What a snapshot's lines hold, and what of them is damaged; `expected` is how many records it says it has."""

    state: State = field(default_factory=State)
    format: int | None = None
    count: int = 0
    expected: int | None = None
    damaged: list[bytes] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there."""
        return self.format is not None and self.expected == self.count and not self.damaged


def snapshot_lines(state: State, generation: int) -> Iterator[bytes]:
    """The state as the lines of a snapshot."""
    yield encode(state.sequence, [header("snapshot", generation)])
    count = 0
    for table, records in state.tables.items():
        for record_id, record in records.items():
            yield encode(state.sequence, [(table, record_id, record)])
            count += 1
    yield encode(state.sequence, [(ABOUT, "end", orjson.dumps({"records": count}))])


def read_snapshot(lines: Iterable[bytes]) -> Snapshot:
    """The snapshot of these lines; where some are damaged or missing, what the others hold."""
    found = Snapshot()
    sequence = 0
    for line in lines:
        line = line.removesuffix(b"\n")
        decoded = decode(line)
        if decoded is None:
            found.damaged.append(line)
            continue
        sequence, changes = decoded
        _take(found, changes)
    found.state = State(sequence, found.state.tables)
    return found


def _take(found: Snapshot, changes: list[Change]) -> None:
    if told := about(changes, "header"):
        found.format = told.get("format")
    elif told := about(changes, "end"):
        found.expected = told.get("records")
    else:
        for table, record_id, record in changes:
            found.state.tables.setdefault(table, {})[record_id] = record or b"null"
            found.count += 1


def create(folder: Path, state: State, generation: int = 1) -> None:
    """Put a store with this state into a folder that has none, or start a new generation of one.

    The journal comes first, since a snapshot without its journal is one whose journal was lost.
    """
    start_journal(folder, generation, state.sequence)
    write_snapshot(folder, state, generation)


def start_journal(folder: Path, generation: int, sequence: int) -> None:
    """Begin an empty journal after the transaction with this number, durably."""
    replace_file(journal_path(folder, generation), encode(sequence, [header("journal", generation)]))


def write_snapshot(folder: Path, state: State, generation: int) -> None:
    """Write the state at the start of a generation, durably, in one step."""
    replace_file(snapshot_path(folder, generation), snapshot_lines(state, generation))
