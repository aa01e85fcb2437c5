"""Who may get at what is kept, on the page of settings; and the page for a browser that was not let in."""

import queue
import time
from dataclasses import replace

import pytest

from companion.web import default_browser
from companion.web.launch import cookie_name, is_let_in, let_in
from tests.integration.conftest import EXTENSION, NOW, ORIGIN, Caller
from tests.integration.forms import send, show

TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}


def test_a_programs_token_is_listed_and_revoked(api, browser):
    page = show(browser, "/settings")
    assert "a program" in page.text("#programs")
    assert page.text("#programs button").startswith("Disconnect")
    assert api.token not in page.text("body")
    page = send(browser, page.find("#programs form")[0].get("action"))
    assert page.said() == "The token does not work any more."
    assert not page.find("#programs")
    assert api.get("/api/items").status_code == 401


def test_other_browsers_windows_are_shut_out(app, browser, running):
    assert not show(browser, "/settings").find("form[action*=windows]")
    other = Caller(app)
    other.client.set_cookie(cookie_name(running.store), let_in(running.store, None, NOW), domain="127.0.0.1")
    page = show(browser, "/settings")
    assert "2 browsers can open these pages." in page.text("#browsers")
    assert "Andere uitsluiten" in show(browser, "/settings", "nl").text("form[action*=windows]")
    page = send(browser, page.find("form[action*=windows]")[0].get("action"))
    assert page.said() == "These pages can be opened in this browser only."
    assert other.get("/").status_code == 403


def test_a_browser_that_is_let_in_again_keeps_its_cookie(running):
    cookie = let_in(running.store, None, NOW)
    assert let_in(running.store, cookie, NOW) == cookie
    assert let_in(running.store, f"{cookie}x", NOW) != cookie
    assert len(running.store.browsers) == 2


def test_cookies_that_browsers_have_forgotten_are_forgotten_here(running):
    old = let_in(running.store, None, NOW.replace(year=2024))
    let_in(running.store, None, NOW)
    assert not is_let_in(running.store, old)


@pytest.fixture
def opened(monkeypatch):
    """The addresses that the default browser was told to open."""
    addresses = queue.SimpleQueue()
    monkeypatch.setattr(default_browser.webbrowser, "open", addresses.put)
    return addresses


def ask(anyone):
    return anyone.post("/api/pairing", {"browser": "Firefox on Windows"}, headers={"Origin": EXTENSION}).json


def test_a_browser_that_was_not_let_in_shows_how(anyone):
    page = anyone.get("/", headers=TYPED)
    assert page.status_code == 403
    assert "kwartier open" in page.text


def test_its_request_is_shown_in_the_browser_that_was_let_in(anyone, app, opened):
    asked = ask(anyone)
    page = anyone.get("/pair", headers=TYPED)
    assert "Go on in the other window" in page.text
    assert asked["code"] not in page.text
    default = Caller(app)
    link = opened.get(timeout=5).removeprefix(ORIGIN)
    assert "/pair" in default.get(link).text
    assert asked["code"] in default.get("/pair").text


def test_one_request_opens_one_window(anyone, opened):
    ask(anyone)
    for _ in range(5):
        assert "Go on in the other window" in anyone.get("/pair", headers=TYPED).text
    opened.get(timeout=5)
    time.sleep(0.1)
    assert opened.empty()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "same-origin", None])
def test_a_web_page_cannot_have_windows_opened(anyone, opened, site):
    ask(anyone)
    headers = {name: value for name, value in {**TYPED, "Sec-Fetch-Site": site}.items() if value}
    assert anyone.get("/pair", headers=headers).status_code == 403
    time.sleep(0.1)
    assert opened.empty()


def test_without_a_request_or_where_no_browser_is_to_be_opened_nothing_opens(anyone, running, opened):
    assert "Go on in the other window" not in anyone.get("/pair", headers=TYPED).text
    running.settings = replace(running.settings, open_browser=False)
    ask(anyone)
    assert "Go on in the other window" not in anyone.get("/pair", headers=TYPED).text
    assert opened.empty()
