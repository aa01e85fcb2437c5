"""A page on another site tries all that a page can: it gets nothing from the companion, and changes nothing in it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e.careless_service import SECRET, CarelessService
from tests.e2e.companion_process import Client
from tests.e2e.page_server import ENGLISH_TITLE
from tests.e2e.user import User
from tests.e2e.waiting import until

ATTACK = (Path(__file__).parent / "attack.js").read_text("utf-8")
PAGE = (
    f'<!doctype html><title>Another site</title><button id="open">Open</button><script type="module">{ATTACK}</script>'
)
FRAMES = '<!doctype html><title>Another site</title><iframe width="900" height="600" src="{}"></iframe>'

# The page's own window: Firefox hands out one in which the page's own functions do not show.
PAGE_WINDOW = "window.wrappedJSObject || window"

# Where the page lies: on another site; and on this machine, where the browser adds the companion's cookies.
HOSTS = ["page.test", "127.0.0.1"]
# The names that lead to the companion; a site can let a name of its own lead there too.
NAMES = ["127.0.0.1", "localhost", "elsewhere.test"]
PLANTED = {
    "id": "0b51b6c1-94a0-4f0e-8a7b-5d3c1f4a6e21",
    "url": "http://page.test/planted",
    "title": "Planted",
    "captured_at": "2026-03-12T07:30:00Z",
    "client": {"name": "page", "version": "1"},
}


@pytest.fixture(scope="module")
def item(paired: User, client: Client) -> dict[str, Any]:
    """Something to steal."""
    paired.reads("/english")
    paired.clicks("saved")
    paired.browser.close_popup()
    return until(lambda: client.item_titled(ENGLISH_TITLE), "the article")


def plan(base: str, item: dict[str, Any], pairing: str, token: str | None) -> dict[str, Any]:
    """What the page knows and tries; more than it could guess."""
    path = f"/items/{item['id']}"
    csrf = {"csrf": "0" * 64}
    return {
        "base": base,
        "paths": ["/", path, f"/api{path}", "/api/items", "/settings", "/api/exports/json", "/api/health"],
        "picture": "/static/kwartier.svg",
        "script": "/static/live.js",
        "token": token,
        "capture": json.dumps(PLANTED),
        "forms": [
            [f"{path}/delete", "application/x-www-form-urlencoded", csrf],
            [path, "multipart/form-data", {**csrf, "commentary": "changed"}],
            [f"/settings/browsers/{pairing}/revoke", "text/plain", csrf],
            ["/api/captures", "text/plain", {json.dumps(PLANTED)[:-1] + ', "x": "': '"}'}],
        ],
    }


def pairing_of(user: User) -> str:
    """The id of the pairing, as the page of settings names it."""
    user.browser.open(f"{user.companion.url}/settings?pairing")
    action = user.browser.js("return document.querySelector('form[action*=\"/browsers/\"]').action")
    return urlsplit(action).path.split("/")[3]


def kept(client: Client) -> tuple[Any, Any]:
    """All that is planned and curated."""
    archive = json.loads(client.export("json"))
    return archive["items"], archive["slots"]


def attacks(user: User, host: str, wanted: dict[str, Any]) -> dict[str, str]:
    """Opens the page; what each of its tries got."""
    user.site.added["/attack"] = PAGE
    user.browser.open(f"http://{host}:{user.site.port}/attack?plan={quote(json.dumps(wanted))}")
    got: dict[str, str] = user.browser.js(f"return ({PAGE_WINDOW}).attack()")
    return got


def has_hold(user: User) -> bool:
    """Whether the page can still reach the window that its button has opened."""
    page = user.browser.address()
    user.browser.click("#open")
    user.browser.show("/?window")
    user.browser.show(page)
    hold = bool(user.browser.js(f"return ({PAGE_WINDOW}).hasHold()"))
    user.browser.close_page()
    user.browser.show("/?window")
    user.browser.close_page()
    return hold


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("host", HOSTS)
def test_it_gets_nothing_and_changes_nothing(paired: User, client: Client, item: dict[str, Any], host: str, name: str):
    pairing = pairing_of(paired)
    before = kept(client)
    base = f"http://{name}:{paired.companion.port}"
    got = attacks(paired, host, plan(base, item, pairing, client.token))
    assert {attempt: what for attempt, what in got.items() if what} == {}
    assert kept(client) == before
    # A window on another name shows the refusal and nothing else.
    assert name != NAMES[0] or not has_hold(paired)
    assert pairing_of(paired) == pairing
    paired.browser.open(f"{paired.companion.url}/pair?nobody")
    assert paired.browser.js("return document.querySelector('.digits')") is None


@pytest.mark.parametrize("host", HOSTS)
def test_a_careless_service_would_give_it_all_away(paired: User, item: dict[str, Any], host: str):
    with CarelessService() as service:
        wanted = plan(f"http://127.0.0.1:{service.port}", item, "1", "a token")
        got = attacks(paired, host, wanted)
        assert [attempt for attempt, what in got.items() if not what] == []
        assert has_hold(paired)
        bodies = b"\n".join(service.taken)
        assert bodies.count(b"Planted") >= 6
        assert b"csrf=" in bodies


def frame(user: User, host: str, url: str) -> str:
    """What shows in a frame on a page of that site."""
    user.site.added["/frame"] = FRAMES.format(url)
    user.browser.open(f"http://{host}:{user.site.port}/frame?{quote(url)}")
    return user.browser.text_of_frame()


@pytest.mark.parametrize("host", HOSTS)
def test_a_frame_shows_nothing(paired: User, item: dict[str, Any], host: str):
    with CarelessService() as service:
        assert SECRET in frame(paired, host, f"http://127.0.0.1:{service.port}/")
    for path in ("/", f"/items/{item['id']}", "/settings"):
        shown = frame(paired, host, paired.companion.url + path)
        assert ENGLISH_TITLE not in shown
        assert "Kwartier" not in shown


READ = """
const reply = await fetch(A[0], { headers: A[1] ? { Authorization: `Bearer ${A[1]}` } : {} });
return [reply.status, await reply.text()];
"""


@pytest.mark.parametrize("name", NAMES[1:])
def test_another_name_that_leads_to_the_companion_gets_nothing(
    paired: User, client: Client, item: dict[str, Any], name: str
):
    paired.browser.open(f"http://{name}:{paired.companion.port}/")
    assert ENGLISH_TITLE not in paired.browser.js("return document.documentElement.textContent")
    for path in ("/", f"/items/{item['id']}", "/api/items", "/api/health", "/static/live.js"):
        for token in (None, client.token):
            status, text = paired.browser.js(READ, path, token)
            assert status == 421, f"{path}: {status}"
            assert ENGLISH_TITLE not in text
