"""TinyDB's documented queries and calls give the same answers on our database as on TinyDB's own JSON file."""

import re

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import add, decrement, delete, increment, set, subtract
from tinydb.table import Document

from companion.store.journal.opening import open_storage
from companion.store.journal.tables import JournalTable

PEOPLE = [
    {"name": "John", "age": 22, "tags": ["a", "b"], "address": {"city": "Utrecht", "no": 1}},
    {"name": "Jane", "age": 37, "tags": [], "address": {"city": "Gent", "no": 12}},
    {"name": "Zoë", "age": 5, "tags": ["b"], "groups": [{"name": "user"}, {"name": "admin"}]},
    {"name": "john", "tags": ["c", "d"], "groups": [{"name": "user"}], "age": None},
    {"odd name": 1, "42": True, "nested": {"deeply": {"here": [1, 2, 3]}}},
]
User = Query()

QUERIES = {
    "where": where("name") == "John",
    "field by item": User["odd name"] == 1,
    "nested field": User.address.city == "Gent",
    "nested field by where": where("address").city == "Gent",
    "not equal": User.name != "John",
    "greater": User.address.no > 1,
    "at least": User.address.no >= 1,
    "less": User.address.no < 12,
    "at most": User.address.no <= 12,
    "exists": User.groups.exists(),
    "nested exists": User.nested.deeply.here.exists(),
    "matches": User.name.matches("J.*"),
    "matches with flags": User.name.matches("j.*", flags=re.IGNORECASE),
    "search": User.name.search("o.*n"),
    "search in the middle": User.address.city.search("ent$"),
    "test": User.tags.test(lambda tags: len(tags) > 1),
    "test with arguments": User.tags.test(lambda tags, least, most: least <= len(tags) <= most, 1, 1),
    "any of values": User.tags.any(["a", "d"]),
    "any of documents": User.groups.any(Query().name == "admin"),
    "all of values": User.tags.all(["c", "d"]),
    "all of documents": User.groups.all(Query().name == "user"),
    "one of": User.name.one_of(["Jane", "Zoë", "nobody"]),
    "fragment": User.fragment({"name": "John", "age": 22}),
    "fragment of a field": Query().address.fragment({"city": "Utrecht"}),
    "mapped": User.name.map(str.lower) == "john",
    "and": (User.name == "John") & (User.tags.any(["a"])),
    "or": (User.name == "John") | (User.address.city == "Gent"),
    "not": ~(User.name == "John"),
    "combined": ~((User.name == "John") | User.groups.exists()) & User.address.exists(),
    "no-op": User.noop(),
    "none found": User.name == "nobody",
}

# Reading and writing calls, each done on the same five documents.
CALLS = {
    "insert": lambda t: t.insert({"name": "new", "tags": []}),
    "insert a document with an id": lambda t: t.insert(Document({"name": "new"}, doc_id=77)),
    "insert after a document with an id": lambda t: (t.insert(Document({}, doc_id=77)), t.insert({})),
    "insert a known id": lambda t: t.insert(Document({}, doc_id=2)),
    "insert what is no document": lambda t: t.insert([1]),
    "insert multiple": lambda t: t.insert_multiple([{"int": 1}, {"int": 2}]),
    "insert multiple from a generator": lambda t: t.insert_multiple({"int": number} for number in range(3)),
    "insert multiple with ids": lambda t: t.insert_multiple([Document({}, doc_id=9), Document({}, doc_id=8)]),
    "insert none": lambda t: t.insert_multiple([]),
    "all": lambda t: t.all(),
    "iterate": lambda t: list(t),
    "length": len,
    "get by query": lambda t: t.get(User.name == "Jane"),
    "get none": lambda t: t.get(User.name == "nobody"),
    "get by id": lambda t: t.get(doc_id=3),
    "get by an unknown id": lambda t: t.get(doc_id=99),
    "get by ids": lambda t: t.get(doc_ids=[1, 3, 99]),
    "get without anything": lambda t: t.get(),
    "contains by query": lambda t: t.contains(User.name == "Jane"),
    "contains none": lambda t: t.contains(User.name == "nobody"),
    "contains by id": lambda t: (t.contains(doc_id=1), t.contains(doc_id=99)),
    "count": lambda t: t.count(User.tags.exists()),
    "update all by a dict": lambda t: t.update({"seen": True}),
    "update some by a dict": lambda t: t.update({"age": 99}, User.name == "Jane"),
    "update none": lambda t: t.update({"age": 99}, User.name == "nobody"),
    "update by ids": lambda t: t.update({"age": 99}, doc_ids=[1, 2]),
    "update by an unknown id": lambda t: t.update({"age": 99}, doc_ids=[1, 99]),
    "update by delete": lambda t: t.update(delete("tags"), User.tags.exists()),
    "update by increment": lambda t: t.update(increment("age"), User.name == "John"),
    "update by decrement": lambda t: t.update(decrement("age"), User.name == "John"),
    "update by add": lambda t: t.update(add("age", 5), User.name == "John"),
    "update by subtract": lambda t: t.update(subtract("age", 5), User.name == "John"),
    "update by set": lambda t: t.update(set("name", "Jan"), User.name == "John"),
    "update by a function": lambda t: t.update(lambda document: document.pop("tags"), User.name == "John"),
    "update that fails half-way": lambda t: t.update(increment("age")),
    "update multiple": lambda t: t.update_multiple(
        [({"age": 1}, User.name == "John"), (delete("tags"), where("name") == "Jane")]
    ),
    "upsert a known one": lambda t: t.upsert({"name": "John", "logged_in": True}, User.name == "John"),
    "upsert a new one": lambda t: t.upsert({"name": "Kim"}, User.name == "Kim"),
    "upsert by id": lambda t: t.upsert(Document({"age": 1}, doc_id=2)),
    "upsert by a new id": lambda t: t.upsert(Document({"age": 1}, doc_id=50)),
    "upsert without anything": lambda t: t.upsert({"age": 1}),
    "remove by query": lambda t: t.remove(User.name == "John"),
    "remove none": lambda t: t.remove(User.name == "nobody"),
    "remove by ids": lambda t: t.remove(doc_ids=[1, 5]),
    "remove by an unknown id": lambda t: t.remove(doc_ids=[99]),
    "remove without anything": lambda t: t.remove(),
    "truncate": lambda t: t.truncate(),
    "insert after truncate": lambda t: (t.truncate(), t.insert({"a": 1}), len(t)),
    "insert after remove": lambda t: (t.remove(doc_ids=[5]), t.insert({"a": 1})),
}


class Plain(TinyDB):
    """Our database with documents whose ids are numbers, as TinyDB gives them out."""

    table_class = JournalTable


class Pair:
    """The same documents in our database and in TinyDB's own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.open()

    def open(self):
        self.ours = Plain(storage=lambda: open_storage(self.folder, {}))
        self.theirs = TinyDB(self.folder / "theirs.json")

    def close(self):
        self.ours.close()
        self.theirs.close()

    def reopen(self):
        self.close()
        self.open()

    def both(self, call):
        """What the call gives, or raises, on either."""
        return answer(lambda: call(self.ours)), answer(lambda: call(self.theirs))


@pytest.fixture
def pair(tmp_path):
    made = Pair(tmp_path / "data")
    for database in (made.ours, made.theirs):
        database.table("people").insert_multiple(PEOPLE)
    yield made
    made.close()


def answer(call):
    try:
        return plain(call())
    except Exception as error:  # noqa: BLE001  # Whatever TinyDB raises, ours must raise.
        return type(error), str(error)


def plain(value):
    """Documents with their ids; everything else as it is."""
    if isinstance(value, Document):
        return value.doc_id, dict(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_finds_the_same(pair, query):
    for call in ("search", "count", "contains", "get"):
        ours, theirs = pair.both(lambda database, name=call: getattr(database.table("people"), name)(query))
        assert ours == theirs, call


@pytest.mark.parametrize("table", ["people", "_default"])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_answers_and_leaves_the_same(pair, table, call):
    for database in (pair.ours, pair.theirs):
        database.table("_default").insert_multiple(PEOPLE)
    ours, theirs = pair.both(lambda database: call(database.table(table)))
    assert ours == theirs
    for _ in range(2):
        ours, theirs = pair.both(lambda database: [database.table(name).all() for name in ("people", "_default")])
        assert ours == theirs
        pair.reopen()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_answers_the_same_after_the_database_was_opened_again(pair, call):
    pair.reopen()
    ours, theirs = pair.both(lambda database: call(database.table("people")))
    assert ours == theirs


def test_the_databases_own_calls_go_to_the_default_table(pair):
    for call in (
        lambda database: database.insert({"a": 1}),
        lambda database: database.search(where("a") == 1),
        lambda database: database.tables(),
        len,
        lambda database: [dict(document) for document in database],
        lambda database: database.drop_table("people"),
        lambda database: database.tables(),
        lambda database: database.drop_tables(),
        lambda database: database.tables(),
    ):
        ours, theirs = pair.both(call)
        assert ours == theirs
