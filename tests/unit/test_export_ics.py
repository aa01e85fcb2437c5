"""The plan as a calendar, read back with the library, with the one that expands a calendar, and with Thunderbird's."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.editorial.content_plan.events import PlanEvent, is_post, post_event
from companion.editorial.content_plan.ledger import Revision
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.printable import printable
from companion.exports import WORDS
from companion.exports.icalendar import render, render_feed
from companion.exports.plan import Plan
from tests.unit.plans import TUESDAY, planned

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
TITLE = 'Kosten; baten, "winst"\\verlies: C:\\New 🚀'


def row(row_id="s1", day=TUESDAY, **changes):
    return planned(row_id, day, **({"title": TITLE, "link": "https://nrc.nl/uitspraak?a=1,2;3"} | changes))


def plan(*rows, more=(), revisions=None):
    events = [*(post_event(row) for row in rows if row.day and is_post(row)), *more]
    days = (date(2026, 11, 23), date(2027, 4, 30))
    return Plan(*days, "Europe/Amsterdam", rows, [], [], NOW, events=events, revisions=revisions or {})


def events(*rows, **more):
    return icalendar.Calendar.from_ical(render(plan(*rows, **more))).walk("VEVENT")


def test_an_event_reads_back_field_by_field():
    full = row(commentary="Mijn kijk,\nin twee regels.", hashtags=("ai", "recht"), people=("Anna", "Jansen, P."))
    [event] = events(full)
    assert str(event["UID"]) == "s1@kwartier"
    assert str(event["SUMMARY"]) == TITLE
    assert str(event["DESCRIPTION"]) == (
        "Mijn kijk,\nin twee regels.\n\nhttps://nrc.nl/uitspraak?a=1,2;3\n\n#ai #recht\n\nPeople: Anna; Jansen, P."
    )
    assert str(event["URL"]) == "https://nrc.nl/uitspraak?a=1,2;3"
    assert [str(category) for category in event.categories] == ["LinkedIn", "commentary"]
    assert event.start == datetime(2026, 11, 24, 8, 40, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event.end - event.start == timedelta(minutes=15)
    assert event["DTSTAMP"].dt == NOW
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CONFIRMED", "TRANSPARENT", 0)


def test_the_daily_quarters_are_events_that_keep_their_ids():
    starts = datetime(2026, 11, 24, 9, 5, tzinfo=ZoneInfo("Europe/Amsterdam"))
    quarter = PlanEvent("quarter-2026-11-24@kwartier", "quarter", starts, starts + timedelta(minutes=15))
    [event] = events(more=[quarter])
    assert (event.start, event.end, event["TRANSP"]) == (quarter.starts, quarter.ends, "OPAQUE")
    assert (str(event["UID"]), str(event["SUMMARY"])) == (quarter.uid, "Your quarter of an hour")


def test_the_block_to_write_a_post_in_is_busy_time_of_its_own():
    starts = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    block = PlanEvent("prep-s1@kwartier", "preparation", starts, starts + timedelta(minutes=25), row())
    [event] = events(more=[block])
    assert (event.start, event.end, event["TRANSP"]) == (block.starts, block.ends, "OPAQUE")
    assert (str(event["UID"]), str(event["SUMMARY"])) == ("prep-s1@kwartier", f"Write: {TITLE}")
    assert str(event["URL"]) == "https://nrc.nl/uitspraak?a=1,2;3"
    assert "STATUS" not in event


def test_the_block_of_a_post_that_is_gone_has_no_name():
    starts = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    [event] = events(more=[PlanEvent("prep-s1@kwartier", "preparation", starts, starts + timedelta(minutes=25))])
    assert (str(event["SUMMARY"]), event["TRANSP"]) == ("Write", "OPAQUE")


def test_the_calendar_says_whose_it_is():
    calendar = icalendar.Calendar.from_ical(render(plan(row())))
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"] == "-//Kwartier//Content plan//EN"
    assert calendar["X-WR-CALNAME"] == "Kwartier: Content plan"


@pytest.mark.parametrize(
    ("shown", "summary", "status"),
    [
        (row(), TITLE, "CONFIRMED"),
        (row(status="published"), TITLE, "CONFIRMED"),
        (row(title="", topic="Recht"), "Recht", "CONFIRMED"),
        (row(title=""), "https://nrc.nl/uitspraak?a=1,2;3", "CONFIRMED"),
        (
            row(kind="own", title="", link="", topic="Jaaroverzicht", status="open"),
            "Jaaroverzicht",
            "TENTATIVE",
        ),
        (row(kind="own", topic="Jaaroverzicht"), "Jaaroverzicht", "CONFIRMED"),
        (
            row(kind="own", title="", link="", commentary="Wat ik\nleerde " + "x" * 90),
            f"Wat ik leerde {'x' * 66}",
            "CONFIRMED",
        ),
    ],
)
def test_a_post_is_an_event_by_its_name(shown, summary, status):
    [event] = events(shown)
    assert (str(event["SUMMARY"]), event["STATUS"]) == (summary, status)


@pytest.mark.parametrize(
    "left_out",
    [
        row(title="", link="", status="open"),
        row(title="", link="", status="open", kind="ad_hoc", topic="Actueel"),
        row(title="", link="", status="open", kind="own"),
        PlanRow(id="i1", status="queued", title="Later", link="https://nrc.nl/later"),
    ],
    ids=["open commentary", "open ad hoc", "own without topic", "undated"],
)
def test_what_is_no_post_yet_is_no_event(left_out):
    assert events(left_out) == []


def test_an_event_without_an_article_has_no_link_and_no_description():
    [event] = events(row(kind="own", title="", link="", topic="Jaaroverzicht"))
    assert "URL" not in event
    assert str(event["DESCRIPTION"]) == ""


def test_an_event_says_how_often_it_changed_and_when():
    changed = NOW - timedelta(days=2)
    [event] = events(row(), revisions={"s1@kwartier": Revision(7, changed)})
    assert event["SEQUENCE"] == 7
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == changed


def test_the_same_plan_gives_the_same_file():
    assert render(plan(row())) == render(plan(row()))


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Amsterdam", date(2027, 3, 26), date(2027, 3, 29)),
        ("America/New_York", date(2027, 3, 12), date(2027, 3, 15)),
        ("Asia/Tokyo", date(2027, 3, 26), date(2027, 3, 29)),
        ("UTC", date(2027, 3, 26), date(2027, 3, 29)),
    ],
)
def test_nine_oclock_stays_nine_oclock_when_the_clocks_change(zone, before, after):
    nine = [row(f"s{day}", day, clock=time(9), zone=zone) for day in (before, after)]
    calendar = icalendar.Calendar.from_ical(render(plan(*nine)))
    found = recurring_ical_events.of(calendar).between(before, after + timedelta(days=1))
    assert [event.start for event in found] == [
        datetime.combine(day, time(9), ZoneInfo(zone)) for day in (before, after)
    ]


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata"])
def test_the_file_brings_its_zones_rules_for_those_who_know_no_zone_by_name(zone):
    days = [date(2026, 11, 24), date(2027, 1, 12), date(2027, 4, 13), date(2027, 7, 13)]
    calendar = icalendar.Calendar.from_ical(render(plan(*(row(f"s{day}", day, zone=zone) for day in days))))
    [rules] = calendar.timezones
    carried = rules.to_tz(lookup_tzid=False)
    for day in days:
        wall = datetime.combine(day, time(8, 40))
        assert wall.replace(tzinfo=carried).utcoffset() == wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/Amsterdam", ["STANDARD 1026T030000 -1SU 10 +0200", "DAYLIGHT 0330T020000 -1SU 3 +0100"]),
        ("America/New_York", ["STANDARD 1102T020000 1SU 11 -0400", "DAYLIGHT 0309T020000 2SU 3 -0500"]),
        ("Australia/Sydney", ["STANDARD 0406T030000 1SU 4 +1100", "DAYLIGHT 1005T020000 1SU 10 +1000"]),
        ("Europe/Dublin", ["STANDARD 1026T020000 -1SU 10 +0100", "DAYLIGHT 0330T010000 -1SU 3 +0000"]),
        ("Asia/Kolkata", ["STANDARD 0101T000000   +0530"]),
    ],
)
def test_a_zone_is_told_as_outlook_reads_it(zone, rules):
    """One rule for winter and one for summer, each from what the clocks show when they change; no dates."""
    [told] = icalendar.Calendar.from_ical(render(plan(row(zone=zone)))).timezones
    assert [in_short(part) for part in told.subcomponents] == rules
    assert not any("RDATE" in part for part in told.subcomponents)


def in_short(part):
    rule = part.get("RRULE", {})
    place, month = ("".join(map(str, rule.get(name, ()))) for name in ("BYDAY", "BYMONTH"))
    starts = part["DTSTART"].to_ical().decode()
    assert starts.startswith("2025")
    return f"{part.name} {starts[4:]} {place} {month} {part['TZOFFSETFROM'].to_ical()}"


def test_where_no_rule_tells_when_the_clocks_change_their_dates_do():
    """In Morocco they go back for Ramadan."""
    days = [date(2027, 1, 12), date(2027, 2, 20), date(2027, 4, 13)]
    calendar = icalendar.Calendar.from_ical(
        render(plan(*(row(f"s{day}", day, zone="Africa/Casablanca") for day in days)))
    )
    carried = calendar.timezones[0].to_tz(lookup_tzid=False)
    for day in days:
        wall = datetime.combine(day, time(8, 40))
        zoned = wall.replace(tzinfo=ZoneInfo("Africa/Casablanca"))
        assert wall.replace(tzinfo=carried).utcoffset() == zoned.utcoffset()


def test_a_zone_comes_once_however_many_posts_stand_in_it():
    calendar = icalendar.Calendar.from_ical(render(plan(row("a"), row("b"), row("c", zone="Asia/Tokyo"))))
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Tokyo", "Europe/Amsterdam"]
    assert [str(event["UID"]) for event in calendar.events] == ["a@kwartier", "b@kwartier", "c@kwartier"]


def test_lines_are_folded_at_75_octets():
    payload = render(plan(row(title="é🚀" * 200, commentary="x" * 5000)))
    assert max(map(len, payload.split(b"\r\n"))) <= 75
    [event] = events(row(title="é🚀" * 200))
    assert str(event["SUMMARY"]) == "é🚀" * 200


@settings(deadline=None)
@given(st.text(st.one_of(st.sampled_from('\\nN,;:"\r\n\t 🚀'), st.characters(exclude_categories=["Cs"])), min_size=1))
@example("x\r\nATTACH:file:///etc/passwd")
@example("END:VEVENT\nBEGIN:VALARM")
@example("\\N \\n \\\\n \\, \\;")
@example("\u2028\u2029\u202e")
def test_any_text_comes_back_as_it_was(text):
    """Control characters are left out, and a line break of any kind is a line feed."""
    shown = row(kind="own", topic=f"T{text}", commentary=f"C{text}", channel=f"L{text}", link="")
    [event] = events(shown)
    assert str(event["SUMMARY"]) == f"T{printable(text)}"
    assert str(event["DESCRIPTION"]) == f"C{printable(text)}"
    assert [str(category) for category in event.categories] == [f"L{printable(text)}", "own"]
    assert set(event) <= {*SINGLE_PROPERTIES}


def by_thunderbirds_reader(calendar):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = Path(__file__).with_name("read_calendar.js")
    found = subprocess.run([node, script], input=calendar, capture_output=True, check=True, timeout=60).stdout
    return json.loads(found)


def test_thunderbirds_reader_finds_the_same_moments_and_texts():
    """Before and after the clocks change, in zones that change otherwise or not at all, by the rules in the file."""
    zones = ("Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "UTC")
    days = [date(2027, 3, day) for day in (12, 15, 26, 29)] + [date(2026, 11, 24), date(2027, 4, 5)]
    texts = [TITLE, "\\N \\n \\\\n \\, \\;", "END:VEVENT\nBEGIN:VALARM", "é🚀" * 60, " x ", "a:b\tc"]
    rows = [
        row(f"{number}-{day}", day, clock=time(9), zone=zone, commentary=f"K{texts[number]}", title=f"T{texts[number]}")
        for zone in zones
        for number, day in enumerate(days)
    ]
    rows = [replace(each, id=f"{each.id}-{each.zone}") for each in rows]
    told = plan(*rows, revisions={f"{rows[0].id}@kwartier": Revision(3, NOW)})
    found = by_thunderbirds_reader(render_feed(told))
    assert [each["uid"] for each in found["events"]] == [event.uid for event in told.events]
    for shown, each in zip(rows, found["events"], strict=True):
        starts = datetime.combine(shown.day, time(9), ZoneInfo(shown.zone)).astimezone(UTC)
        assert each["starts"] == f"{starts:%Y-%m-%dT%H:%M:%SZ}"
        assert each["ends"] == f"{starts + timedelta(minutes=15):%Y-%m-%dT%H:%M:%SZ}"
        assert each["summary"] == shown.title
        assert each["description"].startswith(f"{shown.commentary}\n\nhttps:")
        assert not each["recurs"]
    assert [each["sequence"] for each in found["events"]] == [3] + [0] * (len(rows) - 1)
    assert found["properties"]["refresh-interval"] == found["properties"]["x-published-ttl"] == "PT1H"
    assert found["properties"]["x-wr-timezone"] == "Europe/Amsterdam"


SINGLE_PROPERTIES = {
    *("UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
    *("CATEGORIES", "STATUS", "TRANSP", "SEQUENCE"),
}


def test_only_the_fixed_words_are_translated():
    asked = []

    def say(word):
        asked.append(word)
        return f"«{word}»"

    payload = render(plan(row(people=("Anna",), commentary="own")), say)
    [event] = icalendar.Calendar.from_ical(payload).walk("VEVENT")
    assert [str(category) for category in event.categories] == ["LinkedIn", "«commentary»"]
    assert str(event["DESCRIPTION"]).startswith("own\n")
    assert str(event["DESCRIPTION"]).endswith("«People»: Anna")
    assert set(asked) <= set(WORDS)
