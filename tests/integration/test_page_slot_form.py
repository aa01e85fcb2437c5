"""The form of a slot on the calendar: what cannot be is said at its field, and what was typed is not lost."""

import pytest

from tests.integration.forms import fill, send, show
from tests.integration.meetings import agree
from tests.integration.slots import NEW, WEEK, slots

SLOT = "2026-11-24-tue"
PANEL = f"{WEEK}&slot={SLOT}"


def edit(browser, page, **fields):
    return fill(browser, page, "#edit-form", **fields)


def problem_at(page, field):
    """What stands at a field that is marked as wrong and has the focus."""
    marked = page.find(f"#{field}[aria-invalid=true][autofocus]")
    assert [one.get("aria-describedby", "").strip() for one in marked] == [f"{field}-problem"]
    return page.text(f"#{field}-problem")


@pytest.mark.parametrize(
    ("fields", "at", "advice"),
    [
        ({"date": "2026-11-28"}, "date", "within your working hours: Monday to Friday 07:00–19:00"),
        ({"time": "21:00"}, "time", "within your working hours: Monday to Friday 07:00–19:00"),
        ({"time": "00:00"}, "time", "within your working hours"),
        ({"time": ""}, "time", "within your working hours"),
        ({"date": "tomorrow"}, "date", "within your working hours"),
        ({"kind": "advert"}, "kind", "Choose one from the list"),
        ({"topic": "x" * 201}, "topic", "At most 200 characters"),
        ({"channel": "x" * 41}, "channel", "at most 40 characters"),
        ({"preparation_minutes": "3"}, "minutes", "from 5 to 240 minutes"),
        ({"preparation_minutes": "１５"}, "minutes", "from 5 to 240 minutes"),
        ({"preparation_minutes": "9" * 5000}, "minutes", "from 5 to 240 minutes"),
    ],
)
def test_what_cannot_be_added_is_told_and_kept_in_the_form(api, browser, fields, at, advice):
    page = send(browser, "/slots", **{**NEW, **fields})
    assert page.status == 422
    assert advice in problem_at(page, f"new-{at}")
    assert len(page.find("[autofocus]")) == 1
    # Choosing a language would leave this page, and what was typed.
    assert not page.find("form[action='/language']")
    assert page.find("#new-topic")[0].get("value") == fields.get("topic", "T")
    assert all(slot["origin"] == "cadence" for slot in slots(api).values())


def test_the_address_of_a_form_says_what_it_is(browser):
    """As after starting a browser again that had the answer to a form open."""
    page = show(browser, "/slots")
    assert (page.status, page.text("h1")) == (405, "There is nothing to show here")


def test_a_public_holiday_is_told_by_its_day(browser, running):
    agree(running)
    page = send(browser, "/slots", **{**NEW, "date": "2026-12-25"})
    assert problem_at(page, "new-date") == "Friday 25 December is a public holiday. Choose another day."


def test_the_working_days_are_written_as_in_running_text(browser):
    browser.client.set_cookie("kwartier_language", "nl", domain="127.0.0.1")
    words = problem_at(send(browser, "/slots", **{**NEW, "time": "21:00"}), "new-time")
    assert words.endswith("maandag tot en met vrijdag 07:00–19:00.")


def test_a_slot_is_not_moved_into_the_past(api, browser):
    page = edit(browser, show(browser, PANEL), date="2026-11-20")
    assert page.status == 422
    assert problem_at(page, "edit-date") == "That moment has passed. Choose one that lies ahead."
    assert slots(api)[SLOT]["date"] == "2026-11-24"


def test_what_was_not_touched_in_a_slot_is_not_written(api, browser):
    page = show(browser, PANEL)
    api("PATCH", f"/api/slots/{SLOT}", {"starts_at": "2026-11-25T13:00:00Z", "kind": "own", "channel": "Blog"})
    assert edit(browser, page, topic="Slaap").said() == "The slot is changed."
    slot = slots(api)[SLOT]
    assert (slot["date"], slot["time"], slot["kind"], slot["topic"]) == ("2026-11-25", "14:00", "own", "Slaap")
    assert (slot["channel"], "preparation_minutes" in slot) == ("Blog", False)


def test_a_slot_moved_on_both_sides_stays_where_it_is(api, browser):
    page = show(browser, PANEL)
    api("PATCH", f"/api/slots/{SLOT}", {"starts_at": "2026-11-25T13:00:00Z"})
    page = edit(browser, page, date="2026-11-26")
    assert (page.status, slots(api)[SLOT]["date"]) == (409, "2026-11-25")
    assert problem_at(page, "edit-date").startswith("It was also changed elsewhere, to: Wednesday 25 November, 14:00.")
    assert edit(browser, page).said() == "The slot is changed."
    assert (slots(api)[SLOT]["date"], slots(api)[SLOT]["time"]) == ("2026-11-26", "08:40")


def test_what_was_typed_stands_beside_what_was_changed_elsewhere(api, browser):
    """Only what was typed is saved again: what the other page changed beside it stays."""
    api("PATCH", f"/api/slots/{SLOT}", {"topic": "Slaap"})
    page = show(browser, PANEL)
    api("PATCH", f"/api/slots/{SLOT}", {"topic": "", "channel": "Blog"})
    page = edit(browser, page, topic="Wat ik typte")
    assert problem_at(page, "edit-topic").startswith("It was also emptied elsewhere.")
    assert page.find("#edit-topic")[0].get("value") == "Wat ik typte"
    edit(browser, page)
    assert (slots(api)[SLOT]["topic"], slots(api)[SLOT]["channel"]) == ("Wat ik typte", "Blog")


def test_saving_a_slot_without_a_change_writes_nothing(api, browser):
    before = slots(api)[SLOT]
    page = edit(browser, show(browser, PANEL))
    assert (page.said(), page.find("#said form"), slots(api)[SLOT]) == ("The slot is changed.", [], before)


def test_a_slot_that_cannot_move_there_keeps_what_was_typed(api, browser):
    page = edit(browser, show(browser, PANEL), time="21:00", topic="Slaap")
    assert page.status == 422
    assert "within your working hours" in problem_at(page, "edit-time")
    assert (page.find("#edit-time")[0].get("value"), page.find("#edit-topic")[0].get("value")) == ("21:00", "Slaap")
    edit(browser, page, time="11:00")
    assert (slots(api)[SLOT]["time"], slots(api)[SLOT]["topic"]) == ("11:00", "Slaap")
