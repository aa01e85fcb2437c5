"""The topic, freshness and sourcing of an article: shown with what told them, and corrected in one click."""

import pytest

from companion.editorial.agreement import DEFAULT, set_agreement
from tests.integration.conftest import capture
from tests.integration.forms import Page, send, show, undo

TOPICS = [{"name": "Rosters", "keywords": ["ploegendienst"]}, {"name": "Sleep", "keywords": []}]


@pytest.fixture
def item(api, running):
    set_agreement(running.store, {**DEFAULT, "topics": TOPICS, "own_domains": ["vakblad.example"]})
    return api.post("/api/captures", capture()).json["item"]


def chosen(page: Page) -> list[str]:
    return [one.text_content() for one in page.find(".chip[aria-pressed='true']")]


def correct(browser, item, **fields):
    return send(browser, f"/items/{item['id']}/class", **fields)


def test_what_is_found_stands_there_with_its_reason(browser, item):
    page = show(browser, f"/items/{item['id']}")
    assert chosen(page) == ["Rosters", "analysis", "your own"]
    assert [one.text_content() for one in page.find(".classes .chips .muted")] == [
        "by its words",
        "vakblad.example is yours",
    ]


@pytest.mark.parametrize(
    ("name", "value", "row"),
    [("topic", "Sleep", 0), ("freshness", "news", 1), ("sourcing", "promotion", 2), ("topic", "Of my own", 0)],
)
def test_each_is_corrected_in_one_click_and_that_undone(browser, api, item, name, value, row):
    path = f"/items/{item['id']}"
    before = chosen(show(browser, path))
    page = correct(browser, item, name=name, value=value)
    assert page.said() == "Changed. Suggestions go by it from now on."
    assert chosen(page)[row] == value
    assert api.get(f"/api{path}").json[name] == value
    assert chosen(undo(browser, page)) == before


@pytest.mark.parametrize(("name", "value"), [("topic", "Sleep"), ("freshness", "news"), ("sourcing", "external")])
def test_what_was_found_can_stand_again(browser, item, name, value):
    page = correct(browser, item, name=name, value=value)
    assert [one.text_content() for one in page.find(".chip[value='']")] == ["as found"]
    page = correct(browser, item, name=name, value="")
    assert chosen(page) == ["Rosters", "analysis", "your own"]
    assert [one.text_content() for one in undo(browser, page).find(".chip[value='']")] == ["as found"]


def test_an_undo_does_not_take_back_what_came_after(browser, item, api):
    page = correct(browser, item, name="topic", value="Sleep")
    api("PATCH", f"/api/items/{item['id']}", {"topic": "Something else"})
    assert undo(browser, page).said().startswith("Things changed in the meantime")
    assert api.get(f"/api/items/{item['id']}").json["topic"] == "Something else"


def test_an_undo_is_of_its_own_article(browser, item, api):
    other = api.post("/api/captures", capture(url="https://vakblad.example/another")).json["item"]
    first = correct(browser, item, name="topic", value="Sleep")
    correct(browser, other, name="topic", value="Sleep")
    assert undo(browser, first).said().startswith("Things changed in the meantime")
    kept = [api.get(f"/api/items/{one['id']}").json["topic"] for one in (item, other)]
    assert kept == ["Sleep", "Sleep"]


@pytest.mark.parametrize(
    ("name", "value"), [("topic", "x" * 201), ("freshness", "stale"), ("sourcing", "mine"), ("commentary", "x")]
)
def test_other_words_and_other_fields_are_refused(browser, item, api, name, value):
    before = api.get(f"/api/items/{item['id']}").json
    assert correct(browser, item, name=name, value=value).status == 422
    assert api.get(f"/api/items/{item['id']}").json == before


def test_the_api_lets_what_is_found_stand_again_by_null(api, item):
    path = f"/api/items/{item['id']}"
    assert api("PATCH", path, {"freshness": "news", "sourcing": "own"}).json["freshness"] == "news"
    again = api("PATCH", path, {"freshness": None, "sourcing": None}).json
    assert (again["freshness"], again["sourcing"]) == (None, None)


def test_without_topics_there_is_no_row_for_them(browser, api):
    kept = api.post("/api/captures", capture()).json["item"]
    page = show(browser, f"/items/{kept['id']}")
    assert page.find("#class-topic") == []
    assert chosen(page) == ["analysis", "others"]
