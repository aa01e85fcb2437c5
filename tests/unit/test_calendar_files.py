"""Busy times from calendar files, right to the minute, as Outlook, Google and Apple write them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from companion.editorial.busy.files import Unreadable, busy_times_in
from tests.unit.calendars import AMSTERDAM, FIRST, FOLDER, LAST, calendar, event, read, told

WRITTEN = {
    # A week's start that was moved once and left out twice; the last Tuesday of each month; a week off;
    # each Friday off, up to the 18th.
    "outlook-saved": """
        19 Oct 09:00-09:30 | 27 Oct 14:15-14:45 | 16 Nov 09:00-09:30 | 23 Nov 09:00-09:30 | 26 Nov 12:30-13:30 |
        29 Dec 10:00-11:00 | 26 Jan 10:00-11:00 | 23 Feb 10:00-11:00 | 30 Mar 10:00-11:00 |
        27 Nov | 4 Dec | 11 Dec | 18 Dec | 28 Dec | 29 Dec | 30 Dec | 31 Dec | 1 Jan
        """,
    # New York at half past nine, over the week in which only one of the two has winter time; London at nine; a zone of
    # its own; UTC; each day over the change to summer time, one left out and one moved.
    "outlook-published": """
        20 Oct 15:30-16:15 | 27 Oct 14:30-15:15 | 3 Nov 15:30-16:15 | 24 Nov 10:00-11:00 | 25 Nov 13:00-14:00 |
        26 Nov 09:00-09:30 | 26 Mar 09:15-09:30 | 28 Mar 09:15-09:30 | 29 Mar 16:00-16:30 | 30 Mar 09:15-09:30 |
        21 Dec | 22 Dec | 23 Dec | 24 Dec | 25 Dec | 4 Jan
        """,
    # A moment in UTC; each Tuesday, one left out and one moved; a meeting that Joris declined, not its owner; a flight
    # from one zone to another.
    "google": """
        20 Oct 10:30-11:30 | 27 Oct 10:30-11:30 | 11 Nov 15:30-16:00 | 17 Nov 10:30-11:30 | 24 Nov 09:00-09:45 |
        25 Nov 16:00-16:30 | 26 Nov 16:30-18:00 | 25 Mar 09:00-09:15 | 26 Mar 09:00-09:15 | 27 Mar 09:00-09:15 |
        28 Mar 09:00-09:15 | 29 Mar 09:00-09:15 | 31 Dec | 1 Jan
        """,
    # A time without a zone; each Friday, of which one does not keep busy; three hours in the night in which one is
    # missing; New York, where summer time begins two weeks before.
    "apple": """
        23 Oct 16:00-16:45 | 30 Oct 16:00-16:45 | 13 Nov 16:00-16:45 | 24 Nov 12:15-13:00 | 10 Mar 15:00-15:30 |
        17 Mar 14:00-14:30 | 24 Mar 14:00-14:30 | 27 Mar 23:30-03:30 | 31 Mar 15:00-15:30 | 24 Dec | 25 Dec
        """,
}


def lines(text):
    return [" ".join(line.split()) for line in text.split("|")]


@pytest.mark.parametrize("program", WRITTEN)
def test_as_a_program_writes_it(program):
    found = busy_times_in((FOLDER / f"{program}.ics").read_bytes(), AMSTERDAM, FIRST, LAST)
    assert told(found) == lines(WRITTEN[program])
    assert found.unread == 0


@pytest.mark.parametrize("program", WRITTEN)
@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\r\n", "\n").encode(),
        lambda text: text.replace("\r\n", "\r").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("ascii", "ignore") + b"X-NAME:Caf\xe9\r\n",
        lambda text: text.replace("BEGIN:", "Begin:").replace("DTSTART", "dtstart").encode(),
    ],
    ids=["LF", "CR", "BOM", "UTF-16", "UTF-16 without a mark", "of old", "small letters"],
)
def test_however_it_is_encoded(program, written):
    text = (FOLDER / f"{program}.ics").read_bytes().decode()
    assert told(busy_times_in(written(text), AMSTERDAM, FIRST, LAST)) == lines(WRITTEN[program])


def test_nothing_is_kept_but_when_and_the_calendars_own_name():
    found = busy_times_in((FOLDER / "apple.ics").read_bytes(), AMSTERDAM, FIRST, LAST)
    assert set(vars(found)) == {"name", "busy", "days", "events", "unread"}
    assert (found.name, found.events) == ("Werk", 10)


def test_a_name_is_kept_without_what_cannot_be_seen():
    assert read("X-WR-CALNAME:\u200bWe\u202erk \x00\x1b \\, thuis", event(*NINE)).name == "We rk , thuis"


def test_calendars_in_one_file_count_together():
    files = b"".join((FOLDER / f"{program}.ics").read_bytes() for program in WRITTEN)
    found = busy_times_in(files, AMSTERDAM, FIRST, LAST)
    assert found.name == "Agenda"
    assert "26 Nov 16:30-18:00" in told(found)
    assert "26 Nov 12:30-13:30" in told(found)


NINE = ("DTSTART:20261124T090000", "DTEND:20261124T093000")
DAY = ("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125")
AS_WRITTEN, ALL_DAY, FREE = ["24 Nov 09:00-09:30"], ["24 Nov"], []
SHOWN, WHOLE = "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
MIDNIGHTS = ("DTSTART;TZID=Europe/Amsterdam:20261124T000000", "DTEND;TZID=Europe/Amsterdam:20261125T000000")


@pytest.mark.parametrize(
    ("written", "busy"),
    [
        ((*NINE,), AS_WRITTEN),
        ((*NINE, "STATUS:TENTATIVE"), AS_WRITTEN),
        ((*NINE, "STATUS:CANCELLED"), FREE),
        ((*NINE, "TRANSP:OPAQUE"), AS_WRITTEN),
        ((*NINE, "TRANSP:TRANSPARENT"), FREE),
        ((*NINE, f"{SHOWN}:BUSY"), AS_WRITTEN),
        ((*NINE, f"{SHOWN}:TENTATIVE"), AS_WRITTEN),
        ((*NINE, f"{SHOWN}:OOF"), AS_WRITTEN),
        ((*NINE, f"{SHOWN}:FREE"), FREE),
        ((*NINE, f"{SHOWN}:WORKINGELSEWHERE"), FREE),
        ((*DAY,), ALL_DAY),
        ((*DAY, "TRANSP:TRANSPARENT"), FREE),
        ((*DAY, f"{SHOWN}:OOF", "TRANSP:TRANSPARENT"), ALL_DAY),
        ((*MIDNIGHTS, WHOLE), ALL_DAY),
        (("DTSTART:20261123T230000Z", "DTEND:20261124T230000Z", WHOLE), ALL_DAY),
        (("DTSTART;VALUE=DATE:20261124",), ALL_DAY),
        (("DTSTART:20261124",), ALL_DAY),
        (("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261124"), ALL_DAY),
        (("DTSTART;VALUE=DATE:20261124", "DURATION:P1D"), ALL_DAY),
        (("DTSTART:20261124T090000",), FREE),
        (("DTSTART:20261124T090000", "DTEND:20261124T090000"), FREE),
        (("DTSTART:20261124T090000", "DURATION:PT30M"), AS_WRITTEN),
        (("DTSTART:20261124T0900", "DTEND:20261124T0930"), AS_WRITTEN),
        (("DTSTART:20261124T090059", "DTEND:20261124T092901"), AS_WRITTEN),
    ],
)
def test_what_keeps_busy(written, busy):
    found = read(event(*written))
    assert (told(found), found.unread) == (busy, 0)


def test_what_came_from_here_does_not_come_back_as_busy():
    assert told(read(event(*NINE, uid="2026-11-24-tue@kwartier"))) == FREE


def test_stretches_that_are_free_are_no_busy_time_and_all_others_are():
    kinds = {"": "08", ";FBTYPE=BUSY": "09", ";FBTYPE=BUSY-UNAVAILABLE": "10", ";FBTYPE=BUSY-TENTATIVE": "11"}
    written = [f"FREEBUSY{kind}:20261124T{hour}0000Z/PT30M" for kind, hour in kinds.items()]
    free = "FREEBUSY;FBTYPE=FREE:20261124T140000Z/20261124T150000Z"
    found = read("BEGIN:VFREEBUSY", *written, free, "END:VFREEBUSY")
    assert told(found) == [f"24 Nov {hour}:00-{hour}:30" for hour in ("09", "10", "11", "12")]


ZONES = {
    "Europe/Amsterdam": "09:00",
    "W. Europe Standard Time": "09:00",
    '"W. Europe Standard Time"': "09:00",
    "Romance Standard Time": "09:00",
    "GMT Standard Time": "10:00",
    "Eastern Standard Time": "15:00",
    "India Standard Time": "04:30",
    "/freeassociation.example/Tzfile/Europe/London": "10:00",
    "/mozilla.example/20261101_1/America/Argentina/Buenos_Aires": "13:00",
    "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": "09:00",
    "(GMT+00:00) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London": "10:00",
    '"(UTC-05:00) Eastern Time (US & Canada)"': "15:00",
    "(UTC+04:30) Nowhere": "05:30",
    "(UTC-05:00) Nowhere": "15:00",
    "(UTC) Coordinated Universal Time": "10:00",
    "Nowhere at all": "09:00",
    "../../etc/passwd": "09:00",
}


@pytest.mark.parametrize(("zone", "starts"), ZONES.items())
def test_zones_by_the_names_that_programs_give_them(zone, starts):
    found = read(event(f"DTSTART;TZID={zone}:20261124T090000", "DURATION:PT1H"))
    assert told(found)[0].startswith(f"24 Nov {starts}-")


DESCRIBED = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE"""


def test_a_zone_of_the_file_s_own_is_that_of_its_calendar_alone():
    at_nine = event("DTSTART;TZID=Customized Time Zone:20261124T090000", "DURATION:PT1H")
    files = [calendar(DESCRIBED.format(offset=offset), at_nine) for offset in ("+0300", "-0330")]
    found = busy_times_in(b"".join(files), AMSTERDAM, FIRST, LAST)
    assert told(found) == ["24 Nov 07:00-08:00", "24 Nov 13:30-14:30"]


def test_times_without_a_zone_are_the_user_s_unless_the_calendar_names_one():
    tokyo = ZoneInfo("Asia/Tokyo")
    assert told(read(event(*NINE), zone=tokyo), tokyo) == AS_WRITTEN
    assert told(read("X-WR-TIMEZONE:Europe/London", event(*NINE))) == ["24 Nov 10:00-10:30"]


def test_whole_days_are_those_of_wherever_the_user_is():
    for zone in (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")):
        assert read(event(*DAY), zone=zone).days == ["2026-11-24"]


def test_only_the_days_that_were_asked_for_are_told_and_the_events_in_them_counted():
    long = event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20270101", uid="long")
    night = event("DTSTART:20261123T220000", "DTEND:20261124T030000", uid="night")
    found = read(
        long,
        night,
        event("DTSTART:20261201T090000", "DURATION:PT1H"),
        first=date(2026, 11, 24),
        last=date(2026, 11, 25),
    )
    assert told(found) == ["24 Nov 00:00-03:00", "24 Nov", "25 Nov"]
    assert found.events == 2


@pytest.mark.parametrize(
    ("zone", "there"), [("Pacific/Kiritimati", "20261125T050000"), ("Pacific/Pago_Pago", "20261123T230000")]
)
@pytest.mark.parametrize("rule", ["STATUS:CONFIRMED", "RRULE:FREQ=WEEKLY"])
def test_a_day_is_the_user_s_wherever_the_event_is(zone, there, rule):
    day = date(2026, 11, 24)
    found = read(event(f"DTSTART;TZID={zone}:{there}", "DURATION:PT1H", rule), first=day, last=day)
    assert told(found) == (["24 Nov 16:00-17:00"] if "Kiri" in zone else ["24 Nov 11:00-12:00"])


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><title>Calendar</title>", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\xff\xfe", bytes(999)],
)
def test_what_is_no_calendar_is_said_to_be_none(content):
    with pytest.raises(Unreadable, match="not_a_calendar"):
        busy_times_in(content, AMSTERDAM, FIRST, LAST)


def test_a_calendar_without_events_is_one():
    assert told(read()) == FREE
