"""One article: its text, the view on it, its place in the plan, and putting it away."""

import pytest

from companion.web.pages.item_form import digest
from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo

SLOT = "2026-11-24-tue"
COPIED = "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde fors."


@pytest.fixture
def kept(api):
    quotes = [{"text": "zelf het rooster maken", "fragment": ":~:text=zelf"}, {"text": "daalde fors"}]
    return api.post("/api/captures", capture(quotes=quotes)).json["item"]


@pytest.fixture
def path(kept):
    return f"/items/{kept['id']}"


def stored(api, path):
    return api.get(f"/api{path}").json


def save(browser, path, **fields):
    """Opens the page, fills in these fields and saves."""
    return fill(browser, show(browser, path), "#item-form", **fields)


def test_the_article_is_there_to_read(browser, path):
    page = show(browser, path)
    assert page.text("h1") == "Ploegendienst zonder schuldgevoel"
    assert len(page.find(".article-text p")) == 20
    assert page.find("main article")[0].get("lang") == "nl"


def test_a_link_alone_says_why_there_is_no_text(api, browser):
    item = api.post("/api/captures", capture(html=None)).json["item"]
    assert "the link and no text" in show(browser, f"/items/{item['id']}").text(".article-text")


def test_a_link_without_an_article_is_offered_a_slot_once_it_has_a_view(api, browser):
    login = "<title>Inloggen</title><form>Wachtwoord <input type=password></form><p>Wachtwoord vergeten?</p>"
    item = api.post("/api/captures", capture(html=login)).json["item"]
    assert item["fetch"] == "login"
    place, path = "section[aria-labelledby=place]", f"/items/{item['id']}"
    page = show(browser, path)
    assert (page.text(f"{place} summary"), page.find(f"{place} button.primary")) == ("Choose a slot", [])
    page = save(browser, path, commentary="Achter deze deur staat het beste stuk van het jaar.")
    assert page.text(f"{place} button.primary") == "Put it there"


def test_what_is_filled_in_is_kept(api, browser, path):
    page = save(
        browser, path, commentary="  Wie meepraat,\r\nblijft. ", people="Sanne de Wit, Jan Brouwer,, Sanne de Wit",
        hashtags="#slaap #zorg, ploegendienst", topic=" Werk en slaap ", creation_needed="photo",
    )  # fmt: skip
    assert page.said() == "Saved."
    item = stored(api, path)
    assert item["commentary"] == "Wie meepraat,\nblijft."
    assert item["people"] == ["Sanne de Wit", "Jan Brouwer"]
    assert item["hashtags"] == ["slaap", "zorg", "ploegendienst"]
    assert (item["topic"], item["creation_needed"]) == ("Werk en slaap", "photo")
    assert page.find("#hashtags")[0].get("value") == "#slaap, #zorg, #ploegendienst"


def test_a_name_with_a_comma_stays_whole(api, browser, path):
    api("PATCH", f"/api{path}", {"people": ["Jansen, Piet"]})
    shown = show(browser, path).find("#people")[0].get("value")
    save(browser, path, people=shown)
    assert stored(api, path)["people"] == ["Jansen, Piet"]
    save(browser, path, people=f"{shown} Sanne de Wit")
    assert stored(api, path)["people"] == ["Jansen, Piet", "Sanne de Wit"]


def test_quotes_are_taken_away_and_added(api, browser, path):
    save(browser, path, remove_quote=digest("daalde fors"), new_quote="  Een nieuwe passage. ")
    assert stored(api, path)["quotes"] == [
        {"text": "zelf het rooster maken", "fragment": ":~:text=zelf"},
        {"text": "Een nieuwe passage."},
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"topic": "x" * 201}, "topic"),
        ({"hashtags": "x" * 101}, "hashtags"),
        ({"people": ",".join(f"naam {number}" for number in range(51))}, "people"),
        ({"commentary": "x" * 50_001}, "commentary"),
        ({"new_quote": "x" * 10_001}, "new_quote"),
    ],
)
def test_what_cannot_be_kept_is_shown_again_with_the_reason(api, browser, path, fields, field):
    page = save(browser, path, **{"commentary": "Mijn kijk.", **fields})
    assert page.status == 422
    assert page.find(f"#{field}")[0].get("aria-invalid") == "true"
    assert page.find(f"#{field}-problem")
    assert stored(api, path)["commentary"] == ""
    if field != "commentary":
        assert page.text("#commentary") == "Mijn kijk."


@pytest.mark.parametrize(
    ("view", "line"),
    [
        ("Wie erover mag meepraten, blijft.", "5 woorden, allemaal van jezelf"),
        (COPIED, "14 woorden, de meeste uit het artikel. Wat vind jij ervan?"),
        (f"{COPIED} Bij ons ook, maar pas nadat de leiding het rooster echt losliet.", "26 woorden, de meeste"),
        ("“zelf het rooster maken”: dat durft bij ons niemand.", "5 woorden, allemaal van jezelf"),
        ("", "Twee zinnen zijn genoeg."),
    ],
)
def test_it_says_how_much_of_the_view_is_ones_own(browser, path, view, line):
    # The marked quotes do not count, so a view that copies the article shows as such without them only.
    removed = [digest("zelf het rooster maken"), digest("daalde fors")] if view.startswith(COPIED) else []
    save(browser, path, commentary=view, remove_quote=removed)
    assert show(browser, path, "nl").text("#commentary-hint").startswith(line)


def test_across_languages_only_the_words_are_counted(browser, path):
    save(browser, path, commentary="Those who have a say, stay.")
    assert show(browser, path, "en").text("#commentary-hint") == "6 words"


def test_a_later_view_is_added_to_the_first(api, browser, path):
    save(browser, path, commentary="Eerst dit.")
    api.post("/api/captures", capture(commentary="En later dat."))
    page = show(browser, path)
    assert "En later dat." in page.text(".said .view")
    page = send(browser, f"{path}/later-views", act="add", view=digest("En later dat."))
    assert page.said() == "Added to your view."
    item = stored(api, path)
    assert (item["commentary"], item["later_views"]) == ("Eerst dit.\n\nEn later dat.", [])


def test_a_later_view_is_removed(api, browser, path):
    save(browser, path, commentary="Eerst dit.")
    api.post("/api/captures", capture(commentary="En later dat."))
    send(browser, f"{path}/later-views", act="remove", view=digest("En later dat."))
    item = stored(api, path)
    assert (item["commentary"], item["later_views"]) == ("Eerst dit.", [])


def test_it_is_placed_and_released(api, browser, path, kept):
    assert "Tue 24 Nov, 08:40" in show(browser, path).text(".suggest")
    page = send(browser, "/place", item_id=kept["id"], slot_id=SLOT, next=path)
    assert page.find(".suggest") == []
    page = send(browser, f"{path}/release", next=path)
    assert page.said().endswith("is back in the queue.")
    undo(browser, page)
    assert stored(api, path)["slot_id"] == SLOT


def test_moving_it_can_be_undone(api, browser, path, kept):
    send(browser, "/place", item_id=kept["id"], slot_id=SLOT)
    page = send(browser, "/place", item_id=kept["id"], slot_id="2026-11-26-thu")
    undo(browser, page)
    assert stored(api, path)["slot_id"] == SLOT


def test_a_dropped_article_can_come_back(api, browser, path):
    page = send(browser, f"{path}/status", status="dropped", next=path)
    assert "It can come back" in page.text("main")
    send(browser, f"{path}/status", status="queued", next=path)
    assert stored(api, path)["status"] == "queued"


def test_a_published_article_says_when(api, browser, path):
    page = send(browser, f"{path}/status", status="published", next=path)
    assert "Published 22 November" in page.text(".beside")
    assert page.find(".beside .suggest, .beside select[name=slot_id]") == []


def test_a_status_that_does_not_exist_is_refused(browser, path):
    assert send(browser, f"{path}/status", status="planned").status == 422


def test_deleting_is_for_good(api, browser, path):
    page = send(browser, f"{path}/delete")
    assert page.said() == "The article is deleted."
    assert show(browser, path).status == 404
    assert api.get(f"/api{path}").status_code == 404
