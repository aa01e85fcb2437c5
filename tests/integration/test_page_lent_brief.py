"""What a slot asks for stands wherever its article is worked on, and gives way only to what is said of the article."""

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import fill, show

SLOT = "2026-11-24-tue"
ASKED = {"people": ["Anna de Vries"], "hashtags": ["zorg"], "creation_needed": "carousel"}


@pytest.fixture
def path(api):
    """An article in a slot for which a carousel, a hashtag and a person were asked."""
    api("PATCH", f"/api/slots/{SLOT}", ASKED)
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return f"/items/{item['id']}"


def test_the_articles_page_asks_for_it(browser, path):
    page = show(browser, path)
    shown = [page.find(f"#{name}")[0].value for name in ("people", "hashtags", "creation_needed")]
    assert shown == ["Anna de Vries", "#zorg", "carousel"]


@pytest.mark.parametrize("where", ["/", f"/calendar?slot={SLOT}"])
def test_the_week_and_the_calendar_say_what_is_missing(browser, path, where):
    needs = [one.text_content() for one in show(browser, where).find(".need li")]
    assert {"Your view", "Needs a carousel", "1 person", "1 hashtag"} <= set(needs)


def test_one_hashtag_more_keeps_those_that_were_asked_for(browser, api, path):
    fill(browser, show(browser, path), "#item-form", hashtags="#zorg, #slaap")
    kept = api.get(f"/api{path}").json
    assert (kept["hashtags"], kept["people"]) == (["zorg", "slaap"], [])
    assert show(browser, path).find("#people")[0].value == "Anna de Vries"


def test_what_is_taken_out_on_the_articles_page_is_asked_for_no_more(browser, path):
    fill(browser, show(browser, path), "#item-form", hashtags="", creation_needed="none")
    page = show(browser, path)
    assert (page.find("#hashtags")[0].value, page.find("#creation_needed")[0].value) == ("", "none")
    assert "Needs a carousel" not in show(browser, "/").text(".days")
