"""Killing a process that writes to a store, at a random moment, again and again, and looking at what is left."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

import orjson

import companion.store
from companion.errors import StoreError
from tests.unit.store.faults import acts
from tests.unit.store.faults.acts import Model

COMPACT_AFTER = 65536
MOST_ACTS, LONGEST_PAUSE = 40, 0.004
LANES = 2


@dataclass(frozen=True)
class Mode:
    """What the killed process was busy with."""

    choose: acts.Chooser
    options: dict[str, Any] = field(default_factory=dict)


MODES = {
    "inserting": Mode(acts.inserting),
    "updating": Mode(acts.updating),
    "deleting": Mode(acts.deleting),
    "transactions over two tables": Mode(acts.transacting),
    "compacting every 64 KB": Mode(acts.anything, {"compact_after": COMPACT_AFTER}),
}
MIGRATING = "migrating from format 1"


@dataclass
class Outcome:
    """What a number of kills came to: `problems` names each by its seed."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unreadable: int = 0
    problems: list[str] = field(default_factory=list)

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def kill(mode: str, folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so many processes that write to stores in `folder`, two at a time."""
    lane = _migrating_lane if mode == MIGRATING else _lane
    with ThreadPoolExecutor(LANES) as pool:
        parts = [
            pool.submit(lane, mode, folder / str(number), [seed * kills + n for n in range(number, kills, LANES)])
            for number in range(LANES)
        ]
        return sum((part.result() for part in parts), Outcome())


def _lane(mode: str, folder: Path, seeds: list[int]) -> Outcome:
    outcome, model = Outcome(), _empty()
    for seed in seeds:
        acknowledged = _killed_after(mode, folder, seed)
        expected, next_act = _expected(MODES[mode].choose, seed, model, acknowledged)
        allowed = [expected, acts.copy(expected)]
        next_act.do_on(allowed[1])
        model = _judge(outcome, f"seed {seed}", folder, allowed, acknowledged)
    return outcome


def _empty() -> Model:
    return {name: {} for name in acts.TABLES}


def _expected(choose: acts.Chooser, seed: int, model: Model, count: int) -> tuple[Model, acts.Act]:
    """The records after `count` acts, and the act that was perhaps under way."""
    model = acts.copy(model)
    chosen = acts.acts(choose, seed, model)
    for _ in range(count):
        next(chosen)
    return model, next(chosen)


def _killed_after(mode: str, folder: Path, seed: int) -> int:
    """Let a process write, and kill it; the number of acts that it had acknowledged."""
    random = Random(seed)
    with _process(_act, str(folder), mode, seed) as (process, heard):
        heard.recv_bytes()
        count = random.randint(0, MOST_ACTS)
        for _ in range(count):
            heard.recv_bytes()
        time.sleep(random.random() * LONGEST_PAUSE)
        process.kill()
        return count + _rest(heard)


def _rest(heard: Connection) -> int:
    """How many more acknowledgements a killed process had sent."""
    count = 0
    while True:
        try:
            heard.recv_bytes()
        except EOFError:
            return count
        count += 1


@contextmanager
def _process(target: Any, *arguments: Any) -> Iterator[tuple[Any, Connection]]:
    """A process that tells through a pipe what it has done. One that has imported the store is copied, where it can be."""
    context: Any = multiprocessing.get_context(
        "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    )
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([__name__])
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*arguments, told))
    process.start()
    told.close()
    try:
        yield process, heard
    finally:
        process.kill()
        process.join()
        process.close()
        heard.close()


def _act(folder: str, mode: str, seed: int, told: Connection) -> None:
    """Act until somebody puts an end to it; each act is told once its call has returned."""
    store = companion.store.open(folder, **MODES[mode].options)
    told.send_bytes(b"opened")
    for act in acts.acts(MODES[mode].choose, seed, acts.contents(store)):
        act.do(store)
        told.send_bytes(b"done")


def _judge(outcome: Outcome, name: str, folder: Path, allowed: list[Model], acknowledged: int) -> Model:
    """Open what is left, count what is wrong with it, and return what it holds."""
    outcome.kills += 1
    outcome.acknowledged += acknowledged
    try:
        store = companion.store.open(folder)
    except StoreError as error:
        outcome.unreadable += 1
        outcome.problems.append(f"{name}: {error.message}")
        return allowed[0]
    try:
        found = acts.contents(store)
        told = [notice["files"] for notice in store.notices]
    finally:
        store.close()
    if differing := min(_differing(found, model) for model in allowed):
        outcome.lost += differing
        outcome.problems.append(f"{name}: {differing} records are not as acknowledged")
    if told:
        outcome.problems.append(f"{name}: damage was told of where there was none: {told}")
    return found


def _differing(found: Model, model: Model) -> int:
    return sum(
        found[table].get(record_id) != model[table].get(record_id)
        for table in model
        for record_id in {*found[table], *model[table]}
    )


def format_1(items: int, items_size: int = 1500) -> bytes:
    """The file of a store of format 1, as that version wrote it."""
    slots = [{"id": f"slot-{n}", "starts_at": f"2026-12-{n % 28 + 1:02}T08:40:00Z"} for n in range(items // 10)]
    tables = {
        "singletons": {"format": {"id": "format", "version": 1}, "cadence": {"id": "cadence", "rules": []}},
        "items": {record["id"]: record for record in (acts.item(n + 1, items_size) for n in range(items))},
        "slots": {slot["id"]: slot for slot in slots},
    }
    return orjson.dumps(tables)


def _migrating_lane(mode: str, folder: Path, seeds: list[int]) -> Outcome:
    """Each time a fresh folder of format 1, killed while it is opened, or just after."""
    outcome, content, random = Outcome(), format_1(400), Random(seeds[0])
    tables = orjson.loads(content)
    model = {name: tables[name] for name in acts.TABLES}
    longest = _opening_time(_lay_down(folder / "timed", content))
    for seed in seeds:
        data = _lay_down(folder / str(seed), content)
        # However slow the machine is, the last one gets as far as to be opened.
        delay = None if seed == seeds[-1] else random.random() * longest
        acknowledged = _killed_while_opening(data, delay)
        _judge(outcome, f"seed {seed}", data, [model], acknowledged)
        if (data / "before-format-2" / "kwartier.json").read_bytes() != content:
            outcome.problems.append(f"seed {seed}: the original was not kept")
    return outcome


def _lay_down(data: Path, content: bytes) -> Path:
    data.mkdir(mode=0o700, parents=True)
    (data / "kwartier.json").touch(0o600)
    (data / "kwartier.json").write_bytes(content)
    return data


def _opening_time(data: Path) -> float:
    """How long a migration takes that nobody disturbs, and a bit."""
    with _process(_open, str(data)) as (_, heard):
        heard.recv_bytes()
        started = time.monotonic()
        heard.recv_bytes()
        return (time.monotonic() - started) * 1.3


def _killed_while_opening(data: Path, delay: float | None) -> int:
    """Kill after so many seconds, or once it is opened; whether it was told that it is."""
    with _process(_open, str(data)) as (process, heard):
        heard.recv_bytes()
        if opened := delay is None:
            heard.recv_bytes()
        else:
            time.sleep(delay)
        process.kill()
        return opened + _rest(heard)


def _open(folder: str, told: Connection) -> None:
    told.send_bytes(b"ready")
    companion.store.open(folder)
    told.send_bytes(b"opened")
    time.sleep(60)
