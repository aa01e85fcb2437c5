"""Searching on the page of the week: what is found, with the passage, in every pile."""

import pytest

from companion.store.search import search
from tests.integration.conftest import capture
from tests.integration.forms import show
from tests.unit.store.searching import until


@pytest.fixture
def kept(api):
    """The id of an article with text and a view on it."""
    view = "Zelf roosteren <b>werkt</b> & loont."
    return api.post("/api/captures", capture(commentary=view)).json["item"]["id"]


def test_the_passage_stands_under_the_title_with_what_was_looked_for_marked(browser, kept):
    page = show(browser, "/?q=verzuim")
    assert page.text("#rows h3") == "Ploegendienst zonder schuldgevoel"
    assert page.text("#rows .snippet").startswith("…zelf het rooster maken, en het verzuim daalde fors.")
    assert {mark.text for mark in page.find("#rows .snippet mark")} == {"verzuim"}


def test_the_users_own_words_are_shown_as_they_were_written(browser, kept):
    page = show(browser, "/?q=werkt")
    assert page.text("#rows .snippet") == "Zelf roosteren <b>werkt</b> & loont."
    assert page.find("#rows .snippet b") == []
    assert [mark.text for mark in page.find("#rows .snippet mark")] == ["werkt"]


def test_a_search_by_site_or_title_shows_the_view_as_the_queue_does(browser, kept):
    page = show(browser, "/?q=vakblad")
    assert page.find("#rows .snippet") == []
    assert page.text("#rows .view") == "Zelf roosteren <b>werkt</b> & loont."


def test_every_pile_is_searched(api, browser, kept):
    api("PATCH", f"/api/items/{kept}", {"status": "dropped"})
    assert len(show(browser, "/?q=verzuim&pile=published").find("#rows li")) == 1
    assert show(browser, "/").find("#rows li") == []


def test_a_search_of_spaces_is_the_queue(browser, kept):
    assert show(browser, "/?q=+++").text("#pile") == "Queue"


@pytest.fixture
def copies(running, kept):
    """Adds many articles."""
    item = running.store.items.find(kept)
    return lambda: running.store.items.put_all([{**item, "id": f"copy{n}", "number": 100 + n} for n in range(200)])


@pytest.fixture
def slow(monkeypatch):
    """An index that takes its time; asked for before anything is kept."""
    monkeypatch.setattr(search, "COLLECT_SECONDS", 60)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The articles are still being indexed; in a moment there may be more."),
        ("nl", "De artikelen worden nog geïndexeerd; straks kan er meer te vinden zijn."),
    ],
)
def test_while_the_index_is_made_the_page_says_that_there_may_be_more(slow, browser, running, copies, language, line):
    until(lambda: running.store.search.is_complete)
    assert show(browser, "/?q=verzuim", language).find("#may-find-more") == []
    copies()
    assert show(browser, "/?q=verzuim", language).text("#may-find-more") == line
    assert show(browser, "/", language).find("#may-find-more") == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "The disk is too full to index every article, so some cannot be found. "
            "Make room on it; the rest is indexed within about an hour.",
        ),
        (
            "nl",
            "De schijf is te vol om elk artikel te indexeren; sommige zijn daardoor niet te vinden. "
            "Maak ruimte vrij; de rest volgt dan binnen ongeveer een uur.",
        ),
    ],
)
def test_on_a_full_disk_the_page_says_what_helps(browser, running, copies, monkeypatch, language, line):
    until(lambda: running.store.search.is_complete)
    monkeypatch.setattr(search, "KEEP_FREE", 1 << 62)
    copies()
    until(lambda: running.store.search.is_waiting_for_room)
    assert show(browser, "/?q=verzuim", language).text("#may-find-more") == line
    assert show(browser, "/", language).find("#may-find-more") == []
