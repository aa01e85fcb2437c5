"""The calendar's two views: which days they show, and what stands in each."""

import pytest

from companion.editorial.agreement import every_day
from tests.integration.conftest import capture
from tests.integration.forms import show
from tests.integration.meetings import agree, keep_busy

TUESDAY, THURSDAY = "2026-11-24-tue", "2026-11-26-thu"


def day(page, date):
    [cell] = page.find(f"[data-day='{date}']")
    return cell


def text(element):
    return " ".join(element.text_content().split())


def entries(page, date):
    return [text(entry) for entry in day(page, date).cssselect(".entry > a, .prepare, .quarter")]


@pytest.fixture
def planned(api):
    first = capture(commentary="Mijn kijk.", captured_at="2026-11-12T10:00:00Z")
    item = api.post("/api/captures", first).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": TUESDAY})
    return item


@pytest.mark.parametrize(
    ("month", "name", "weeks", "first", "last"),
    [
        ("2026-11", "November 2026", ["44", "45", "46", "47", "48", "49"], "2026-10-26", "2026-12-06"),
        ("2026-12", "December 2026", ["49", "50", "51", "52", "53"], "2026-11-30", "2027-01-03"),
        ("2027-01", "January 2027", ["53", "1", "2", "3", "4"], "2026-12-28", "2027-01-31"),
        ("2027-02", "February 2027", ["5", "6", "7", "8"], "2027-02-01", "2027-02-28"),
    ],
)
def test_a_month_is_its_whole_weeks_from_monday(browser, month, name, weeks, first, last):
    page = show(browser, f"/calendar?month={month}")
    days = [cell.get("data-day") for cell in page.find("[data-day]")]
    assert page.text("h1") == name
    assert [text(number) for number in page.find(".week-number .short")] == weeks
    assert (days[0], days[-1], len(days), days) == (first, last, 7 * len(weeks), sorted(set(days)))


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "November 2026"),
        ("?week=2026-W48", "November 2026"),
        ("?week=2026-W49", "December 2026"),
        ("?week=2026-W53", "December 2026"),
        ("?view=month&week=2027-W01", "January 2027"),
        ("?view=week", "Week 48 · 23 to 29 November"),
        ("?view=week&week=2026-W53", "Week 53 · 28 December 2026 to 3 January 2027"),
        ("?view=week&month=2026-12", "Week 49 · 30 November to 6 December"),
        ("?view=year", "November 2026"),
        ("?view=week&week=2025-W53", "Week 48 · 23 to 29 November"),
        ("?month=9999-99", "November 2026"),
        ("?month=0001-01", "November 2026"),
        ("?month=2026-1", "November 2026"),
        ("?month=%00&slot=%ff&day=%3Cscript%3E", "November 2026"),
        ("?month=2100-12", "December 2100"),
        ("?view=week&week=2000-W01&slot=9999-12-31-tue", "Week 1 · 3 to 9 January"),
    ],
)
def test_what_is_asked_for_or_what_is_now(browser, query, title):
    page = show(browser, f"/calendar{query}")
    assert (page.status, page.text("h1")) == (200, title)
    assert page.find("#slot") == []


@pytest.mark.parametrize(
    ("query", "earlier", "later", "other_view"),
    [
        ("?month=2026-12", "view=month&month=2026-11", "view=month&month=2027-01", "view=week&week=2026-W49"),
        ("?month=2026-11", "view=month&month=2026-10", "view=month&month=2026-12", "view=week&week=2026-W48"),
        ("?view=week&week=2026-W53", "view=week&week=2026-W52", "view=week&week=2027-W01", "view=month&month=2026-12"),
        ("?month=2100-12", "view=month&month=2100-11", None, "view=week&week=2100-W48"),
    ],
)
def test_pages_turn_and_the_views_lead_to_each_other(browser, query, earlier, later, other_view):
    page = show(browser, f"/calendar{query}")
    turns = [link.get("href").partition("?")[2] for link in page.find(".turn a")]
    assert (turns[0], turns[-1] if later else None) == (earlier, later)
    [other] = page.find(".tabs a:not([aria-current])")
    assert other.get("href").partition("?")[2] == other_view


def test_a_day_tells_what_stands_in_it(api, browser, planned):
    api.post(
        "/api/slots", {"starts_at": "2026-11-25T13:00:00Z", "kind": "own", "topic": "Nachtdienst", "channel": "Blog"}
    )
    api("PATCH", f"/api/slots/{THURSDAY}", {"status": "skipped"})
    page = show(browser, "/calendar")
    title = "Ploegendienst zonder schuldgevoel"
    assert [entries(page, f"2026-11-{number}") for number in (10, 12, 17)] == [[], *[["08:40 LinkedIn no post"]] * 2], (
        "nothing was missed before the first article"
    )
    assert entries(page, "2026-11-23") == [f"16:00 25 min for “{title}”, Tue 24 Nov, 08:40"]
    assert entries(page, "2026-11-24") == [f"08:40 LinkedIn {title}", "15:30 60 min for Nachtdienst, Wed 25 Nov, 14:00"]
    assert entries(page, "2026-11-25") == ["14:00 Blog · own post Nachtdienst"]
    assert entries(page, "2026-11-26") == ["08:40 LinkedIn Skipped"]
    assert entries(page, "2026-12-01") == ["08:40 LinkedIn open"]
    assert "12:10 LinkedIn · ad hoc kept free until Wednesday 12:10" in entries(page, "2026-12-04")
    api("PATCH", f"/api/items/{planned['id']}", {"status": "published"})
    assert entries(show(browser, "/calendar"), "2026-11-24")[0] == f"08:40 LinkedIn Published {title}"


def test_an_open_slot_shows_what_is_suggested_for_it(api, browser):
    api.post("/api/captures", capture())
    page = show(browser, "/calendar")
    assert [text(entry) for entry in page.find(".entry.suggested > a")] == [
        "08:40 LinkedIn suggestion Ploegendienst zonder schuldgevoel"
    ]


def test_an_open_slot_with_a_topic_does_not_look_planned(api, browser):
    api("PATCH", f"/api/slots/{TUESDAY}", {"topic": "Slaap"})
    page = show(browser, "/calendar")
    assert entries(page, "2026-11-24") == ["08:40 LinkedIn open · Slaap"]
    assert day(page, "2026-11-24").cssselect(".title") == []


def test_preparation_of_an_open_slot_is_drawn_weaker(browser, planned):
    blocks = {text(block): "weak" in block.get("class") for block in show(browser, "/calendar").find("a.prepare")}
    assert len(set(blocks.values())) == 2
    assert all(is_weak != ("Ploegendienst" in words) for words, is_weak in blocks.items())


def test_what_is_carried_goes_by_its_name_also_where_it_is_only_suggested(api, browser):
    api.post("/api/captures", capture())
    [suggested] = show(browser, "/calendar").find(".entry.suggested")
    assert suggested.get("data-name") == "Ploegendienst zonder schuldgevoel"
    assert "Ploegendienst" in text(suggested.cssselect(".move")[0])


def test_a_slot_beyond_the_days_shown_has_its_suggestion_too(api, browser):
    api.post("/api/captures", capture())
    assert show(browser, f"/calendar?month=2027-03&slot={TUESDAY}").text("#suggestion .title")


def test_a_link_without_an_article_is_not_offered_below_and_counts(api, browser, running):
    kept = [api.post("/api/captures", capture(url=f"https://vak.example/{n}")).json["item"]["id"] for n in range(2)]
    running.store.items.put({**running.store.items.find(kept[0]), "link_only": True, "fetch": "login"})
    page = show(browser, "/calendar")
    assert [entry.get("data-item") for entry in page.find(".waiting > li")] == kept[1:]
    assert page.text("#queue a") == "All 2 in the queue"


def test_the_queue_stands_below_to_be_carried_to_a_slot(api, browser, planned):
    assert show(browser, "/calendar").find(".waiting") == []
    waits = api.post("/api/captures", capture(url="https://vakblad.example/2", title="Een tweede")).json["item"]
    [entry] = show(browser, "/calendar").find(".waiting > li")
    assert entry.get("data-item") == waits["id"]
    assert entry.cssselect("button.move[hidden]"), "only a script can carry it"


def test_busy_times_stand_in_the_day_and_are_told_in_words(browser, running):
    keep_busy(running, "2026-11-24 09:15-10:00", "2026-11-24 13:00-14:30", days=["2026-11-25"])
    month = show(browser, "/calendar")
    assert text(day(month, "2026-11-24").cssselect(".strip")[0]) == "busy 2 h 15 min"
    assert text(day(month, "2026-11-25").cssselect(".strip")[0]) == "busy 12 h"
    week = show(browser, "/calendar?view=week&week=2026-W48")
    busy = day(week, "2026-11-24").cssselect("li.busy")
    assert [text(one) for one in busy] == ["Busy 09:15–10:00", "Busy 13:00–14:30"]
    assert busy[0].get("class").startswith("busy from-h9 from-m15 to-h10 to-m0")
    assert day(week, "2026-11-24").get("data-busy").split() == ["09:15-10:00", "13:00-14:30"]
    assert [text(one) for one in day(week, "2026-11-25").cssselect("li.busy")] == ["Busy 07:00–19:00"]


def test_holidays_have_a_name_and_nothing_to_add(browser, running):
    agree(running)
    page = show(browser, "/calendar?month=2026-12")
    christmas = day(page, "2026-12-25")
    assert text(christmas.cssselect(".holiday")[0]) == "Christmas Day"
    assert (christmas.get("data-open"), christmas.get("data-holiday")) == ("", "")
    assert christmas.cssselect(".add, .entry") == []
    assert len(day(page, "2026-12-24").cssselect(".add")) == 1
    assert (
        text(day(show(browser, "/calendar?month=2026-12", "nl"), "2026-12-25").cssselect(".holiday")[0])
        == "Eerste kerstdag"
    )


def test_the_daily_quarter_stands_beside_the_meetings(browser, running):
    agree(running, quarter_at="09:30")
    keep_busy(running, "2026-11-24 09:00-10:00")
    page = show(browser, "/calendar?view=week&week=2026-W48")
    quarters = [day(page, f"2026-11-{number}").cssselect(".quarter")[0] for number in (23, 24)]
    assert [text(quarter)[:5] for quarter in quarters] == ["09:30", "10:00"]
    month = show(browser, "/calendar")
    assert "your quarter at 10:00" in text(day(month, "2026-11-24").cssselect(".strip")[0])
    assert month.find(".legend a[href='/quarter']")


def test_beside_a_post_the_quarter_takes_an_edge_and_no_lane(browser, running):
    agree(running, quarter_at="08:45")
    week = show(browser, "/calendar?view=week&week=2026-W48")
    classes = [
        " ".join(one.get("class").split()[5:]) for one in day(week, "2026-11-24").cssselect("li.slot, li.quarter")
    ]
    assert classes == ["lane-0 of-1 beside", "lane-0 of-1 beside"]
    [alone] = day(week, "2026-11-25").cssselect("li.quarter")
    assert "beside" not in alone.get("class").split()


@pytest.mark.parametrize(("week", "sunday"), [("2026-W43", "2026-10-25"), ("2027-W12", "2027-03-28")])
def test_the_clock_on_the_wall_counts_where_the_clocks_change(api, browser, running, week, sunday):
    agree(running, hours=[*every_day("09:00", "17:00"), {"weekday": 7, "starts": "01:00", "ends": "12:00"}])
    keep_busy(running, f"{sunday} 10:00-11:00")
    page = show(browser, f"/calendar?view=week&week={week}")
    assert [text(one) for one in day(page, sunday).cssselect("li.busy")] == ["Busy 10:00–11:00"]
    assert page.text(".clock li") == "01:00"


def test_the_week_grid_reaches_as_far_as_its_posts(api, browser, running):
    api("PATCH", f"/api/slots/{TUESDAY}", {"starts_at": "2026-11-24T16:30:00Z"})
    agree(running, hours=every_day("10:00", "15:00"))
    page = show(browser, "/calendar?view=week&week=2026-W48")
    assert "opens-h10 closes-h19" in page.find("#days")[0].get("class")
    assert "17:30 LinkedIn open" in entries(page, "2026-11-24")


def test_what_overlaps_stands_side_by_side(api, browser):
    for starts in ("09:00", "09:20", "09:50"):
        api.post("/api/slots", {"starts_at": f"2026-11-25T{starts}:00Z", "kind": "commentary"})
    page = show(browser, "/calendar?view=week&week=2026-W48")
    lanes = [entry.get("class").split()[-2:] for entry in day(page, "2026-11-25").cssselect("li.slot")]
    assert lanes == [["lane-0", "of-2"], ["lane-1", "of-2"], ["lane-0", "of-2"]]


def test_an_empty_plan_says_that_the_meetings_are_not_known(browser, running):
    legend = show(browser, "/calendar").text(".legend")
    assert "does not know your meetings yet" in legend
    keep_busy(running, "2026-11-24 09:15-10:00")
    assert "does not know" not in show(browser, "/calendar").text(".legend")
