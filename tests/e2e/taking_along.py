"""A post on the page from which it is taken along, and how its fields are read."""

from urllib.parse import parse_qs, urlsplit

from tests.e2e.companion_process import Client
from tests.e2e.hands import read
from tests.e2e.user import User
from tests.e2e.waiting import until
from tests.e2e.week_ahead import SLOT, captured

VIEW = "My view."
TEXT = f"{VIEW}\n\nhttps://site7.example/\n\n#law #work"
AT_END = "const text = document.querySelector('#text'); text.focus(); text.setSelectionRange(text.value.length, text.value.length)"


def field(user: User, selector: str, name: str = "value") -> str:
    return str(read(user.browser, f"return document.querySelector('{selector}')?.{name} ?? ''") or "")


def taken_along(user: User) -> str:
    """The text that the channel's page is opened with."""
    return parse_qs(urlsplit(field(user, "#open", "href")).query).get("text", [""])[0]


def sees(user: User, selector: str, words: str) -> None:
    until(lambda: words in field(user, selector, "textContent"), f"{words!r} in {selector}")


def goes_out(user: User, client: Client) -> str:
    """The id of an article whose post is about to be taken along."""
    item = str(client.send("POST", "/api/captures", captured(7) | {"commentary": VIEW}).json["item"]["id"])
    assert client.send("PATCH", f"/api/items/{item}", {"hashtags": ["law", "work"]}).status == 200
    assert client.send("PUT", f"/api/items/{item}/slot", {"slot_id": SLOT}).status == 200
    user.is_let_in()
    user.browser.open(f"{user.companion.url}/post/{SLOT}")
    return item
