"""Suggested hashtags and people on an article's page, and what had to be made for its post."""

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import Page, fill, send, show
from tests.integration.slots import NEW

AUTHOR = '<meta name="author" content="Fenna Bijlsma">'


@pytest.fixture
def path(api):
    before = api.post("/api/captures", capture(url="https://vakblad.example/a", title="Nacht")).json["item"]["id"]
    tags = {"topic": "Slaap", "hashtags": ["NachtDienst"], "people": ["Jansen, Piet"]}
    assert api("PATCH", f"/api/items/{before}", tags).status_code == 200
    html = capture()["html"].replace("<head>", f"<head>{AUTHOR}")
    item = api.post("/api/captures", capture(html=html, commentary="Wie meepraat, blijft.")).json["item"]["id"]
    assert api("PATCH", f"/api/items/{item}", {"topic": "Slaap"}).status_code == 200
    return f"/items/{item}"


def stored(api, path):
    return api.get(f"/api{path}").json


def rows(page: Page, field: str):
    """By reason the values of the chips under a field."""
    found = {}
    for chips in page.find(f"#{field} ~ .tagging .chips"):
        reason = chips.cssselect(".muted")[0].text_content()
        found[reason] = [chip.get("value") for chip in chips.cssselect("button")]
    return found


def press(browser, page, field, value, **typed):
    """Presses a chip, which sends the form that it stands in, without scripts."""
    [chip] = [chip for chip in page.find(f"button[data-add-to={field}]") if chip.get("value") == value]
    return fill(browser, page, "#item-form", **{chip.get("name"): value}, **typed)


def test_they_stand_under_their_fields_by_what_they_stand_on(browser, path):
    page = show(browser, path)
    assert rows(page, "people") == {"wrote it": ["Fenna Bijlsma"], "before on Slaap": ["Jansen, Piet"]}
    hashtags = rows(page, "hashtags")
    assert hashtags["before on Slaap"] == ["NachtDienst"]
    assert "rooster" in hashtags["in the article"]


def test_a_chip_saves_the_form_with_its_value_added(api, browser, path):
    page = press(browser, show(browser, path), "people", "Jansen, Piet", people="Sanne de Wit", topic="Slaap & werk")
    assert page.said() == "Saved."
    assert (stored(api, path)["people"], stored(api, path)["topic"]) == (
        ["Sanne de Wit", "Jansen, Piet"],
        "Slaap & werk",
    )
    page = press(browser, show(browser, path), "people", "Fenna Bijlsma")
    assert stored(api, path)["people"] == ["Sanne de Wit", "Jansen, Piet", "Fenna Bijlsma"]
    page = press(browser, page, "hashtags", "rooster", hashtags="#zorg")
    assert stored(api, path)["hashtags"] == ["zorg", "rooster"]
    assert "rooster" not in [tag for tags in rows(page, "hashtags").values() for tag in tags]


def test_a_chip_says_what_cannot_be_kept_as_saving_does(api, browser, path):
    page = press(browser, show(browser, path), "hashtags", "rooster", hashtags="x" * 101)
    assert (page.status, page.text("#hashtags-problem")) == (422, "At most 30 hashtags, each at most 100 characters.")
    assert stored(api, path)["hashtags"] == []


def test_enter_in_a_field_saves_and_presses_no_chip(browser, path):
    first = show(browser, path).find("#item-form button")[0]
    assert (first.get("name"), first.text) == (None, "Save")


def test_an_own_post_lends_its_hashtags_too(api, browser, path):
    send(browser, "/slots", **{**NEW, "topic": "Slaap"})
    slot = next(
        slot for slot in api.get("/api/calendar?from=2026-11-23&to=2026-11-29").json["slots"] if slot["kind"] == "own"
    )
    assert api("PATCH", f"/api/slots/{slot['id']}", {"hashtags": ["dutje"]}).status_code == 200
    assert rows(show(browser, path), "hashtags")["before on Slaap"] == ["NachtDienst", "dutje"]


def test_nothing_that_an_article_says_becomes_markup(api, browser):
    evil = 'Een "<img src=x onerror=alert(1)>" van Sanne "<b>de Wit'
    html = capture()["html"].replace("<head>", '<head><meta name="author" content="Sanne &lt;b&gt; Wit">')
    item = api.post("/api/captures", capture(html=html, title=evil)).json["item"]["id"]
    page = show(browser, f"/items/{item}")
    assert page.find(".tagging b, .tagging img") == []


def test_what_had_to_be_made_is_ready_and_has_its_place(api, browser, path):
    made = {"creation_needed": "photo", "creation_ready": "yes", "creation_link": "Map Foto’s"}
    page = fill(browser, show(browser, path), "#item-form", **made)
    assert (stored(api, path)["creation_ready"], stored(api, path)["creation_link"]) == (True, "Map Foto’s")
    assert fill(browser, page, "#item-form").said() == "Saved."
    assert stored(api, path)["creation_ready"] is True
    form = dict(page.find("#item-form")[0].form_values())
    del form["creation_ready"], form["csrf"]
    send(browser, path, **form)
    assert stored(api, path)["creation_ready"] is False


def test_what_was_made_elsewhere_meanwhile_is_not_unmade(api, browser, path):
    page = show(browser, path)
    api("PATCH", f"/api{path}", {"creation_needed": "photo", "creation_ready": True, "creation_link": "Elders"})
    assert fill(browser, page, "#item-form", topic="Werk").said() == "Saved."
    assert (stored(api, path)["creation_ready"], stored(api, path)["creation_link"]) == (True, "Elders")
    page = fill(browser, page, "#item-form", creation_link="Hier")
    assert (page.status, page.text("#creation_link-elsewhere")) == (409, "Elders")
    assert fill(browser, page, "#item-form").said() == "Saved."
    assert stored(api, path)["creation_link"] == "Hier"
