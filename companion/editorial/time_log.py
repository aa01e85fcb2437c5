"""Measured time: what browsers send as segments, merged into a day in which every instant counts once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion import contract
from companion.editorial.ports import Store
from companion.editorial.times import EARLIEST, at, instant, local_day, moment
from companion.records import Day, Segment, TimeEntry

LONGEST = timedelta(hours=12)
# A browser's clock may be a little ahead of the companion's.
AHEAD = timedelta(seconds=60)
KEPT = ("start", "end", "zone", "activity", "site", "reason", "words", "item_id")
ACTIVITIES = ("browse", "read", "react", "create")
# Of two activities that started at the same moment, the more deliberate one counts.
PRECEDENCE = {activity: rank for rank, activity in enumerate(ACTIVITIES)}


def record(store: Store, source: str, segments: Sequence[object], now: datetime) -> tuple[int, list[dict[str, str]]]:
    """Keep a browser's segments. Returns how many were accepted, and each refused one's id with why.

    A segment that is known already is prolonged, never shortened, so that replays and disorder do no harm.
    """
    rejected = []
    with store.transaction():
        accepted: dict[str, Mapping[str, Any]] = {}
        for segment in segments:
            if fault := _fault(segment, now):
                rejected.append({"id": _id(segment), "message": fault})
                continue
            sent = _kept_form(source, cast(Segment, segment))
            known = accepted.get(sent["id"]) or store.segments.find(sent["id"])
            accepted[sent["id"]] = _prolonged(known, sent) if known else sent
        if accepted:
            store.segments.put_all(list(accepted.values()))
    return len(segments) - len(rejected), rejected


def _id(segment: object) -> str:
    return str(segment.get("id", ""))[:64] if isinstance(segment, dict) else ""


def _fault(segment: object, now: datetime) -> str | None:
    problems = contract.check("segment", segment)
    if problems:
        return f"{problems[0]['path'] or 'segment'}: {problems[0]['message']}"
    start, end = (moment(cast(Segment, segment)[edge]) for edge in ("start", "end"))
    if start < EARLIEST:
        return "start: lies before the year 2000"
    if end < start:
        return "end: lies before start"
    if end > now + AHEAD:
        return "end: lies in the future"
    return "end: more than 12 hours after start" if end - start > LONGEST else None


def _kept_form(source: str, segment: Segment) -> Mapping[str, Any]:
    named = {name: segment[name] for name in KEPT if name in segment}  # type: ignore[literal-required]
    return {**named, "id": f"{source}:{segment['id']}", "source": source}


def _prolonged(known: Mapping[str, Any], sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """The later of the two, from where it began; one that would grow too long stays as it is."""
    start, end = moment(known["start"]), moment(sent["end"])
    if end < moment(known["end"]) or end - start > LONGEST:
        return known
    return {**known, **sent, "start": known["start"]}


def days(store: Store, first: date, last: date) -> list[Day]:
    """Every day of the range, both included, with its seconds by activity and its entries.

    A segment counts on the day that it was where it was recorded, whatever the zone one looks from.
    """
    by_day: dict[date, list[Stretch]] = {first + timedelta(days=n): [] for n in range((last - first).days + 1)}
    for segment in _near(store, first, last):
        for on, stretch in _by_day(segment):
            if on in by_day:
                by_day[on].append(stretch)
    return [_day(on, union(stretches)) for on, stretches in by_day.items()]


def day(store: Store, on: date) -> Day:
    """The seconds of one day, without its entries."""
    whole = days(store, on, on)[0]
    return cast(Day, {name: value for name, value in whole.items() if name != "entries"})


def _near(store: Store, first: date, last: date) -> Iterator[Mapping[str, Any]]:
    """The segments that can touch these days anywhere on earth."""
    days_in_utc = [(first + timedelta(days=n)).isoformat() for n in range(-1, (last - first).days + 2)]
    found = {segment["id"]: segment for day in days_in_utc for segment in store.segments.find_by("day", day)}
    return iter(found.values())


@dataclass(frozen=True)
class Stretch:
    """Measured time on one day; `started` is when its segment began, also where that was the day before."""

    start: datetime
    end: datetime
    started: datetime
    activity: str
    site: str
    reason: str
    source: str


def _by_day(segment: Mapping[str, Any]) -> Iterator[tuple[date, Stretch]]:
    """A segment cut at each local midnight, by the calendar: a day has 23, 24 or 25 hours."""
    zone = ZoneInfo(segment["zone"])
    started, end = moment(segment["start"]), moment(segment["end"])
    start = started
    while start < end:
        on = local_day(start, zone)
        cut = min(end, at(on + timedelta(days=1), "00:00", zone))
        values = (segment["activity"], segment["site"], segment.get("reason", ""), segment["source"])
        yield on, Stretch(start, cut, started, *values)
        start = cut


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches without overlap: an instant counts once, for the one that started last."""
    waiting = sorted(stretches, key=lambda stretch: stretch.start, reverse=True)
    edges = sorted({edge for stretch in waiting for edge in (stretch.start, stretch.end)})
    active: list[tuple[float, int, int, Stretch]] = []
    pieces: list[Stretch] = []
    for begin, end in pairwise(edges):
        while waiting and waiting[-1].start <= begin:
            new = waiting.pop()
            heappush(active, (-new.started.timestamp(), -PRECEDENCE[new.activity], len(waiting), new))
        while active and active[0][-1].end <= begin:
            heappop(active)
        if active:
            _join(pieces, replace(active[0][-1], start=begin, end=end))
    return pieces


def _join(pieces: list[Stretch], piece: Stretch) -> None:
    """Add a piece, as part of the last one where it goes on with the same."""
    if pieces and pieces[-1].end == piece.start and _sort(pieces[-1]) == _sort(piece):
        pieces[-1] = replace(pieces[-1], end=piece.end)
    else:
        pieces.append(piece)


def _sort(stretch: Stretch) -> tuple[str, ...]:
    return stretch.activity, stretch.site, stretch.reason, stretch.source


def _day(on: date, pieces: Sequence[Stretch]) -> Day:
    seconds = dict.fromkeys(ACTIVITIES, 0.0)
    for piece in pieces:
        seconds[piece.activity] += (piece.end - piece.start).total_seconds()
    totals = {activity: round(total) for activity, total in seconds.items()}
    return cast(Day, {"date": on.isoformat(), **totals, "entries": [_entry(piece) for piece in pieces]})


def _entry(piece: Stretch) -> TimeEntry:
    return {
        "start": instant(piece.start),
        "end": instant(piece.end),
        "activity": cast(Any, piece.activity),
        "site": piece.site,
        "reason": piece.reason,
        "sources": [piece.source],
    }
