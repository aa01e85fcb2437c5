"""The numbered letters of the site: kept one by one, and looked for in the companion afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.e2e.companion_process import Client
from tests.e2e.page_server import numbered_title
from tests.e2e.user import User
from tests.e2e.waiting import until


@dataclass(frozen=True)
class Kept:
    """One letter, and the stretch of time in which the user has clicked on the icon."""

    number: int
    earliest: datetime
    latest: datetime


def keeps(user: User, number: int, *states: str, meanwhile: Callable[[], object] | None = None) -> Kept:
    """Reads a letter, clicks, waits until the popup is in one of these states, and closes it.

    `meanwhile` happens as soon as the button was pressed.
    """
    user.reads(f"/numbered/{number}")
    earliest = now()
    user.browser.click_action()
    if meanwhile:
        meanwhile()
    user.sees_state(user.browser.popup(), *states)
    latest = now()
    user.browser.close_popup()
    return Kept(number, earliest, latest)


def now() -> datetime:
    """This moment as a browser's clock tells it, in whole milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def assert_arrived(client: Client, letters: Sequence[Kept], timeout: float = 30) -> None:
    """Each of them, once, in the order in which they were kept, and with the time of its own click."""
    titles = [numbered_title(letter.number) for letter in letters]
    until(lambda: set(titles) <= set(titles_in(client)), lambda: f"{titles}, and saw {titles_in(client)}", timeout)
    items = sorted(client.items(), key=lambda item: item["number"])
    arrived = [item for item in items if item["article"]["title"] in titles]
    assert [item["article"]["title"] for item in arrived] == titles
    moments = [datetime.fromisoformat(item["captured_at"]) for item in arrived]
    for letter, moment in zip(letters, moments, strict=True):
        assert letter.earliest <= moment <= letter.latest, f"letter {letter.number} has the time of another moment"
    assert len(set(moments)) == len(letters)


def titles_in(client: Client) -> list[str]:
    """The titles that the companion keeps, the newest first."""
    return [item["article"]["title"] for item in client.items()]
