"""The companion is off, or has let go of this browser: what is clicked waits, also over a restart, and arrives once."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.letters import Kept, assert_arrived, keeps, titles_in
from tests.e2e.page_server import DUTCH_TITLE, ENGLISH_TITLE, PLAIN_TITLE, numbered_title
from tests.e2e.user import User
from tests.e2e.waiting import until

DISCONNECT = "form[action*='/browsers/'] button"
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
    paired.companion.stop()
    letters: list[Kept] = []
    for number in range(100 * count, 100 * count + count):
        letters.append(keeps(paired, number, "waiting"))
        if len(letters) == count // 2:
            paired.browser.restart()
    paired.companion.start()
    paired.browser.restart()
    assert_arrived(client, letters)


def test_a_browser_that_was_disconnected_keeps_its_articles_until_it_is_let_in_again(paired: User, client: Client):
    paired.browser.open(f"{paired.companion.url}/settings?disconnect")
    paired.browser.click(DISCONNECT)
    letters = [keeps(paired, number, "pairing") for number in (1, 2, 3)]
    assert paired.badge() == "!"
    assert not {numbered_title(letter.number) for letter in letters} & set(titles_in(client))

    paired.browser.show("/numbered/3")
    paired.clicks("pairing").click("#ask-again")
    paired.allows()
    assert_arrived(client, letters)
    until(lambda: paired.badge() == "", "nothing on the icon any more")
