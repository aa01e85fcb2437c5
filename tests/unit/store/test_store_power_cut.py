"""After a power cut at any system call, the store has every act acknowledged before it.

The calls of a real run are recorded; then each disk that a cut may leave after each of them is laid out and opened.
"""

import re
import shutil
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import pytest

import companion.store
from companion.errors import StoreError
from tests.unit.store.faults import acts, kills
from tests.unit.store.faults.memory import folder_in_memory
from tests.unit.store.faults.power_cuts import Disk, Files, lay_out, states
from tests.unit.store.faults.system_calls import Recorder

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="macOS syncs by a call of its own, and on Windows folders are not synced"
)
COMPACT_AFTER = 4096


@dataclass
class Run:
    """A recorded run: what lay in the folder before, the calls, and the records after each acknowledged act."""

    before: Disk
    recorder: Recorder
    models: list[acts.Model]
    # Whether every opening is to tell of damage that was there before.
    is_told: bool = False

    def allowed(self, count: int) -> list[acts.Model]:
        """What may be found after so many calls: what was acknowledged, and perhaps the act under way."""
        done = self.acknowledged(count)
        return self.models[max(done - 1, 0) : done + 1]

    def acknowledged(self, count: int) -> int:
        """How many acts, the opening among them, had returned after so many calls."""
        return sum(mark <= count for mark in self.recorder.marks)


@pytest.fixture
def folder():
    with folder_in_memory() as made:
        yield made


@pytest.fixture
def data(folder):
    """A data folder that is not there yet, in a folder that is."""
    (folder / "recorded").mkdir()
    return folder / "recorded" / "data"


def record(data: Path, choose: acts.Chooser, count: int, seed: int = 1, compact_every: int | None = None) -> Run:
    """Open the store, do so many acts on it and close it; it is compacted in the background too."""
    before, recorder = Disk.of(data.parent), Recorder(data.parent)
    with recorder.recording():
        store = companion.store.open(data, compact_after=COMPACT_AFTER)
        recorder.mark()
        model = acts.contents(store)
        models = [acts.copy(model)]
        chosen = acts.acts(choose, seed, model)
        for number, act in enumerate(islice(chosen, count), 1):
            act.do(store)
            recorder.mark()
            models.append(acts.copy(models[-1]))
            act.do_on(models[-1])
            if compact_every and number % compact_every == 0:
                store.compact()
        store.close()
    return Run(before, recorder, models)


def check(run: Run, folder: Path) -> int:
    """Every disk that a cut may leave is opened, the same one only once; at how many points that was.

    A transaction that the cut tore in its midst is told as damage, which it is; so a notice is no fault.
    """
    wrong, points, good = [], 0, set()
    for count, kind, files in states(run.before, run.recorder.calls):
        points += 1
        same = (hash(frozenset(files.items())), run.acknowledged(count))
        if same not in good and not is_good(run, count, files, folder / str(points)):
            wrong.append(f"{kind}, after call {count} ({run.recorder.calls[count - 1].kind})")
        good.add(same)
    assert wrong == []
    return points


def is_good(run: Run, count: int, files: Files, left: Path) -> bool:
    lay_out(files, left)
    found, notices = opened(left / "data")
    shutil.rmtree(left)
    return found in run.allowed(count) and (bool(notices) or not run.is_told)


def opened(data: Path) -> tuple[acts.Model | str, list[object]]:
    try:
        store = companion.store.open(data)
    except StoreError as error:
        return error.message, []
    try:
        return acts.contents(store), list(store.notices)
    finally:
        store.close()


def test_the_record_is_complete(data):
    """What the recorded calls give is what lies in the folder: no write went past the record."""
    run = record(data, acts.anything, 30)
    disk = run.before
    for call in run.recorder.calls:
        disk.apply(call)
    recorded = {name: node.content for name, node in disk.names.items() if not node.is_folder}
    found = {path.relative_to(data.parent).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert any(name.startswith("data/texts/") for name in found)
    assert without_others(recorded) == without_others(found)


def without_others(contents):
    """Without the process lock, and the search index, which can be made anew from the rest."""
    return {name: content for name, content in contents.items() if not re.match(r"data/(lock$|search\.sqlite)", name)}


@pytest.mark.parametrize(
    ("choose", "count"),
    [
        (acts.inserting, 30),
        (acts.updating, 30),
        (acts.deleting, 30),
        (acts.transacting, 30),
        (acts.anything, 60),
        pytest.param(acts.anything, 150, marks=pytest.mark.long),
    ],
)
def test_a_cut_while_writing_loses_nothing_acknowledged(folder, data, choose, count):
    run = record(data, choose, count)
    print(f"{choose.__name__}: {check(run, folder)} points")


def test_a_cut_while_compacting_loses_nothing_acknowledged(folder, data):
    run = record(data, acts.anything, 60, compact_every=10)
    written = {call.to for call in run.recorder.calls if call.kind == "replace"}
    assert sum("snapshot-" in name for name in written) > 2, "it was not compacted"
    print(f"compacting: {check(run, folder)} points")


def test_a_cut_while_migrating_loses_nothing(folder, data):
    data.mkdir()
    (data / "kwartier.json").write_bytes(kills.format_1(20))
    run = record(data, acts.inserting, 2)
    assert len(run.models[0]["items"]) == 20
    print(f"migrating: {check(run, folder)} points")


def test_a_cut_while_opening_after_a_cut_loses_nothing(folder, data):
    """The tail that a first cut left is dropped while a second one comes."""
    record(data, acts.transacting, 6)
    journal = max(data.glob("journal-*.tsv"))
    with journal.open("ab") as file:
        file.write(journal.read_bytes()[-50:-10] + bytes(20))
    run = record(data, acts.anything, 4, seed=Random(1).getrandbits(16))
    print(f"opening again: {check(run, folder)} points")


def test_a_cut_while_damage_is_mended_loses_nothing_more_and_the_damage_is_still_told(folder, data):
    store = companion.store.open(data)
    for number in range(1, 7):
        store.items.put(acts.item(number))
    store.close()
    journal = max(data.glob("journal-*.tsv"))
    journal.write_bytes(journal.read_bytes().replace(b"capture-4", b"capture-0"))
    run = record(data, acts.anything, 3)
    assert len(run.models[0]["items"]) == 5
    run.is_told = True
    print(f"mending: {check(run, folder)} points")
