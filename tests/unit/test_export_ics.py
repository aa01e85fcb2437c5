"""The plan as a calendar file, read back with the library and with the one that expands a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import example, given
from hypothesis import strategies as st

from companion.editorial.content_plan import PlanRow
from companion.exports import WORDS
from companion.exports.icalendar import render
from companion.exports.plan import Plan, printable
from tests.unit.plans import TUESDAY, planned

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
TITLE = 'Kosten; baten, "winst"\\verlies: C:\\New 🚀'


def row(row_id="s1", day=TUESDAY, **changes):
    return planned(row_id, day, **({"title": TITLE, "link": "https://nrc.nl/uitspraak?a=1,2;3"} | changes))


def plan(*rows, items=(), slots=()):
    return Plan(date(2026, 11, 23), date(2027, 4, 30), "Europe/Amsterdam", rows, items, slots, NOW)


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
    quarter = (starts, starts + timedelta(minutes=15))
    calendar = icalendar.Calendar.from_ical(render(replace(plan(row()), quarters=[quarter])))
    event = next(one for one in calendar.walk("VEVENT") if str(one["UID"]) == "quarter-2026-11-24@kwartier")
    assert (event.start, event.end, event["TRANSP"]) == (*quarter, "OPAQUE")
    assert str(event["SUMMARY"]) == "Your quarter of an hour"


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


def test_the_sequence_counts_the_changes_of_the_item_in_the_slot():
    [event] = events(row(), items=[{"id": "i1", "revision": 7}], slots=[{"id": "s1", "item_id": "i1"}])
    assert event["SEQUENCE"] == 7


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


def test_a_zone_comes_once_however_many_posts_stand_in_it():
    calendar = icalendar.Calendar.from_ical(render(plan(row("a"), row("b"), row("c", zone="Asia/Tokyo"))))
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Tokyo", "Europe/Amsterdam"]
    assert [str(event["UID"]) for event in calendar.events] == ["a@kwartier", "b@kwartier", "c@kwartier"]


def test_lines_are_folded_at_75_octets():
    payload = render(plan(row(title="é🚀" * 200, commentary="x" * 5000)))
    assert max(map(len, payload.split(b"\r\n"))) <= 75
    [event] = events(row(title="é🚀" * 200))
    assert str(event["SUMMARY"]) == "é🚀" * 200


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


SINGLE_PROPERTIES = {
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"),
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
