"""Records are checked against the contract, and every problem is named with its path."""

import json
from pathlib import Path

import pytest

from companion import contract
from companion.errors import Invalid

LINK = json.loads(Path("shared_schema/examples/capture/valid/link.json").read_text(encoding="utf-8"))


def test_every_problem_is_reported_with_its_path():
    record = {**LINK, "title": 7, "url": "javascript:alert(1)", "quotes": [{"text": "good"}, {"text": ""}]}
    del record["captured_at"]
    paths = {problem["path"] for problem in contract.check("capture", record)}
    assert paths == {"captured_at", "quotes[1].text", "title", "url"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "x" * 2001}, "is longer than 2,000 characters"),
        ({"title": None}, "must be of type string"),
        ({"captured_at": "yesterday"}, "is not as expected. A moment in UTC, ending in Z."),
        ({"quotes": [{"text": "a"}] * 101}, "has more than 100 entries"),
    ],
)
def test_messages_are_plain_and_never_repeat_the_value(changes, message):
    [problem] = contract.check("capture", {**LINK, **changes})
    assert problem["message"] == message


def test_thousands_of_faults_are_named_quickly_and_not_all():
    assert len(contract.check("item_edit", {"hashtags": ["#"] * 100_000})) <= contract.MOST_PROBLEMS


@pytest.mark.parametrize("host", ["ä..com", "x" * 64 + ".com", "-" * 300])
def test_a_host_that_no_browser_would_look_up_is_no_address(host):
    assert [problem["path"] for problem in contract.check("capture", {**LINK, "url": f"https://{host}/"})] == ["url"]


def test_a_number_with_a_fraction_is_no_integer_even_where_it_is_whole():
    entry = {"id": "a", "weekday": 2.0, "time": "08:40", "kind": "own", "channel": "x", "every_weeks": True}
    assert {problem["path"] for problem in contract.check("cadence_entry", entry)} == {"weekday", "every_weeks"}


def test_require_raises_with_all_problems():
    with pytest.raises(Invalid) as refusal:
        contract.require("capture", {})
    assert len(refusal.value.problems) == len(contract.schemas()["capture"]["required"])


@pytest.mark.parametrize("concept", sorted(contract.schemas()))
def test_every_concept_says_what_it_is(concept):
    schema = contract.schemas()[concept]
    assert schema["title"]
    assert schema["description"]
