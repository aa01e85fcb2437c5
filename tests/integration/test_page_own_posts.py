"""Posts of one's own, which have a topic and no article, on the week and the calendar."""

from datetime import UTC, datetime

from tests.integration.forms import send, show, undo
from tests.integration.slots import NEW, WEEK, added, slots


def test_an_own_post_goes_by_its_topic_and_is_marked_as_published_and_back(api, browser, running):
    send(browser, "/slots", **{**NEW, "topic": "Wat ik leerde"})
    own = added(api)
    week = show(browser, "/?week=2026-W48")
    assert "Wat ik leerde" in week.text(f"#slot-{own['id']}")
    assert "Preparation: Tuesday 24 November, 15:30–16:30." in week.text(f"#slot-{own['id']}")
    panel = f"{WEEK}&slot={own['id']}"
    page = send(browser, f"/slots/{own['id']}/publish", next=panel)
    assert page.said() == "Your post is marked as published."
    assert slots(api)[own["id"]]["status"] == "published"
    assert "Published" in show(browser, panel).text("#slot .in-it")
    assert "Published" in show(browser, "/?week=2026-W48").text(f"#slot-{own['id']}")
    undo(browser, page)
    assert slots(api)[own["id"]]["status"] == "open"


def test_how_long_an_own_post_takes_to_prepare_is_told_before_it_is_one(browser):
    page = show(browser, f"{WEEK}&slot=2026-11-24-tue")
    assert page.find("#new-minutes")[0].get("placeholder") == "25, own 60"
    assert page.text("#edit-minutes-hint") == "Left as it is, an own post takes 60."


def test_two_posts_at_one_time_in_a_channel_are_told(api, browser):
    for topic in ("One", "Other"):
        send(browser, "/slots", **{**NEW, "topic": topic})
    own = added(api)["id"]
    panel = f"{WEEK}&slot={own}"
    assert show(browser, panel).text("#slot-beside") == "Another post goes out at that time."
    api("PATCH", f"/api/slots/{own}", {"channel": "Blog"})
    assert show(browser, panel).find("#slot-beside") == []


def test_an_own_post_that_is_past_asks_whether_it_is_out(api, browser, running):
    send(browser, "/slots", **{**NEW, "topic": "Wat ik leerde"})
    running.clock = lambda: datetime(2026, 11, 26, 12, tzinfo=UTC)
    own = added(api)["id"]
    assert show(browser, "/?week=2026-W48").find(f"#slot-{own} form[action='/slots/{own}/publish']")
    assert "out already?" in show(browser, WEEK).text(f"[data-slot='{own}']")


def test_an_own_post_of_later_stands_after_this_week(browser, api):
    send(browser, "/slots", **{**NEW, "date": "2026-12-02", "topic": "Wat ik leerde"})
    assert "Wat ik leerde" in show(browser, "/").text("[aria-labelledby=later]")
    send(browser, f"/slots/{later(api)}/publish")
    assert "Wat ik leerde" not in show(browser, "/").text("[aria-labelledby=later]")


def later(api):
    return next(slot["id"] for slot in slots(api).values() if slot["date"] == "2026-12-02")
