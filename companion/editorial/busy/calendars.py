"""The user's calendars: which there are, when they were read, and when they are to be read again."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal, TypeAlias, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from companion import contract
from companion.editorial.busy.files import LONGEST_NAME, shown_name
from companion.editorial.ports import Store
from companion.editorial.times import instant, local_day, moment
from companion.errors import KwartierError, NotFound
from companion.records import BusyCalendar, Problem

Objection: TypeAlias = Literal["no_address", "user_in_address", "known_already", "too_many_calendars"]

# Work, private, one of the team and a few more; each is asked for every hour.
MOST_CALENDARS = 10
# What lies behind is shown beside the posts of last week; ahead it reaches as far as the plan can be looked at.
DAYS_BACK, DAYS_AHEAD = 14, 400
# Somewhat less than the hour between two looks, so that none of them comes just too early.
DUE_AFTER = timedelta(minutes=50)
# How programs write addresses that a calendar program is to open. Those calendars are there by https as well.
WITH_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)\Z", re.DOTALL)
CALENDAR_SCHEMES = {"webcal": "https", "webcals": "https"}
UNTAGGED: Mapping[str, str] = {}


class Objectionable(KwartierError):
    """A calendar cannot be added; `problem` says why in one word."""

    def __init__(self, problem: Objection) -> None:
        super().__init__(f"The calendar cannot be added: {problem}.")
        self.problem: Objection = problem


def calendar_address(typed: str) -> str:
    """The address at which to ask for a calendar. Raises Objectionable where it is none, or holds a password."""
    found = WITH_SCHEME.match(typed.strip())
    if not found and not re.search(r"[./:]", typed):
        raise Objectionable("no_address")  # A word, such as the name of a calendar.
    scheme, rest = found.groups() if found else ("https", typed.strip())
    if WITH_SCHEME.match(rest) and scheme.lower() in CALENDAR_SCHEMES:
        return calendar_address(rest)
    url = f"{CALENDAR_SCHEMES.get(scheme.lower(), scheme)}://{rest}"
    if "@" in re.split(r"[/?#]", rest)[0]:
        raise Objectionable("user_in_address")
    if contract.check("web_address", url):
        raise Objectionable("no_address")
    return url


def shown_address(url: str) -> str:
    """The site of an address. The rest is left out, as whoever has it can read the calendar."""
    return f"{urlsplit(url).hostname}/…"


def all_calendars(store: Store) -> list[BusyCalendar]:
    """The calendars in the order in which they were added."""
    return sorted(store.busy_calendars, key=lambda calendar: (calendar["added_at"], calendar["id"]))


def get_calendar(store: Store, calendar_id: str) -> BusyCalendar:
    """The calendar with this id. Raises NotFound."""
    found = store.busy_calendars.find(calendar_id)
    if found is None:
        raise NotFound("There is no such calendar.")
    return cast(BusyCalendar, found)


def add_address(store: Store, typed: str, zone: ZoneInfo, now: datetime) -> BusyCalendar:
    """Keep a calendar by its address, yet to be read. Raises Objectionable."""
    url = calendar_address(typed)
    with store.transaction():
        if any(calendar["url"] == url for calendar in store.busy_calendars):
            raise Objectionable("known_already")
        return _add(store, str(urlsplit(url).hostname), url, zone, now)


def add_file(store: Store, file_name: str, reading: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> BusyCalendar:
    """Keep the busy times of a calendar file. Raises Objectionable, also for a file that was added before."""
    name = reading["name"] or _name_of(file_name)
    with store.transaction():
        if any(_is_of_file(calendar, name, reading) for calendar in store.busy_calendars):
            raise Objectionable("known_already")
        added = _add(store, name, None, zone, now)
        return note_reading(store, added["id"], reading, zone, now) or added


def _is_of_file(calendar: Mapping[str, Any], name: str, reading: Mapping[str, Any]) -> bool:
    """Whether a calendar came from the file that was read so."""
    same = all(calendar[part] == reading[part] for part in ("busy", "days"))
    return calendar["kind"] == "file" and calendar["name"] == name and same


def _add(store: Store, name: str, url: str | None, zone: ZoneInfo, now: datetime) -> BusyCalendar:
    if len(list(store.busy_calendars)) >= MOST_CALENDARS:
        raise Objectionable("too_many_calendars")
    added: BusyCalendar = {
        "id": store.new_id(),
        "name": name[:LONGEST_NAME],
        "kind": "url" if url else "file",
        "url": url,
        "added_at": instant(now),
        "checked_at": None,
        "read_at": None,
        "problem": None,
        "etag": None,
        "last_modified": None,
        "zone": zone.key,
        "until": None,
        "events": 0,
        "unread": 0,
        "busy": [],
        "days": [],
    }
    store.busy_calendars.put(added)
    return added


def _name_of(file_name: str) -> str:
    """The name of a file without its folders and its ending."""
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return shown_name(name).removesuffix(".ics").strip() or "ICS"


def remove(store: Store, calendar_id: str) -> BusyCalendar:
    """Forget a calendar; returns what was kept of it. Raises NotFound."""
    with store.transaction():
        found = get_calendar(store, calendar_id)
        store.busy_calendars.discard(calendar_id)
        return found


def put_back(store: Store, calendar: BusyCalendar) -> None:
    """Keep a calendar again as it was. Raises Objectionable where others came in its place."""
    with store.transaction():
        others = list(store.busy_calendars)
        if calendar["url"] and any(other["url"] == calendar["url"] for other in others):
            raise Objectionable("known_already")
        if len(others) >= MOST_CALENDARS:
            raise Objectionable("too_many_calendars")
        store.busy_calendars.put(calendar)


def edge_problems(calendar: Mapping[str, Any]) -> list[Problem]:
    """What the contract cannot say of busy times: that each has an end, and that they stand in order."""
    edges = calendar["busy"]
    if len(edges) % 2 or any(earlier >= later for earlier, later in pairwise(edges)):
        return [{"path": "busy", "message": "are no starts and ends in turn and in order"}]
    return []


def days_to_read(zone: ZoneInfo, now: datetime) -> tuple[date, date]:
    """The first and the last day of which busy times are kept."""
    today = local_day(now, zone)
    return today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)


def note_reading(
    store: Store, calendar_id: str, reading: Mapping[str, Any], zone: ZoneInfo, now: datetime
) -> BusyCalendar | None:
    """Keep what was read: busy times, or that they are `unchanged`, or the `problem`, with which the last ones stay.

    Returns the calendar as it is then; None where it was removed meanwhile.
    """
    with store.transaction():
        if store.busy_calendars.find(calendar_id) is None:
            return None
        calendar = get_calendar(store, calendar_id)
        calendar["checked_at"] = instant(now)
        calendar["problem"] = reading.get("problem")
        if not reading.get("problem"):
            calendar["read_at"] = instant(now)
            if not reading.get("unchanged"):
                _take(calendar, reading, zone, now)
        store.busy_calendars.put(calendar)
        return calendar


def _take(calendar: BusyCalendar, reading: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> None:
    calendar["name"] = reading["name"] or calendar["name"]
    calendar["zone"] = zone.key
    calendar["until"] = days_to_read(zone, now)[1].isoformat()
    calendar["events"], calendar["unread"] = reading["events"], reading["unread"]
    calendar["busy"], calendar["days"] = reading["busy"], reading["days"]
    calendar["etag"], calendar["last_modified"] = reading.get("etag"), reading.get("last_modified")


def due(store: Store, zone: ZoneInfo, now: datetime) -> list[str]:
    """The ids of the calendars to be asked for anew, by their addresses: each hour, and in another zone."""
    return [calendar["id"] for calendar in all_calendars(store) if calendar["url"] and _is_due(calendar, zone, now)]


def _is_due(calendar: BusyCalendar, zone: ZoneInfo, now: datetime) -> bool:
    checked = calendar["checked_at"]
    # A clock that was set back is no reason to wait until it has caught up.
    return calendar["zone"] != zone.key or not checked or not timedelta(0) <= now - moment(checked) < DUE_AFTER


def tags_of(calendar: BusyCalendar, zone: ZoneInfo, now: datetime) -> Mapping[str, str]:
    """The headers by which a server can say that nothing changed.

    None each first time on a new day, or in another zone: the busy times are to be found anew, to reach as far again.
    """
    if calendar["until"] != days_to_read(zone, now)[1].isoformat() or calendar["zone"] != zone.key:
        return UNTAGGED
    tags = {"If-None-Match": calendar["etag"], "If-Modified-Since": calendar["last_modified"]}
    return {name: tag for name, tag in tags.items() if tag}
