"""Whatever is done to a store, in whatever order, it answers as plain dicts would."""

import shutil
from contextlib import ExitStack
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import companion.store
from tests.unit.store.faults.memory import folder_in_memory

TABLES = ("items", "slots", "segments")
IDS = ("a", "b", "c", "een id\twith a tab\n", "é€", "")
STATUSES = ("queued", "planned")
URLS = ("https://a.example/", "https://b.example/")
CAPTURES = ("c1", "c2", "c3")
DAYS = [(date(2026, 12, 25) + timedelta(days=day)).isoformat() for day in range(10)]

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
ids = st.sampled_from(IDS)
# No two items have one number at one time, as the store's own numbers never do.
numbers = st.integers(0, 5)
items = st.builds(
    lambda record_id, number, status, url, captures, extra: {
        "id": record_id,
        "number": number * len(IDS) + IDS.index(record_id),
        "status": status,
        "identity_url": url,
        "capture_ids": captures,
        "text_hash": None,
        "page_hash": None,
        "extra": extra,
    },
    ids,
    numbers,
    st.sampled_from(STATUSES),
    st.sampled_from(URLS),
    st.lists(st.sampled_from(CAPTURES), unique=True),
    anything,
)
slots = st.builds(
    lambda record_id, day, extra: {"id": record_id, "date": day, "extra": extra}, ids, st.sampled_from(DAYS), anything
)
segments = st.builds(
    lambda record_id, start, hours: {
        "id": record_id,
        "start": f"{start}T22:00:00Z",
        "end": f"{_later(start, hours)}T01:00:00Z",
    },
    ids,
    st.sampled_from(DAYS),
    st.integers(0, 1),
)
records = st.one_of(
    st.tuples(st.just("items"), items), st.tuples(st.just("slots"), slots), st.tuples(st.just("segments"), segments)
)
removals = st.tuples(st.sampled_from(TABLES), ids)
# (table, record) puts it, (table, id) discards it.
changes = st.lists(st.one_of(records, removals), max_size=5)


def monday(day):
    at = date.fromisoformat(day)
    return (at - timedelta(days=at.weekday())).isoformat()


def _later(day, days):
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


INDEXES = [
    ("items", "identity", lambda item: [item["identity_url"]]),
    ("items", "capture", lambda item: item["capture_ids"]),
    ("slots", "week", lambda slot: [monday(slot["date"])]),
    ("segments", "day", lambda segment: {segment["start"][:10], segment["end"][:10]}),
]
KEYS = {"identity": URLS, "capture": CAPTURES, "week": {monday(day) for day in DAYS}, "day": DAYS}


class Undone(Exception):
    """Makes a transaction fail."""


class StoreMachine(RuleBasedStateMachine):
    @initialize()
    def start(self):
        self.ending = ExitStack()
        self.parent = self.ending.enter_context(folder_in_memory())
        self.folders = 0
        self.store = companion.store.open(self.parent / "0", compact_after=2000)
        self.model = {table: {} for table in TABLES}

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            self.ending.close()

    @rule(change=st.one_of(records, removals))
    def change(self, change):
        self.apply(change)
        self.model = changed(self.model, [change])

    @rule(many=st.lists(items, max_size=4))
    def put_all(self, many):
        self.store.items.put_all(many)
        self.model = changed(self.model, [("items", item) for item in many])

    @rule(together=changes, fails=st.booleans())
    def transaction(self, together, fails):
        expected = changed(self.model, together)
        try:
            with self.store.transaction():
                for change in together:
                    self.apply(change)
                self.same_as(expected)
                if fails:
                    raise Undone
        except Undone:
            expected = self.model
        self.model = expected

    @rule(outer=changes, inner=changes, after=changes, inner_fails=st.booleans(), outer_fails=st.booleans())
    def nested_transaction(self, outer, inner, after, inner_fails, outer_fails):
        expected = changed(self.model, outer + ([] if inner_fails else inner) + after)
        try:
            with self.store.transaction():
                for change in outer:
                    self.apply(change)
                self.inner_transaction(inner, inner_fails)
                for change in after:
                    self.apply(change)
                self.same_as(expected)
                if outer_fails:
                    raise Undone
        except Undone:
            expected = self.model
        self.model = expected

    def inner_transaction(self, inner, fails):
        try:
            with self.store.transaction():
                for change in inner:
                    self.apply(change)
                if fails:
                    raise Undone
        except Undone:
            pass

    @rule()
    def compact(self):
        self.store.compact()

    @rule()
    def reopen(self):
        folder = self.store.folder
        self.store.close()
        self.store = companion.store.open(folder, compact_after=2000)

    @rule(seed=st.integers(0, 1000), size=st.integers(1, 200))
    def reopen_after_an_unfinished_line(self, seed, size):
        folder = self.store.folder
        self.store.close()
        journal = max(folder.glob("journal-*.tsv"))
        with journal.open("ab") as file:
            # A write that broke off; zeros would be a fault of the disk, which is told.
            file.write(Random(seed).randbytes(size).replace(b"\n", b"\t").replace(b"\0", b"x"))
        self.store = companion.store.open(folder, compact_after=2000)
        assert not list(self.store.notices)

    @rule()
    def go_on_with_a_copy(self):
        """The files are all there is to a store."""
        self.folders += 1
        copied = self.parent / str(self.folders)
        self.store.close()
        shutil.copytree(self.store.folder, copied)
        self.store = companion.store.open(copied, compact_after=2000)

    def apply(self, change):
        table, what = change
        if isinstance(what, str):
            getattr(self.store, table).discard(what)
        else:
            getattr(self.store, table).put(what)

    @invariant()
    def is_as_the_model(self):
        if hasattr(self, "store"):
            self.same_as(self.model)

    def same_as(self, model):
        for name in TABLES:
            table = getattr(self.store, name)
            assert {record["id"]: dict(record) for record in table} == model[name]
            assert len(table) == len(model[name])
            assert [table.find(one) for one in IDS] == [model[name].get(one) for one in IDS]
        self.same_indexes(model)

    def same_indexes(self, model):
        for table, index, keys in INDEXES:
            expected = {}
            for record in model[table].values():
                for key in keys(record):
                    expected.setdefault(key, []).append(record["id"])
            for key in KEYS[index]:
                found = [record["id"] for record in getattr(self.store, table).find_by(index, key)]
                assert sorted(found) == sorted(expected.get(key, [])), (index, key)
        self.same_newest(list(model["items"].values()))

    def same_newest(self, items):
        for status in ("", *STATUSES):
            ordered = sorted(
                (item for item in items if status in ("", item["status"])), key=lambda item: -item["number"]
            )
            for before, limit in ((None, None), (None, 2), (12, None), (12, 1), (0, 3)):
                expected = [item for item in ordered if before is None or item["number"] < before][:limit]
                assert [dict(item) for item in self.store.items.newest("status", status, before, limit)] == expected


def changed(model, together):
    """The model after these changes."""
    new = {table: dict(known) for table, known in model.items()}
    for table, what in together:
        if isinstance(what, str):
            new[table].pop(what, None)
        else:
            new[table][what["id"]] = what
    return new


INDEXED = ("number", "status", "identity_url", "capture_ids", "date", "start", "end")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TABLES), st.dictionaries(st.sampled_from(INDEXED), anything)), max_size=4))
def test_records_of_any_shape_are_kept_and_never_keep_the_store_from_opening(shapes):
    """Another version may have other ideas of a field; what this one looks it up by must not be in the way."""
    with folder_in_memory() as folder:
        store = companion.store.open(folder)
        for table, shape in shapes:
            getattr(store, table).put({**shape, "id": "a"})
        store.close()
        store = companion.store.open(folder)
        for table, shape in dict(shapes).items():
            assert getattr(store, table).find("a") == {**shape, "id": "a"}
            getattr(store, table).discard("a")
        store.close()


slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
short = settings(max_examples=100, stateful_step_count=25, deadline=None, suppress_health_check=slow)
thorough = settings(max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=slow)


class TestStore(StoreMachine.TestCase):
    settings = short


@pytest.mark.long
class TestStoreThoroughly(StoreMachine.TestCase):
    settings = thorough
