"""Bodies and values that no client of ours sends: refused by name, never a fault, never kept as they are.

Against the running companion. README.md says which case of the list each test holds.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hostile.besieged import CHROME, JSON, capture

# Every route of the API that reads a body.
ROUTES = [
    ("POST", "/api/captures"), ("PATCH", "/api/items/{item}"), ("PUT", "/api/items/{item}/slot"), ("POST", "/api/slots"),
    ("PATCH", "/api/slots/{slot}"), ("PUT", "/api/cadence"), ("POST", "/api/time/segments"), ("POST", "/api/launch-links"),
    ("POST", "/api/proof"), ("POST", "/api/pairing/1234"),
]  # fmt: skip

BROKEN = {
    "empty": b"",
    "cut short": b'{"title": "a',
    "a list": b"[]",
    "nothing": b"null",
    "a number": b"1",
    "a text": b'"{}"',
    "two documents": b"{}{}",
    "a comment": b"{} // x",
    "single quotes": b"{'a': 1}",
    "Latin-1": b'{"title": "caf\xe9"}',
    "UTF-16": '{"title": "a"}'.encode("utf-16"),
    "overlong slash": b'{"title": "\xc0\xaf"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "NUL": b'{"title": "a\0b"}',
    "a lone surrogate": b'{"title": "\\ud800"}',
    "a lone surrogate as a name": b'{"\\udfff": 1}',
    "NaN": b'{"title": NaN}',
    "Infinity": b'{"title": -Infinity}',
    "1e999": b'{"title": 1e999}',
    "more than 64 bits": b'{"title": 123456789012345678901234567890}',
    "a number of 10,000 digits": b'{"title": ' + b"9" * 10_000 + b"}",
    "100,000 lists": b"[" * 100_000,
    "100,000 closed lists": b"[" * 100_000 + b"]" * 100_000,
    "100,000 objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "1,000 lists in a field": b'{"title": ' + b"[" * 1000 + b"]" * 1000 + b"}",
    "1,000 objects in a field": b'{"entries":' + b'{"a":' * 1000 + b"1" + b"}" * 1001,
    "100,000 fields": b"{" + b",".join(b'"f%d": 1' % n for n in range(100_000)) + b"}",
}


@pytest.fixture(scope="module")
def ids(besieged):
    """An item and a slot that are there, and all that the tests need to call."""
    item = besieged.send("POST", "/api/captures", capture(), besieged.program).json["item"]["id"]
    new_slot = {"starts_at": "2027-03-02T08:00:00Z", "kind": "own"}
    return {"item": item, "slot": besieged.send("POST", "/api/slots", new_slot, besieged.program).json["id"]}


@pytest.fixture(autouse=True)
def unchanged(ids, besieged):
    """Of all that is refused nothing is kept."""
    before = besieged.kept()
    yield
    assert besieged.kept() == before


@pytest.mark.parametrize(("method", "path"), ROUTES, ids=lambda value: value.strip("/"))
@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_body_that_is_no_record_is_refused_wherever_it_is_sent(besieged, ids, method, path, body):
    who = f"Origin: {CHROME}" if "pairing" in path else besieged.program
    besieged.assert_refused(besieged.ask(method, path.format(**ids), JSON, who, body=body), 400, 422)


def names(answer):
    return [problem["path"] for problem in answer.json["problems"]]


ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt://example.com/%0aalert(1)", "data:text/html,x", "file:///etc/passwd", "chrome://settings", "about:blank",
    "blob:https://example.com/1", "view-source:https://example.com/", "ftp://example.com/", "//example.com/", "example.com", "", " https://example.com/",
    "https://", "https:///path", "https://user@example.com/", "https://user:secret@example.com/", "https://example.com\\@evil.example/",
    "https://example.com/\r\nX: y", "https://example.com/\n", "https://example.com/\0", "https://example.com/ x", "https://exa\tmple.com/",
    "https://example.com:99999/", "https://example.com:0/", "https://example.com:x/", "https://[::1", "https://" + "a" * 2000 + ".example/",
    "https://example.com/" + "a" * 2000, 7, ["https://example.com/"], {"href": "https://example.com/"}, True,
]  # fmt: skip


@pytest.mark.parametrize("field", ["url", "canonical_url"])
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda value: repr(value)[:40])
def test_an_address_that_is_none_is_refused_by_name(besieged, field, address):
    answer = besieged.send("POST", "/api/captures", capture(**{field: address}), besieged.program)
    besieged.assert_refused(answer, 422)
    assert set(names(answer)) == {field}


LONG = "x" * 1_000_000
CAPTURE, ITEM, SLOT = ROUTES[0], ROUTES[1], ROUTES[4]
SEGMENT = {
    "id": "1", "start": "2026-11-20T08:00:00Z", "end": "2026-11-20T08:10:00Z", "zone": "UTC", "activity": "read", "site": "a",
}  # fmt: skip
ENTRY = {"id": "a", "weekday": 2, "time": "08:40", "kind": "own", "channel": "LinkedIn", "every_weeks": 1}
VALUES = [
    (*CAPTURE, capture(title=LONG), "title"),
    (*CAPTURE, capture(title=None), "title"),
    (*CAPTURE, capture(commentary=LONG), "commentary"),
    (*CAPTURE, capture(lang=LONG), "lang"),
    (*CAPTURE, capture(html="x" * 5_500_001), "html"),
    (*CAPTURE, capture(quotes=[{"text": "a"}] * 10_000), "quotes"),
    (*CAPTURE, capture(quotes=[{"text": LONG}]), "quotes[0].text"),
    (*CAPTURE, capture(quotes=[{"text": "a", "id": "b"}]), "quotes[0].id"),
    (*CAPTURE, capture(id="../../../etc/passwd"), "id"),
    (*CAPTURE, capture(id="3f6d2c1e-8a52-4f0e-9a53-0d5a2f7b1c11\n"), "id"),
    (*CAPTURE, capture(captured_at="1969-12-31T23:59:59Z"), "captured_at"),
    (*CAPTURE, capture(captured_at="2026-13-01T00:00:00Z"), "captured_at"),
    (*CAPTURE, capture(captured_at="2026-11-20T08:00:00+01:00"), "captured_at"),
    (*CAPTURE, capture(captured_at=1e308), "captured_at"),
    (*CAPTURE, capture(client={"name": "a" * 81, "version": "1"}), "client.name"),
    (*CAPTURE, capture(fetch="yes"), "fetch"),
    (*ITEM, {"hashtags": [f"a{n}" for n in range(10_000)]}, "hashtags"),
    (*ITEM, {"hashtags": ["a" * 10_240]}, "hashtags[0]"),
    (*ITEM, {"hashtags": ["two words"]}, "hashtags[0]"),
    (*ITEM, {"people": ["a"] * 51}, "people"),
    (*ITEM, {"status": "planned"}, "status"),
    (*ITEM, {"id": "other"}, "id"),
    (*ITEM, {"slot_id": "2026-11-24-tue"}, "slot_id"),
    (*ITEM, {"revision": 7}, "revision"),
    (*ITEM, {"text_hash": "0" * 64}, "text_hash"),
    (*ITEM, {"__proto__": {"status": "published"}}, "__proto__"),
    (*SLOT, {"item_id": "other"}, "item_id"),
    (*SLOT, {"zone": "Europe/../../etc/passwd"}, "zone"),
    (*SLOT, {"zone": "/etc/localtime"}, "zone"),
    (*SLOT, {"starts_at": "0000-00-00T00:00:00Z"}, "starts_at"),
    ("PUT", "/api/cadence", {"entries": [ENTRY] * 10_000}, "entries"),
    ("POST", "/api/launch-links", {"path": "https://evil.example/"}, "path"),
    ("POST", "/api/launch-links", {"path": "//evil.example/"}, "path"),
    ("POST", "/api/launch-links", {"path": "/\\evil.example/"}, "path"),
    ("POST", "/api/launch-links", {"path": "/\r\nSet-Cookie: a=b"}, "path"),
    ("POST", "/api/time/segments", {"source": "a", "segments": [SEGMENT] * 5_000}, "segments"),
    ("POST", "/api/time/segments", {"source": LONG, "segments": []}, "source"),
    ("POST", "/api/proof", {"nonce": "0" * 10_000}, "nonce"),
    ("POST", "/api/proof", {"nonce": "G" * 32}, "nonce"),
]


@pytest.mark.parametrize(("method", "path", "record", "field"), VALUES, ids=lambda value: repr(value)[:40])
def test_a_value_out_of_range_is_refused_by_name(besieged, ids, method, path, record, field):
    answer = besieged.send(method, path.format(**ids), record, besieged.program)
    besieged.assert_refused(answer, 422)
    assert field in names(answer)


@pytest.mark.parametrize(
    "changes",
    [
        {"end": "2026-11-20T07:59:59Z"},  # A duration below nothing.
        {"end": "2058-07-29T09:46:40Z"},  # One of a thousand million seconds.
        {"start": "1970-01-01T00:00:00Z", "end": "1970-01-01T00:00:01Z"},  # By a clock that was never set.
        {"start": "9999-12-31T23:59:58Z", "end": "9999-12-31T23:59:59Z"},
        {"words": -1},
        {"words": 10**18},
        {"words": 0.5},
        {"activity": "sleeping"},
        {"zone": "Mars/Olympus"},
    ],
    ids=str,
)
def test_a_stretch_of_time_that_cannot_be_is_named_and_not_counted(besieged, changes):
    batch = {"source": "a browser", "segments": [SEGMENT | changes]}
    answer = besieged.send("POST", "/api/time/segments", batch, besieged.program)
    if answer.status == 202:
        assert answer.json["accepted"] == 0
        assert [one["id"] for one in answer.json["rejected"]] == ["1"]
    else:
        besieged.assert_refused(answer, 422)
        assert names(answer)[0].startswith("segments[0]")


def test_what_nobody_asked_for_is_not_kept_and_never_chooses_the_key(fresh):
    planted = dict.fromkeys(("doc_id", "_id", "_default", "number", "item_id", "slot_id", "text_hash"), "planted")
    planted |= {"__proto__": {"status": "planted"}, "constructor": {"prototype": "planted"}, "status": "published"}
    item = fresh.send("POST", "/api/captures", capture(**planted), fresh.program).json["item"]
    assert (item["status"], item["slot_id"], item["text_hash"]) == ("queued", None, None)
    assert b"planted" not in b"".join(fresh.kept().values())


def test_one_capture_sent_by_many_at_once_is_one_item(fresh):
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: fresh.send("POST", "/api/captures", capture(), fresh.program), range(32)))
    assert sorted(reply.status for reply in replies) == [200] * 31 + [201]
    assert len({reply.json["item"]["id"] for reply in replies}) == 1
    assert len(fresh.ask("GET", "/api/items", fresh.program).json["items"]) == 1
