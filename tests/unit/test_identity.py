"""When two addresses are one article."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import contract
from companion.editorial import identity
from companion.editorial.identity import identity_url, web_address

SHARED = json.loads(Path("shared_schema/examples/identity-cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["url"])
def test_the_shared_cases_hold(case):
    assert identity_url(case["url"], case.get("canonical")) == case["identity"]


def test_the_tracking_parameters_are_the_shared_ones():
    assert sorted(identity.TRACKING_PARAMETERS) == sorted(SHARED["tracking_parameters"])
    assert list(identity.TRACKING_PREFIXES) == SHARED["tracking_prefixes"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.com/één", "https://example.com/%C3%A9%C3%A9n"),
        ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_addresses_are_written_as_browsers_write_them(url, expected):
    assert identity_url(url) == expected


@pytest.mark.parametrize(
    ("found", "address"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        (" HTTPS://A.example:8443/\n", "https://a.example:8443/"),
        ("https://a.example/a b<c>\x01?d e", "https://a.example/a%20b%3Cc%3E%01?d%20e"),
        ("https://bücher.example/één?ü#ö", "https://xn--bcher-kva.example/%C3%A9%C3%A9n?%C3%BC#%C3%B6"),
        ("https://a.example/b|c%7Cd", "https://a.example/b|c%7Cd"),
        ("https://naam:woord@a.example/", "https://a.example/"),
        ("https://a.example/" + "b" * 1982, "https://a.example/" + "b" * 1982),
        ("https://a.example/" + "b" * 1983, None),
        ("https://a.example/" + "é" * 500, None),
        ("https://a.example:0/", None),
        ("https://a.example:99999/", None),
        ("https://a..example/", None),
        ("https://[::1/", None),
        ("https://a\\b/", None),
        ("https://a b/", None),
        ("https:///a", None),
        ("https://a.example/\ud800", None),
        ("javascript:alert(1)", None),
        ("/a", None),
        ("", None),
    ],
)
def test_of_what_stands_where_an_address_should_a_record_holds_what_is_one(found, address):
    assert web_address(found) == address


STARTS = st.sampled_from(["", "http://", "https://a", "https://a.example:80/", "//", "https://[::1]"])
SIGNS = st.text('abé/?#:@[]%4180\\ .|<"\t\n\0\x7f\xa0\u3000\u3002\ud800', max_size=30)


@given(st.builds(str.__add__, STARTS, SIGNS))
def test_what_it_makes_of_anything_is_an_address_for_the_contract(found):
    address = web_address(found)
    assert address is None or contract.check("web_address", address) == []
    assert address is None or web_address(address) == address


paths = st.text("abcXYZ09-._~%/", max_size=20).map(lambda path: "/" + path.lstrip("/"))
names = st.sampled_from(["id", "p", "utm_source", "fbclid", "UTM_Medium"])
queries = st.lists(st.tuples(names, st.text("abc123", max_size=4)), max_size=5)


@given(paths, queries)
def test_the_identity_of_an_identity_is_itself(path, query):
    url = f"https://www.example.com{path}?{'&'.join('='.join(pair) for pair in query)}"
    assert identity_url(identity_url(url)) == identity_url(url)


@given(paths, queries, st.randoms())
def test_the_order_of_parameters_and_any_tracking_make_no_difference(path, query, random):
    kept = [pair for pair in query if pair[0] in ("id", "p")]
    random.shuffle(query)
    address = f"https://example.com{path}"
    shuffled = f"{address}?{'&'.join('='.join(pair) for pair in query)}"
    plain = f"{address}?{'&'.join('='.join(pair) for pair in sorted(kept))}"
    assert identity_url(shuffled) == identity_url(plain)
