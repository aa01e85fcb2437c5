"""Addresses out of reason, and slots of zones elsewhere: every page still answers."""

import pytest

from tests.integration.conftest import ORIGIN, capture
from tests.integration.forms import fill, send, show

WEEKS = ["9999-W50", "9999-W52", "0001-W01", "1999-W52", "2101-W01", "-", "2026-W54", "２０２６-W48", "9" * 5000]
DAYS = ["9999-12-01", "9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01", "2026-02-30", "x" * 5000]


@pytest.mark.parametrize("week", WEEKS)
def test_a_week_out_of_reason_is_the_present_one(browser, week):
    assert "Week 48" in show(browser, f"/?week={week}").text(".kicker")
    assert show(browser, f"/calendar?week={week}").text("h1") == "November 2026"


@pytest.mark.parametrize("week", ["2000-W01", "2100-W52"])
def test_the_first_and_the_last_week(browser, week):
    assert show(browser, f"/?week={week}").status == 200
    assert show(browser, f"/calendar?week={week}").status == 200


@pytest.mark.parametrize("day", DAYS)
def test_days_out_of_reason_are_the_usual_ones(browser, day):
    assert show(browser, "/plan").text(".kicker") == show(browser, f"/plan?from={day}&to={day}").text(".kicker")
    usual = browser.get("/plan/export/ics").headers["Content-Disposition"]
    for query in (f"from={day}", f"to={day}", f"from={day}&to={day}"):
        answer = browser.get(f"/plan/export/ics?{query}")
        assert (answer.status_code, answer.headers["Content-Disposition"]) == (200, usual)


@pytest.mark.parametrize("after", ["9" * 5000, "abc", "-1", "٣", "", "0"])
def test_a_place_in_the_pile_that_no_page_gave(api, browser, after):
    api.post("/api/captures", capture())
    page = show(browser, f"/?after={after}")
    assert page.status == 200
    assert len(page.find("#rows h3")) == (0 if after == "0" else 1)


@pytest.mark.parametrize("words", ["x" * 20_000, "+".join("ab" * 5_000), "%00%ff", "%ED%A0%80"])
def test_a_search_out_of_reason_finds_nothing(api, browser, words):
    api.post("/api/captures", capture())
    assert show(browser, f"/?q={words}").status == 200


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_a_slot_is_not_added_out_of_reason(browser, day):
    page = send(browser, "/slots", date=day, time="09:00", kind="own", topic="")
    assert page.status == 422
    assert page.find("#add .problem")


# The same morning: in Amsterdam 16:00, and for Auckland 22:00 the day before.
@pytest.fixture(params=[("2026-11-24T15:00:00Z", "America/New_York"), ("2026-11-23T21:00:00Z", "Pacific/Auckland")])
def abroad(api, request):
    """A slot at 10:00 where somebody travels, made by a program."""
    starts_at, zone = request.param
    slot = api.post("/api/slots", {"starts_at": starts_at, "zone": zone, "kind": "own", "channel": "Blog"}).json
    assert (slot["date"], slot["time"]) == ("2026-11-24", "10:00")
    return slot


def slot_of(api, slot):
    found = api.get("/api/calendar?from=2026-11-16&to=2026-12-06").json["slots"]
    return next(one for one in found if one["id"] == slot["id"])


def edit(browser, slot, **fields):
    page = show(browser, f"/calendar?week=2026-W48&slot={slot['id']}")
    return fill(browser, page, "#slot form.fields", **fields)


def test_pages_with_a_slot_abroad(api, browser, abroad):
    item = api.post("/api/captures", capture()).json["item"]
    for stage in ("open", "planned"):
        if stage == "planned":
            api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": abroad["id"]})
        for path in ("/", "/?week=2026-W48", "/calendar", f"/calendar?slot={abroad['id']}", "/plan",
                     f"/items/{item['id']}", "/plan/export/csv", "/plan/export/ics", "/plan/export/md"):  # fmt: skip
            assert show(browser, path).status == 200, (stage, path)


def test_kwartier_opens_the_week_of_a_slot_abroad(api, anyone, abroad):
    url = api.post("/api/launch-links", {"path": "/?week=2026-W48"}).json["url"]
    assert "/?week=2026-W48" in anyone.get(url.removeprefix(ORIGIN)).text
    assert show(anyone, "/?week=2026-W48").text(".kicker") == "Next week · Week 48 · 23 to 29 November"


def test_each_day_stands_once_in_the_week(api, browser, abroad):
    for zone, starts_at in (
        ("Pacific/Auckland", "2026-11-24T18:30:00Z"),
        ("America/Los_Angeles", "2026-11-24T20:00:00Z"),
    ):
        new = {"starts_at": starts_at, "zone": zone, "kind": "own"}
        assert api.post("/api/slots", new).status_code == 201
    days = [heading.text for heading in show(browser, "/?week=2026-W48").find(".days .when h2")]
    assert days == list(dict.fromkeys(days))
    assert days == ["Tuesday 24", "Wednesday 25", "Thursday 26"]


def test_a_topic_alone_leaves_a_slot_abroad_where_it_is(api, browser, abroad):
    page = edit(browser, abroad, topic="Slaap")
    assert page.said() == "The slot is changed."
    assert slot_of(api, abroad) == {**abroad, "topic": "Slaap", "edited": True}


def test_a_slot_abroad_moves_on_the_clock_there(api, browser, abroad):
    edit(browser, abroad, date="2026-11-25", time="18:30")
    moved = slot_of(api, abroad)
    assert (moved["date"], moved["time"], moved["zone"]) == ("2026-11-25", "18:30", abroad["zone"])


def test_the_form_says_whose_clock_it_is(browser, abroad):
    page = show(browser, f"/calendar?week=2026-W48&slot={abroad['id']}")
    assert page.text("#slot-zone") == f"The time in {abroad['zone']}."
    assert show(browser, "/calendar?slot=2026-11-24-tue").find("#slot-zone") == []
