"""When two addresses are one article."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.editorial import identity
from companion.editorial.identity import identity_url

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
