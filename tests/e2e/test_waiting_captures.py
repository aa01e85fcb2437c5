"""The companion is off: what is clicked waits, over a restart of the browser, and arrives once."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.page_server import DUTCH_TITLE, ENGLISH_TITLE, PLAIN_TITLE, numbered_title
from tests.e2e.user import User
from tests.e2e.waiting import until

VIEW = "Who explains the explanation?"


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_click_without_the_companion_arrives_after_both_were_restarted(paired: User, client: Client):
    paired.companion.stop()
    paired.reads("/dutch")
    before = datetime.now(UTC)
    popup = paired.clicks("waiting")
    after = datetime.now(UTC)
    assert "Waiting for Kwartier" in paired.sees(popup, "#status")
    paired.writes(popup, VIEW)
    paired.browser.close_popup()

    paired.companion.start()
    paired.browser.restart()

    item = until(lambda: client.item_titled(DUTCH_TITLE), "the article that waited")
    # The browser's clock counts in milliseconds, ours in microseconds.
    assert before - timedelta(milliseconds=1) <= instant(item["captured_at"]) <= after
    until(lambda: client.get(f"/api/items/{item['id']}")["commentary"] == VIEW, "the view that waited")
    assert [entry["article"]["title"] for entry in client.items()].count(DUTCH_TITLE) == 1


def test_what_waits_goes_out_with_the_next_click(paired: User, client: Client):
    paired.companion.stop()
    paired.reads("/plain")
    paired.clicks("waiting")
    paired.browser.close_popup()
    paired.companion.start()
    paired.reads("/english")
    paired.clicks("saved")
    titles = [item["article"]["title"] for item in client.items()]
    assert titles.count(PLAIN_TITLE) == 1
    assert titles.count(ENGLISH_TITLE) == 1


@pytest.mark.parametrize("count", [4, pytest.param(30, marks=pytest.mark.long)])
def test_a_day_without_the_companion(paired: User, client: Client, count: int):
    first = 100 * count
    numbers = range(first, first + count)
    paired.companion.stop()
    for number in numbers:
        paired.reads(f"/numbered/{number}")
        paired.clicks("waiting")
        paired.browser.close_popup()
        if number == first + count // 2:
            paired.browser.restart()
    paired.companion.start()
    paired.browser.restart()

    expected = [numbered_title(number) for number in numbers]
    until(lambda: client.item_titled(expected[-1]), "the last of them", timeout=60)
    ours = [item for item in client.items() if item["article"]["title"] in expected]
    in_order = sorted(ours, key=lambda item: item["number"])
    assert [item["article"]["title"] for item in in_order] == expected
    moments = [instant(item["captured_at"]) for item in in_order]
    assert moments == sorted(moments)
    assert len(set(moments)) == count
