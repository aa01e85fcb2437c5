"""The week: the sentence that says how it stands, its slots, and the queue beside it."""

from datetime import UTC, datetime

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import send, show, undo

TUESDAY, THURSDAY, FRIDAY = "2026-12-01-tue", "2026-12-03-thu", "2026-12-04-fri"
NEXT_WEEK = "/?week=2026-W48"
WEEK = "/?week=2026-W49"


def curate(api, number, **changes):
    """An article in the queue."""
    url = f"https://vakblad.example/{number}"
    return api.post("/api/captures", capture(url=url, html=None, title=f"Artikel {number}", **changes)).json["item"]


def place(api, item, slot_id):
    assert api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": slot_id}).status_code == 200


def test_the_first_page_ever_says_what_to_do(browser):
    page = show(browser, "/")
    assert page.text("h1") == "It starts with one article"
    assert page.find("main a.primary")[0].get("href") == "/welcome"
    assert page.find("#q") == []


@pytest.mark.parametrize(
    ("views", "sentence"),
    [
        ([], "Three slots, two still open"),
        (["Mijn kijk."], "Three slots, one still open"),
        ([""], "Three slots, one waits for your view"),
        (["", ""], "Three slots, two wait for your view"),
        (["Mijn kijk.", "Mijn kijk."], "Three slots, nothing waits for you"),
    ],
)
def test_the_heading_says_how_the_week_stands(api, browser, views, sentence):
    curate(api, 0)
    for number, (view, slot) in enumerate(zip(views, [TUESDAY, THURSDAY], strict=False), 1):
        place(api, curate(api, number, commentary=view), slot)
    assert show(browser, WEEK).text("h1") == sentence


@pytest.mark.parametrize(
    ("views", "sentence"),
    [
        ([], "Two slots, both still open"),
        (["", ""], "Two slots, both wait for your view"),
        (["Mijn kijk.", "Mijn kijk."], "Two slots, both ready"),
    ],
)
def test_of_two_the_heading_says_both(api, browser, views, sentence):
    curate(api, 0)
    for number, (view, slot) in enumerate(zip(views, ["2026-11-24-tue", "2026-11-26-thu"], strict=False), 1):
        place(api, curate(api, number, commentary=view), slot)
    assert show(browser, NEXT_WEEK).text("h1") == sentence


def test_the_heading_in_dutch(api, browser):
    place(api, curate(api, 1), TUESDAY)
    page = show(browser, WEEK, "nl")
    assert page.text("h1") == "Drie plekken, één wacht op jouw kijk"
    assert page.text(".kicker") == "Week 49 · 30 november tot 6 december"
    assert page.text(".when h2") == "Dinsdag 1"


def test_a_week_that_is_over(api, browser):
    assert show(browser, "/?week=2026-W40").text("h1") == "It starts with one article"
    curate(api, 1)
    assert show(browser, "/?week=2026-W40").text("h1") == "No post this week"
    assert "Nothing went out here." not in show(browser, "/?week=2026-W40").text(), "before the first article"


@pytest.mark.parametrize("week", ["2026-W99", "nonsense", "2026-W4", ""])
def test_a_week_that_does_not_exist_is_the_one_that_matters_now(browser, week):
    assert show(browser, f"/?week={week}").text(".kicker").startswith("Next week · Week 48")


@pytest.mark.parametrize(
    ("day", "kicker"),
    [
        (16, "Week 47 · 16 to 22 November"),
        (20, "Week 47 · 16 to 22 November"),
        (21, "Next week · Week 48 · 23 to 29 November"),
        (22, "Next week · Week 48 · 23 to 29 November"),
        (23, "Week 48 · 23 to 29 November"),
    ],
)
def test_in_the_weekend_the_next_week_is_shown(browser, running, monkeypatch, day, kicker):
    monkeypatch.setattr(running, "clock", lambda: datetime(2026, 11, day, 12, tzinfo=UTC))
    assert show(browser, "/").text(".kicker") == kicker


def test_a_planned_post_shows_what_it_has_and_lacks(api, browser):
    item = curate(api, 1)
    changes = {"people": ["Sanne de Wit", "Jan Brouwer"], "hashtags": ["slaap"], "creation_needed": "photo"}
    api("PATCH", f"/api/items/{item['id']}", changes)
    place(api, item, TUESDAY)
    need = show(browser, WEEK).text(f"#slot-{TUESDAY} .need")
    assert need == "Your view is missing2 people1 hashtagNeeds a photo"


def test_a_suggestion_goes_in_and_comes_out_again(api, browser):
    item = curate(api, 1)
    page = show(browser, NEXT_WEEK)
    slot = page.find(".slot.suggest")[0]
    slot_id = slot.get("id").removeprefix("slot-")
    assert "Artikel 1" in page.text(".slot.suggest")
    assert page.find(".slot.suggest .reasons li")
    page = send(browser, "/place", item_id=item["id"], slot_id=slot_id, next=NEXT_WEEK)
    assert page.said() == "“Artikel 1” has its slot."
    assert api.get(f"/api/items/{item['id']}").json["slot_id"] == slot_id
    page = undo(browser, page)
    assert page.said() == "“Artikel 1” is back in the queue."
    assert api.get(f"/api/items/{item['id']}").json["status"] == "queued"


def test_an_article_is_suggested_once_a_week(api, browser):
    curate(api, 1)
    assert len(show(browser, NEXT_WEEK).find(".slot.suggest")) == 1


def test_a_suggestion_can_be_refused_and_that_undone(api, browser):
    item = curate(api, 1)
    slot_id = show(browser, NEXT_WEEK).find(".slot.suggest")[0].get("id").removeprefix("slot-")
    page = send(browser, f"/items/{item['id']}/decline", slot_id=slot_id, next=NEXT_WEEK)
    assert page.find(f"#slot-{slot_id}.suggest") == []
    assert api.get(f"/api/items/{item['id']}").json["declined_slots"] == [slot_id]
    undo(browser, page)
    assert api.get(f"/api/items/{item['id']}").json["declined_slots"] == []


def test_an_ad_hoc_slot_is_kept_free_until_two_days_before(api, browser, running):
    curate(api, 1)
    assert show(browser, WEEK).text(f"#slot-{FRIDAY} p") == (
        "Kept free for something topical. Opens to the queue on Wednesday 12:10."
    )
    running.clock = lambda: datetime(2026, 12, 2, 11, 30, tzinfo=UTC)
    assert "Kept free" not in show(browser, WEEK).text(f"#slot-{FRIDAY}")


def test_a_slot_that_passed_can_be_marked_as_published(api, browser, running):
    item = curate(api, 1, commentary="Mijn kijk.")
    place(api, item, TUESDAY)
    running.clock = lambda: datetime(2026, 12, 2, 12, tzinfo=UTC)
    assert "Mark as published" in show(browser, WEEK).text(f"#slot-{TUESDAY}")
    page = send(browser, f"/items/{item['id']}/status", status="published", next=WEEK)
    assert page.text(f"#slot-{TUESDAY} .done") == "Published"
    undo(browser, page)
    kept = api.get(f"/api/items/{item['id']}").json
    assert (kept["status"], kept["slot_id"], kept["published_at"]) == ("planned", TUESDAY, None)


def test_the_outlook_counts_weeks_with_a_post(api, browser, running):
    for number, slot in enumerate(["2026-11-10-tue", "2026-11-12-thu", "2026-11-17-tue"]):
        item = curate(api, number)
        place(api, item, slot)
        api("PATCH", f"/api/items/{item['id']}", {"status": "published"})
    place(api, curate(api, 9), THURSDAY)
    running.clock = lambda: datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert show(browser, "/").text(".lede") == (
        "2 of 2 weeks had a post. Your plan runs to 3 December, 8 days ahead. Four weeks ahead is comfortable."
    )


def test_dropping_can_be_undone_and_goes_back_to_the_slot(api, browser):
    item = curate(api, 1)
    place(api, item, TUESDAY)
    page = send(browser, f"/items/{item['id']}/status", status="dropped", next="/")
    assert page.said() == "“Artikel 1” is dropped."
    assert "Artikel 1" in show(browser, "/?pile=dropped").text("#rows")
    undo(browser, page)
    assert api.get(f"/api/items/{item['id']}").json["slot_id"] == TUESDAY


def test_a_slot_that_was_just_taken_is_said_calmly(api, browser):
    first, second = curate(api, 1), curate(api, 2)
    place(api, first, TUESDAY)
    page = send(browser, "/place", item_id=second["id"], slot_id=TUESDAY, next=WEEK)
    assert page.said().startswith("Things changed in the meantime")
    assert api.get(f"/api/items/{second['id']}").json["status"] == "queued"


def test_the_queue_is_newest_first_and_goes_on(api, browser):
    for number in range(25):
        curate(api, number)
    page = show(browser, "/")
    titles = [title.text_content().strip() for title in page.find("#rows h3")]
    assert titles[:2] == ["Artikel 24", "Artikel 23"]
    assert len(titles) == 20
    older = next(link for link in page.find("aside a") if link.text_content() == "Older ones")
    assert len(show(browser, older.get("href").split("#")[0]).find("#rows h3")) == 5


def test_the_pile_that_fits_holds_what_fits_in_the_minutes_left(api, browser):
    api.post("/api/captures", capture())
    curate(api, 2)
    assert show(browser, "/?pile=fits").text("#rows h3") == "Ploegendienst zonder schuldgevoel"
    assert len(show(browser, "/?pile=fits").find("#rows h3")) == 1


def test_searching_finds_in_every_pile(api, browser):
    item = curate(api, 1)
    api("PATCH", f"/api/items/{item['id']}", {"status": "dropped"})
    curate(api, 2)
    assert show(browser, "/?q=artikel+1").text("#rows h3") == "Artikel 1"
    assert "Nothing found for “zzz”." in show(browser, "/?q=zzz").text("aside")


def test_undo_of_nothing_is_refused(browser):
    assert send(browser, "/undo", act="deleted", item="x").status == 404


def test_a_queued_article_shows_the_view_on_it(api, browser):
    curate(api, 1, commentary="Mijn kijk, in twee zinnen.")
    assert show(browser, "/").text(".queue-row .view") == "Mijn kijk, in twee zinnen."


def test_what_is_placed_in_a_later_week_does_not_seem_gone(api, browser):
    place(api, curate(api, 1), TUESDAY)
    page = show(browser, "/")
    assert page.text("#later") == "After this week"
    assert "Artikel 1" in page.text("section[aria-labelledby=later]")
    assert show(browser, WEEK).find("#later") == []
