"""Letting a browser in: the first run, the page with the four digits, and shutting one out again."""

from datetime import timedelta

import pytest

from tests.integration.conftest import EXTENSION, NOW, Caller, capture, pair
from tests.integration.forms import send, show


@pytest.fixture
def asked(app):
    """A browser that asks to be let in."""
    answer = Caller(app).post("/api/pairing", {"browser": "Chrome on Windows"}, headers={"Origin": EXTENSION})
    return answer.json


def current_act(page):
    return page.text("[aria-current=step] h2")


def test_the_page_shows_who_asks_with_the_same_digits(browser, asked):
    page = show(browser, "/pair")
    assert page.text("h1") == "Chrome on Windows asks to be let in"
    assert page.text(".digits") == asked["code"]
    assert show(browser, "/pair", "nl").text("h1") == "Chrome on Windows vraagt of hij erin mag"


def test_allow_lets_it_in(app, browser, asked):
    page = send(browser, f"/pair/{asked['id']}/allow")
    assert page.text("h1") == "Connected. You can close this tab."
    poll = Caller(app).post(f"/api/pairing/{asked['id']}", {"secret": asked["secret"]}, headers={"Origin": EXTENSION})
    assert poll.json["status"] == "allowed"


def test_refuse_keeps_it_out(app, browser, asked):
    page = send(browser, f"/pair/{asked['id']}/refuse")
    assert page.said() == "The browser is not let in."
    poll = Caller(app).post(f"/api/pairing/{asked['id']}", {"secret": asked["secret"]}, headers={"Origin": EXTENSION})
    assert poll.status_code == 410


def test_a_request_that_is_over_is_gone_from_the_page(browser, running, asked):
    running.clock = lambda: NOW + timedelta(minutes=3)
    assert show(browser, "/pair").text("h1") == "No browser asks to be let in"
    page = send(browser, f"/pair/{asked['id']}/allow")
    assert page.said().startswith("That request is over.")


def test_nothing_is_granted_without_the_token_of_the_form(app, browser, asked):
    assert send(browser, f"/pair/{asked['id']}/allow", csrf="wrong").status == 403
    assert show(browser, "/pair").text(".digits") == asked["code"]


def test_looking_at_the_page_grants_nothing(browser, asked):
    assert browser.get(f"/pair/{asked['id']}/allow").status_code in (404, 405)
    assert show(browser, "/pair").text(".digits") == asked["code"]


def test_the_first_run_goes_on_by_itself(app, api, browser):
    page = show(browser, "/welcome")
    assert current_act(page) == "Load the extension"
    assert page.find("main code")[0].text_content().endswith("extension")
    assert current_act(show(browser, "/welcome?act=click")) == "Click its icon"
    asked = Caller(app).post("/api/pairing", {"browser": "Firefox"}, headers={"Origin": EXTENSION}).json
    assert current_act(show(browser, "/welcome")) == "Firefox asks to be let in"
    page = send(browser, f"/pair/{asked['id']}/allow", next="/welcome?act=allowed")
    assert current_act(page) == "Curate your first article"
    pair(app)
    assert current_act(show(browser, "/welcome")) == "Curate your first article"
    api.post("/api/captures", capture())
    assert show(browser, "/welcome").text("h1") == "All set"


def test_a_connected_browser_is_shut_out(app, browser):
    extension = pair(app)
    page = show(browser, "/settings")
    assert "Chrome on Windows" in page.text("#browsers")
    page = send(browser, page.find("#browsers form")[0].get("action"))
    assert "No browser is connected yet." in page.text("#browsers")
    assert extension.get("/api/items", headers=extension.origin).status_code in (401, 403)
