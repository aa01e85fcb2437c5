"""What can be done to a slot on the calendar: its panel, its form, moving it, and taking each act back."""

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo
from tests.integration.meetings import agree, keep_busy
from tests.integration.slots import NEW, WEEK, added, slots

SLOT = "2026-11-24-tue"
PANEL = f"{WEEK}&slot={SLOT}"
CHANGED = "Things changed in the meantime"


@pytest.fixture
def planned(api):
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return item


def edit(browser, page, **fields):
    return fill(browser, page, "#edit-form", **fields)


def test_a_slot_is_added_at_the_time_on_the_wall(api, browser):
    page = send(browser, "/slots", **NEW, channel="Blog", preparation_minutes="90")
    assert page.said() == "The slot is added."
    slot = added(api)
    assert (slot["date"], slot["time"], slot["kind"], slot["topic"]) == ("2026-11-25", "14:30", "own", "T")
    assert (slot["starts_at"], slot["channel"], slot["preparation_minutes"]) == ("2026-11-25T13:30:00Z", "Blog", 90)
    undo(browser, page)
    assert slot["id"] not in slots(api)


def test_a_day_of_the_calendar_offers_to_add_a_slot_on_it(browser, running):
    agree(running, channels=["Blog", "LinkedIn"])
    [link] = show(browser, WEEK).find("[data-day='2026-11-25'] .add")
    page = show(browser, link.get("href").partition("#")[0])
    assert page.find("#new-date")[0].get("value") == "2026-11-25"
    assert page.find("#new-channel")[0].get("value") == "Blog"


def test_a_slot_moves_with_the_article_in_it(api, browser, planned):
    page = show(browser, PANEL)
    assert page.text("#slot-title") == "Tue 24 Nov, 08:40"
    before = slots(api)[SLOT]
    page = edit(browser, page, date="2026-11-25", time="09:00", channel="Blog", preparation_minutes="40")
    assert page.said() == "The slot is changed."
    moved = slots(api)[SLOT]
    assert (moved["date"], moved["time"], moved["item_id"]) == ("2026-11-25", "09:00", planned["id"])
    assert (moved["channel"], moved["preparation_minutes"]) == ("Blog", 40)
    undo(browser, page)
    assert slots(api)[SLOT] == before


def test_a_slot_moved_out_of_the_days_shown_is_followed(browser):
    page = edit(browser, show(browser, PANEL), date="2026-12-08")
    assert page.text("h1") == "Week 50 · 7 to 13 December"


@pytest.mark.parametrize(
    ("fields", "said", "lies"),
    [
        ({"date": "2026-11-25"}, "Moved to Wednesday 25 November, 08:40.", "2026-11-25 08:40"),
        ({"date": "2026-11-25", "time": ""}, "Moved to Wednesday 25 November, 08:40.", "2026-11-25 08:40"),
        ({"date": "2026-11-27", "time": "10:15"}, "Moved to Friday 27 November, 10:15.", "2026-11-27 10:15"),
        (
            {"date": "2026-11-25", "time": "09:30"},
            "Moved to Wednesday 25 November, 09:30. Your calendar has",
            "2026-11-25 09:30",
        ),
        ({"date": "2026-11-24", "time": "08:40"}, "It stays where it was.", None),
        ({"date": "2026-11-28"}, "That lies outside your working hours", None),
        ({"date": "2026-11-25", "time": "23:59"}, "That lies outside your working hours", None),
        ({"date": "2026-11-25", "time": "00:00"}, "That lies outside your working hours", None),
        ({"date": "2026-11-20"}, "That moment has passed", None),
        ({"date": "2026-12-25"}, "A public holiday falls on that day", None),
    ],
)
def test_a_slot_dropped_on_a_day_keeps_its_time_or_is_refused_in_words(api, browser, running, fields, said, lies):
    agree(running, hours=[{"weekday": day, "starts": "08:00", "ends": "17:00"} for day in range(1, 6)])
    keep_busy(running, "2026-11-25 09:00-10:00")
    before = slots(api)[SLOT]
    page = send(browser, f"/slots/{SLOT}/move", **fields, next=WEEK)
    assert page.said().startswith(said)
    after = slots(api)[SLOT]
    if lies is None:
        assert (after, page.find("#said form")) == (before, [])
    else:
        assert f"{after['date']} {after['time']}" == lies
        undo(browser, page)
        assert slots(api)[SLOT] == before


@pytest.mark.parametrize("fields", [{}, {"date": "x"}, {"date": "2026-11-25", "time": "25:00"}, {"date": "9999-12-31"}])
def test_a_move_that_makes_no_sense_changes_nothing(api, browser, fields):
    before = slots(api)
    assert send(browser, f"/slots/{SLOT}/move", **fields).status == 422
    assert slots(api) == before


@pytest.mark.parametrize("act", ["", "/move", "/prepare", "/skip", "/restore", "/delete"])
def test_a_slot_that_does_not_exist_is_said_calmly(browser, act):
    page = send(browser, f"/slots/9999-99-99-x{act}", date="2026-11-25", time="09:00", next="/calendar")
    assert page.said().startswith(CHANGED)


@pytest.mark.parametrize("act", ["skip", "delete"])
def test_what_is_taken_away_comes_back_as_it_was(api, browser, act):
    send(browser, "/slots", **NEW)
    slot = added(api)
    page = send(browser, f"/slots/{slot['id']}/{act}", next=WEEK)
    assert slots(api).get(slot["id"], {}).get("status") == ("skipped" if act == "skip" else None)
    undo(browser, page)
    assert slots(api)[slot["id"]] == slot
    assert undo(browser, page).said().startswith(CHANGED), "an undo is done once"


def test_an_old_undo_leaves_a_slot_alone_that_changed_since(api, browser):
    page = send(browser, f"/slots/{SLOT}/move", date="2026-11-25", next=WEEK)
    send(browser, f"/slots/{SLOT}/move", date="2026-11-26", next=WEEK)
    assert undo(browser, page).said().startswith(CHANGED)
    assert slots(api)[SLOT]["date"] == "2026-11-26"
    assert send(browser, "/undo", act="slot_moved", change="nonsense", next=WEEK).said().startswith(CHANGED)


def test_an_act_of_the_panel_leads_back_to_it(browser):
    [form] = show(browser, PANEL).find("#slot form[action$='/skip']")
    answer = send(browser, form.get("action"), follow=False, **dict(form.form_values())).answer
    assert answer.headers["Location"].endswith(f"slot={SLOT}#slot")


@pytest.mark.parametrize(
    ("path", "fields", "leads_to"),
    [
        ("/slots/9999-99-99-x/skip", {}, "/calendar"),
        ("/calendar/replan", {"step": "item=nobody&after=nowhere"}, "/calendar/replan"),
    ],
)
def test_an_act_on_what_is_gone_leads_to_the_page_that_it_is_of(browser, path, fields, leads_to):
    answer = send(browser, path, follow=False, **fields).answer
    assert (answer.status_code, answer.headers["Location"]) == (303, leads_to)


def test_a_slot_with_an_article_in_it_is_not_skipped(api, browser, planned):
    assert send(browser, f"/slots/{SLOT}/skip", next="/calendar").said().startswith(CHANGED)
    assert slots(api)[SLOT]["status"] == "planned"


def test_a_slot_at_a_busy_time_offers_the_nearest_that_is_free(api, browser, running):
    keep_busy(running, "2026-11-24 08:30-09:05")
    page = show(browser, PANEL)
    assert page.text("#slot-busy p") == "Your calendar has something at that time."
    page = fill(browser, page, "#slot-busy form")
    assert page.said() == "Moved to Tuesday 24 November, 09:05."
    assert page.find("#slot-busy") == []


def test_a_day_without_a_free_quarter_says_so(browser, running):
    keep_busy(running, days=["2026-11-24"])
    page = show(browser, PANEL)
    assert page.text("#slot-busy p").endswith("The rest of that day is taken too.")
    assert page.find("#slot-busy form") == []


def test_the_preparation_lies_on_the_working_day_before(browser, running):
    assert show(browser, PANEL).text("#slot-preparation") == "Preparation: Monday 23 November, 16:00–16:25."
    keep_busy(running, "2026-11-23 15:00-17:30")
    assert show(browser, PANEL).text("#slot-preparation") == (
        "Preparation: Monday 23 November, 14:30–14:55, free in your calendar."
    )


def test_where_the_day_before_is_full_the_nearest_block_is_offered_and_kept(api, browser, running):
    late = "2026-12-01-tue"
    keep_busy(running, "2026-12-01 07:00-08:40", days=["2026-11-30"])
    page = show(browser, f"/calendar?slot={late}")
    assert page.text("#slot-preparation p").startswith("The working day before has no room")
    page = fill(browser, page, "#slot-preparation form")
    assert (page.said(), slots(api)[late]["prepare_at"]) == ("The preparation has its time.", "2026-11-27T15:00:00Z")
    assert page.text("#slot-preparation p") == "Preparation: Friday 27 November, 16:00–16:25, free in your calendar."

    keep_busy(running, "2026-11-27 15:30-16:30")
    moved = show(browser, f"/calendar?slot={late}").text("#slot-preparation p")
    assert moved.endswith("A meeting came in its way; this is the new time.")
    undo(browser, page)
    assert slots(api)[late].get("prepare_at") is None


def test_without_any_room_a_later_slot_is_the_advice(browser, running):
    keep_busy(running, days=["2026-11-23", "2026-11-24"])
    page = show(browser, PANEL)
    assert page.text("#slot-preparation p").startswith("There is no free stretch of 25 minutes before this slot.")
    assert page.find("#slot-preparation form") == []


def test_a_suggestion_is_accepted(api, browser):
    item = api.post("/api/captures", capture()).json["item"]
    page = show(browser, PANEL)
    assert page.text("#suggestion .title") == "Ploegendienst zonder schuldgevoel"
    assert page.find("#suggestion .reasons li")
    page = fill(browser, page, "#suggestion .actions form[action$=place]")
    assert (page.said(), slots(api)[SLOT]["item_id"]) == (
        "“Ploegendienst zonder schuldgevoel” has its slot.",
        item["id"],
    )
    fill(browser, page, "#slot form[action$=release]")
    assert slots(api)[SLOT]["item_id"] is None


def test_a_suggestion_is_refused_and_that_is_taken_back(api, browser):
    item = api.post("/api/captures", capture()).json["item"]
    page = fill(browser, show(browser, PANEL), "#suggestion form[action$=decline]")
    assert "is not suggested for that slot any more" in page.said()
    assert page.find("#suggestion") == []
    undo(browser, page)
    assert api.get(f"/api/items/{item['id']}").json["declined_slots"] == []


def test_a_refused_suggestion_that_is_taken_back_stands_where_it_stood(api, browser):
    """Suggestions stay where they are while they may: also where the refusal put them, without this."""
    for number in range(6):
        api.post("/api/captures", capture(url=f"https://vakblad{number}.example/", title=f"Artikel {number}"))

    def suggested():
        page = show(browser, "/calendar?month=2026-12")
        return {one.get("data-slot"): one.get("data-item") for one in page.find(".entry.suggested")}

    before = suggested()
    for slot_id in before:
        page = fill(
            browser, show(browser, f"/calendar?month=2026-12&slot={slot_id}"), "#suggestion form[action$=decline]"
        )
        assert suggested().get(slot_id) != before[slot_id]
        undo(browser, page)
        assert suggested()[slot_id] == before[slot_id]


def test_another_slot_or_another_article_can_be_chosen(api, browser):
    api.post("/api/captures", capture())
    second = api.post("/api/captures", capture(url="https://vakblad.example/2", title="Een tweede")).json["item"]
    page = show(browser, PANEL)
    other_slots = page.find("#suggestion details select[name=slot_id] option")
    assert SLOT not in [option.get("value") for option in other_slots]
    assert len(other_slots) > 3
    fill(browser, page, "#suggestion > details:last-of-type form")
    assert slots(api)[SLOT]["item_id"] == second["id"]
