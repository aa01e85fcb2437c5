"""Invented queues and calendars of any size, and a second, plain look at whether a plan keeps the rules.

The bench measures with them, and the tests look for a rule that is broken.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.agreement import DEFAULT, set_agreement
from companion.editorial.busy import merged, minute_of
from companion.editorial.planning.cadence import set_cadence
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import at, instant, moment, monday
from companion.records import Agreement, CadenceEntry, Item, Slot
from companion.store import Store

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TOPICS = ("Shift work", "Naps", "Ergonomics", "Light", "Travel", "Recovery")
WEEKS = 12
POST_HOURS = ("08:40", "10:30", "14:00")


@dataclass(frozen=True)
class Case:
    """What is planned with: the items of the queue and the meetings, whole days apart, in minutes since 1970."""

    agreement: Agreement
    items: list[Item]
    meetings: list[tuple[int, int]]
    days_off: list[str]


def make_case(seed: int, items: int = 300, meetings: int = 540) -> Case:
    """The case of this seed."""
    chance = random.Random(seed)
    agreement: Agreement = {
        **DEFAULT,
        "topics": [{"name": name, "keywords": []} for name in TOPICS],
        "country": "NL",
        "quarter_at": "09:00",
        "own_domains": ["own.example"],
        "hours": [{"weekday": day, "starts": "08:30", "ends": "17:30"} for day in range(1, 6)],
    }
    days_off = [(NOW.date() + timedelta(days=chance.randrange(84))).isoformat() for _ in range(3)]
    return Case(agreement, [_item(number, chance) for number in range(items)], _meetings(meetings, chance), days_off)


def _meetings(count: int, chance: random.Random) -> list[tuple[int, int]]:
    """Meetings of half an hour to two hours in the working days of the weeks ahead, some over each other.

    People post at hours that are mostly free, so that few meetings lie there.
    """
    found = []
    while len(found) < count:
        day = NOW.date() + timedelta(days=chance.randrange(WEEKS * 7))
        if day.isoweekday() <= 5:
            starts = minute_of(at(day, "08:30", AMSTERDAM)) + 30 * chance.randrange(17)
            meeting = (starts, starts + chance.choice((30, 30, 60, 60, 60, 90, 120)))
            posts = [minute_of(at(day, clock, AMSTERDAM)) for clock in POST_HOURS]
            if chance.random() < 0.01 or not any(_share(meeting, (post, post + 15)) for post in posts):
                found.append(meeting)
    return found


def _item(number: int, chance: random.Random) -> Item:
    site = "own.example" if chance.random() < 0.12 else f"site{int(40 * chance.random() ** 2)}.example"
    path = "product" if site == "own.example" and chance.random() < 0.4 else "articles"
    days = chance.expovariate(1 / 20)
    captured = NOW - timedelta(days=days * chance.random())
    article: Any = {
        "url": f"https://{site}/{path}/{number}",
        "title": f"Article {number}",
        "byline": None,
        "authors": [f"Author {int(120 * chance.random() ** 1.5)}"] if chance.random() < 0.8 else [],
        "site_name": site,
        "published": (NOW - timedelta(days=days)).date().isoformat() if chance.random() < 0.8 else None,
        "language": "en",
        "excerpt": "",
        "image": None,
        "kind": chance.choice(("article", "article", "article", "post", "pdf", "video")),
        "word_count": (words := chance.randrange(150, 3000)),
        "reading_minutes": words // 238 + 1,
    }
    return {
        "id": f"item{number}",
        "number": number + 1,
        "identity_url": article["url"],
        "status": "queued",
        "article": article,
        "commentary": "My view on it in two sentences." if chance.random() < 0.3 else "",
        "quotes": [],
        "people": [],
        "hashtags": [],
        "topic": "",
        "found_topic": chance.choice(("", *TOPICS)),
        "freshness": "evergreen" if chance.random() < 0.15 else None,
        "creation_needed": "none",
        "later_views": [],
        "declined_slots": [f"{NOW.date() + timedelta(days=chance.randrange(84))}-tue"] if chance.random() < 0.1 else [],
        "slot_id": None,
        "link_only": False,
        "capture_ids": [f"00000000-0000-4000-8000-{number:012}"],
        "captured_at": instant(captured),
        "updated_at": instant(captured),
        "published_at": None,
        "revision": 1,
        "text_hash": None,
        "page_hash": None,
    }


def put_case(store: Store, case: Case) -> None:
    """Keep the case in a store that is empty: its agreement, a cadence, the queue and the busy times."""
    set_agreement(store, case.agreement)
    week: list[CadenceEntry] = [
        {"id": name, "weekday": day, "time": clock, "kind": "commentary", "channel": "LinkedIn", "every_weeks": 1}
        for name, day, clock in zip(("tue", "thu", "fri"), (2, 4, 5), POST_HOURS, strict=True)
    ]
    set_cadence(store, {"entries": week})
    store.items.put_all(case.items)
    put_busy(store, case)


def put_busy(store: Store, case: Case) -> None:
    """Keep the busy times of the case in the place of those before."""
    store.busy_calendars.put({
        "id": "work",
        "busy": [edge for stretch in merged(case.meetings) for edge in stretch],
        "days": case.days_off,
    })  # fmt: skip


def broken_rules(store: Store, case: Case, plan: Mapping[str, str], now: datetime = NOW) -> list[str]:
    """Which hard rules a plan breaks, by slot and item, looked at one by one.

    The slots and their preparation are those of the schedule; whether they keep the rules is seen without it.
    """
    first = monday(now.astimezone(AMSTERDAM).date())
    schedule = get_schedule(store, AMSTERDAM, first, first + timedelta(weeks=WEEKS), now)
    slots = {slot["id"]: slot for slot in schedule.slots}
    broken = [f"{item}: two places" for item in plan.values() if list(plan.values()).count(item) > 1]
    for slot_id, item_id in plan.items():
        slot, item = slots[slot_id], next(one for one in case.items if one["id"] == item_id)
        broken += [f"{slot_id}: {rule}" for rule in _broken_by(slot, item, case, now)]
        block = schedule.preparations[slot_id].block
        broken += [f"{slot_id}: {rule}" for rule in _broken_by_block(slot, block, case, now)]
    blocks = [schedule.preparations[slot_id].block for slot_id in plan]
    blocks += [block for block in schedule.quarters.values() if block]
    broken += [
        f"{one} and {other} overlap" for one, other in combinations(blocks, 2) if one and other and _share(one, other)
    ]
    moments = sorted(moment(slots[slot_id]["starts_at"]) for slot_id in plan)
    broken += [f"{one}: too close" for one, other in pairwise(moments) if other - one < timedelta(hours=18)]
    return broken


def _share(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _broken_by(slot: Slot, item: Item, case: Case, now: datetime) -> list[str]:
    starts = minute_of(moment(slot["starts_at"]))
    checks = {
        "is not open": slot["status"] in ("open", "planned") and slot["kind"] != "own",
        "is over": moment(slot["starts_at"]) > now,
        "was declined": slot["id"] not in item["declined_slots"],
        "lies outside the working hours": _works((starts, starts + 1), case),
        "lies in a meeting": not any(_share((starts, starts + 15), meeting) for meeting in case.meetings),
        "is kept free": slot["kind"] != "ad_hoc" or moment(slot["starts_at"]) - now <= timedelta(hours=48),
    }
    return [rule for rule, is_kept in checks.items() if not is_kept]


def _broken_by_block(slot: Slot, block: tuple[int, int] | None, case: Case, now: datetime) -> list[str]:
    if block is None:
        return ["has no preparation"]
    starts = minute_of(moment(slot["starts_at"]))
    checks = {
        "is prepared in 25 minutes": block[1] - block[0] == 25,
        "is prepared after it": block[1] <= starts,
        "is prepared in the past": block[0] > minute_of(now),
        "is prepared outside the working hours": _works(block, case),
        "is prepared in a meeting": not any(_share(block, meeting) for meeting in case.meetings),
        "is prepared long before": _working_days_between(block[0], starts, case) <= 1,
    }
    return [rule for rule, is_kept in checks.items() if not is_kept]


def _day(minute: int) -> date:
    return datetime.fromtimestamp(minute * 60, AMSTERDAM).date()


# The public holidays of the Netherlands that fall in the weeks of a case, on weekdays.
HOLIDAYS = ("2026-12-25", "2027-01-01")


def _is_day_off(day: date) -> bool:
    return day.isoweekday() > 5 or day.isoformat() in HOLIDAYS


def _works(stretch: tuple[int, int], case: Case) -> bool:
    starts, ends = (datetime.fromtimestamp(minute * 60, AMSTERDAM) for minute in stretch)
    is_in_hours = starts.strftime("%H:%M") >= "08:30" and ends.strftime("%H:%M") <= "17:30"
    return is_in_hours and not _is_day_off(starts.date()) and starts.date().isoformat() not in case.days_off


def _working_days_between(earlier: int, later: int, case: Case) -> int:
    days = (_day(later) - _day(earlier)).days
    return sum(not _is_day_off(_day(later) - timedelta(days=number)) for number in range(1, days + 1))
