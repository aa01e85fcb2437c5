"""A link kept from the context menu: the companion tries to fetch its page, and says why it did not; a click on the page
itself brings the text."""

from typing import Any

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.page_server import PLAIN_TEXT, numbered_title
from tests.e2e.user import OWN_PAGE, User
from tests.e2e.waiting import until

PATH = "/numbered/5"
LINKS = "return document.querySelector('#links').innerText"


@pytest.fixture(scope="module")
def link(paired: User, client: Client) -> dict[str, Any]:
    """The item of a link to this machine, where the companion fetches nothing from, once it has said so."""
    paired.site.asked.clear()
    paired.reads("/feed")
    paired.browser.choose_from_menu("curate_link", url(paired))
    return until(lambda: refused(client, url(paired)), lambda: f"a link that is not fetched, and saw {client.items()}")


def url(user: User) -> str:
    """The letter's address by number: the companion does not know the names that the browser was told."""
    return f"http://127.0.0.1:{user.site.port}{PATH}"


def refused(client: Client, url: str) -> dict[str, Any] | None:
    """The item of this address, once the companion has given it up."""
    found = [item for item in client.items() if item["article"]["url"] == url]
    return found[0] if found and found[0]["fetch"] == "refused_address" else None


def test_it_is_a_link_and_nothing_more(paired: User, client: Client, link: dict[str, Any]):
    assert link["link_only"]
    assert client.get(f"/api/items/{link['id']}")["article"].get("text", "") == ""
    assert not [path for path in paired.site.asked if path == PATH], "the companion has asked this machine"


def test_the_extension_says_why(paired: User, link: dict[str, Any]):
    paired.browser.open(paired.browser.extension_url(OWN_PAGE))
    until(lambda: "private network" in paired.browser.js(LINKS), lambda: paired.browser.js(LINKS))
    paired.browser.close_page()


def test_a_click_on_its_page_brings_the_text(paired: User, client: Client, link: dict[str, Any]):
    paired.browser.open(url(paired))
    paired.clicks("known", "saved")
    path = f"/api/items/{link['id']}"
    until(lambda: not client.get(path)["link_only"], "the text")
    item = client.get(path)
    assert PLAIN_TEXT[0] in item["article"]["text"]
    assert item["article"]["title"] == numbered_title(5)
    assert item["fetch"] is None
    assert len(client.items()) == 1
