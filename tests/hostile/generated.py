"""What is sent to the companion when nobody thinks about it: records from the schemas, spoilt ones, and anything else.

An id of something that is there is written `@items:3`, and filled in when the request is made.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from companion import contract

EXAMPLES = Path(__file__).parent.parent.parent / "shared_schema" / "examples"
Strategy = st.SearchStrategy[Any]

ODD_TEXTS = [
    "", " ", "\0", "\n", "\u202e", "\ufeff", "\ud7ff\uffff", "e\u0301" * 50, "🙂" * 300, "../../etc/passwd", "__proto__", "constructor",
    "<script>alert(1)</script>", "=cmd|' /C calc'!A1", "' OR 1=1 --", "%00", "{{7*7}}", "%s%n", "NaN", "null", "-1", "1e999", "9" * 400, "a" * 100_000,
]  # fmt: skip
ODD_NUMBERS = [0, -1, 1, 2**31, 2**53, 2**63 - 1, -(2**63), 2**64 - 1, 0.5, -0.0, 1e308, 5e-324]
ODD = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.sampled_from(ODD_NUMBERS),
    st.none(),
    st.booleans(),
    st.sampled_from([[], {}, [[]], [None] * 1000, {"a": {"b": {}}}, [{}] * 200]),
    st.recursive(
        st.text(max_size=20) | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    ),
    st.sampled_from([100, 500, 1000, 1020]).map(lambda depth: json.loads("[" * depth + "]" * depth)),
)


def ids(kind: str | None = None) -> Strategy:
    """Ids of what is there, mostly of this kind, and of what never was."""
    kinds = st.sampled_from([kind] * 8 + ["items", "slots", "captures"] if kind else ["items", "slots", "captures"])
    there = st.builds("@{}:{}".format, kinds, st.integers(0, 30))
    return st.integers(0, 4).flatmap(lambda choice: there if choice else st.sampled_from(ODD_TEXTS[:-1]))


PAGES = st.sampled_from(
    [
        "<title>Rooster</title><article><p>" + "Verpleegkundigen maken hun eigen rooster. " * 20 + "</p></article>",
        "<p>Kort.</p>", "<html", "<div>" * 600, "plain", " ", "<table><tr><td>1",
    ]
)  # fmt: skip
MOMENTS = st.one_of(
    st.integers(2**30, 2**32).map(lambda second: datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
    st.builds("2026-11-{:02}T{:02}:00:00Z".format, st.integers(1, 30), st.integers(0, 23)),
    st.builds("2027-{:02}-{:02}T08:40:00Z".format, st.integers(1, 12), st.integers(1, 28)),
)
# Names that nobody has: a link may be fetched.
ADDRESSES = st.one_of(
    st.integers(0, 400).map("https://vakblad.example/{}".format),
    st.builds("http{}://{}.invalid{}/{}".format, st.sampled_from(["", "s"]), st.sampled_from(["a", "xn--caf-dma", "é"]),
              st.sampled_from(["", ":1", ":65535", "."]), st.text(alphabet="aé%?#&=/;~", max_size=30)),
    st.sampled_from(["http://127.0.0.1:9/", "http://[::1]/", "http://2130706433/", "http://0.0.0.0/"]),
)  # fmt: skip
BY_FORMAT: Mapping[str, Strategy] = {
    "date-time": MOMENTS,
    "date": st.dates().map(str),
    "uuid": st.uuids().map(str) | st.sampled_from([f"00000000-0000-4000-8000-{n:012}" for n in range(20)]),
    "zone": st.sampled_from(["Europe/Amsterdam", "UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"]),
    "web-address": ADDRESSES,
}
BY_NAME: Mapping[str, Strategy] = {
    "html": PAGES,
    "nonce": st.text("0123456789abcdef", min_size=32, max_size=128),
    "pdf": st.sampled_from(["JVBERi0xLjc=", "", "no base64"]),
    "item_id": ids("items"),
    "slot_id": ids("slots"),
}


@cache
def valid(concept: str) -> Strategy:
    """Records of a concept, as its schema and its examples say."""
    examples = [json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob(f"{concept}/valid/*.json"))]
    made = _of(contract.schemas()[concept])
    return st.one_of(made, st.sampled_from(examples)) if examples else made


def _of(schema: Mapping[str, Any]) -> Strategy:
    if "$ref" in schema:
        return valid(schema["$ref"].removesuffix(".json"))
    if "anyOf" in schema:
        return st.one_of([_of(choice) for choice in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("format") in BY_FORMAT:
        return BY_FORMAT[schema["format"]]
    return BY_TYPE[schema.get("type", "anything")](schema)


def _text(schema: Mapping[str, Any]) -> Strategy:
    if pattern := schema.get("pattern"):
        return st.from_regex(pattern.replace("$", r"\Z"), alphabet=st.characters(codec="utf-8"))
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 100)
    ordinary = st.text(st.characters(codec="utf-8"), min_size=shortest, max_size=min(longest, max(60, shortest)))
    return st.one_of(ordinary, st.sampled_from(["a" * longest if longest < 60_000 else "a", "Mijn kijk."[:longest]]))


def _record(schema: Mapping[str, Any]) -> Strategy:
    fields = {name: BY_NAME[name] if name in BY_NAME else _of(inner) for name, inner in schema["properties"].items()}
    needed = {name: fields.pop(name) for name in schema["required"]}
    return st.fixed_dictionaries(needed, optional=fields)


BY_TYPE = {
    "string": _text,
    "integer": lambda schema: st.integers(schema.get("minimum"), schema.get("maximum")),
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
    "object": _record,
    "array": lambda schema: st.lists(_of(schema["items"]) if "items" in schema else valid("segment") | ODD, max_size=4),
    "anything": lambda _: ODD,
}


def places(record: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value in a record."""
    entries = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    for key, value in entries:
        yield (*path, key)
        yield from places(value, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, concept: str) -> Any:
    """A record with one thing wrong: a value that is gone, of another kind, out of range, or that nobody asked for."""
    record = json.loads(json.dumps(draw(valid(concept))))
    found = list(places(record))
    if not found or draw(st.integers(0, 9)) == 0:
        return {**record, draw(st.sampled_from(ODD_TEXTS[:-1])): draw(ODD)} if isinstance(record, dict) else draw(ODD)
    *way, last = draw(st.sampled_from(found))
    inner = record
    for key in way:
        inner = inner[key]
    if draw(st.booleans()):
        inner[last] = draw(ODD)
    else:
        del inner[last]
    return record


@st.composite
def bodies(draw: st.DrawFn, concept: str | None) -> bytes:
    """Bodies for a route that reads this concept: most of them right, many nearly right, some anything at all."""
    kind = draw(st.integers(0, 9)) if concept else 9
    if concept and kind < 6:
        return as_json(draw(valid(concept)))
    if concept and kind < 9:
        return as_json(draw(spoilt(concept)))
    return draw(st.just(b"") | ODD.map(as_json) | st.binary(max_size=60))


def as_json(record: object) -> bytes:
    """A record as it is sent; what UTF-8 cannot say goes as an escape."""
    return json.dumps(record).encode()
