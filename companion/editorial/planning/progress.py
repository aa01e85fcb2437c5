"""How the plan stands: the mix, how far it reaches, where it has a hole, and the weeks with a post over a year."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.classes import find_sourcing
from companion.editorial.planning.slots import has_post
from companion.editorial.times import local_day, moment, monday
from companion.records import Agreement, Item, Mix, Slot

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# A content plan is made for the coming month at the least.
HORIZON_DAYS = 28
# Readers, and the writer, lose the thread from about here; whoever posts seldom has longer pauses by agreement.
LONGEST_GAP_DAYS = 10
# The mix is that of eight weeks: those behind and those ahead.
MIX_WEEKS = 4
# A dip comes after a start: so many weeks with a post, and then most of the last three without one.
STARTED_WEEKS, DIP_WEEKS, EMPTY_WEEKS = 3, 3, 2
# Or a pace far below the agreed one for so long.
PACE_WEEKS, FAR_BELOW = 6, 0.5
# The paces to offer instead, in posts a week: one that still keeps every week, then one that keeps every other.
SLOWER = (1.0, 0.5)
# What practice asks for before anyone judges is six to twelve months.
YEAR_WEEKS, VERDICT_MONTH, STEADY = 52, 6, 0.8


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is out, or has its place ahead; an own post may have no item."""

    day: date
    is_out: bool
    sourcing: str


@dataclass(frozen=True, slots=True)
class MixMeter:
    """Posts of the last and the next four weeks by whose they are; `too_much` where promotion has more than agreed."""

    counts: Mapping[str, int]
    agreed: Mix
    too_much: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about the plan: a code and the values that its sentence needs.

    `nothing_ahead`; `horizon` with until and days; `gap` with the planned days `after` and `before` it, and its days;
    `dip` with the pace to offer, in posts a week.
    """

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LongRun:
    """The weeks of a year, by their Mondays, with whether they had a post; None for those that are not over.

    `month` is the present one, counted from the start; `is_steady` is None before there is anything to judge.
    """

    weeks: Sequence[tuple[date, bool | None]]
    month: int
    is_steady: bool | None

    @property
    def counted(self) -> int:
        """The weeks so far."""
        return sum(had is not None for _, had in self.weeks)

    @property
    def with_post(self) -> int:
        """Those of them with a post."""
        return sum(had is True for _, had in self.weeks)


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it; `until` is the last day with a post ahead, `run` is None before the first post."""

    mix: MixMeter | None
    until: date | None
    notices: list[Notice]
    run: LongRun | None


def find_progress(posts: Sequence[Post], agreement: Agreement, since: date | None, today: date) -> Progress:
    """How the plan stands. `posts` reach a year back and as far ahead as is planned, in order of time.

    Since `since` the agreed pace is what it is.
    """
    ahead = [post.day for post in posts if not post.is_out]
    notices = [*_horizon(ahead, posts, today), *_gap(ahead, agreement, today), *_dip(posts, agreement, since, today)]
    return Progress(
        mix=_mix(posts, agreement["mix"], today),
        until=max(ahead, default=None),
        notices=notices,
        run=_long_run(posts, agreement["starts_on"], today),
    )


def find_posts(
    slots: Iterable[Slot], items: Mapping[str, Item], own_domains: Sequence[str], zone: ZoneInfo, today: date
) -> list[Post]:
    """What is out and what has its place ahead, in order. A planned post whose day passed is neither.

    `items` are those in the slots, by id, and those that are out without one.
    """
    posts = []
    for slot in filter(has_post, slots):
        day, is_out = date.fromisoformat(slot["date"]), slot["status"] == "published"
        if is_out or day >= today:
            posts.append(Post(day, is_out, _sourcing(slot, items.get(slot["item_id"] or ""), own_domains)))
    for item in items.values():
        if item["published_at"] and not item["slot_id"]:
            day = local_day(moment(item["published_at"]), zone)
            posts.append(Post(day, True, find_sourcing(item, own_domains).value))
    return sorted(posts, key=lambda post: post.day)


def _sourcing(slot: Slot, item: Item | None, own_domains: Sequence[str]) -> str:
    """A post of one's own may be about anything; one about an article is whose the article is."""
    if item is None or (slot["kind"] == "own" and find_sourcing(item, own_domains).value == "external"):
        return "own"
    return find_sourcing(item, own_domains).value


def _mix(posts: Iterable[Post], agreed: Mix, today: date) -> MixMeter | None:
    near = [post for post in posts if abs(post.day - today) <= MIX_WEEKS * WEEK]
    if not near:
        return None
    counts = Counter(post.sourcing for post in near)
    # One post of a few is a large share of them, and no habit.
    too_much = counts["promotion"] > 1 and counts["promotion"] * 100 > len(near) * agreed["promotion"]
    return MixMeter({kind: counts[kind] for kind in ("external", "own", "promotion")}, agreed, too_much)


def _horizon(ahead: Sequence[date], posts: Sequence[Post], today: date) -> list[Notice]:
    """Nothing before the first post has its place: whoever begins knows that there is no plan yet."""
    if not ahead:
        return [Notice("nothing_ahead", {})] if posts else []
    days = (ahead[-1] - today).days
    return [Notice("horizon", {"until": ahead[-1], "days": days})] if days < HORIZON_DAYS else []


def _gap(ahead: Sequence[date], agreement: Agreement, today: date) -> list[Notice]:
    """The longest stretch without a post between now and the last one planned."""
    days = [today, *ahead]
    longest = max(pairwise(days), key=lambda pair: pair[1] - pair[0], default=(today, today))
    allowed = max(LONGEST_GAP_DAYS, ceil(7 / agreement["posts_a_week"]) + 3)
    length = (longest[1] - longest[0]).days
    return [Notice("gap", {"after": longest[0], "before": longest[1], "days": length})] if length > allowed else []


def _dip(posts: Sequence[Post], agreement: Agreement, since: date | None, today: date) -> list[Notice]:
    slower = next((pace for pace in SLOWER if pace < agreement["posts_a_week"]), None)
    weeks = _weeks_out(posts)
    if slower is None or not (_stopped(weeks, since, today) or _far_below(weeks, agreement, since, today)):
        return []
    return [Notice("dip", {"posts_a_week": slower})]


def _weeks_out(posts: Iterable[Post]) -> Counter[date]:
    return Counter(monday(post.day) for post in posts if post.is_out)


def _stopped(weeks: Counter[date], since: date | None, today: date) -> bool:
    """Whether most of the last weeks were without a post, after weeks that had one."""
    first = monday(today) - DIP_WEEKS * WEEK
    last = [first + number * WEEK for number in range(DIP_WEEKS)]
    had_started = sum(week < first for week in weeks) >= STARTED_WEEKS
    return had_started and _is_since(first, since) and sum(not weeks[week] for week in last) >= EMPTY_WEEKS


def _far_below(weeks: Counter[date], agreement: Agreement, since: date | None, today: date) -> bool:
    """Whether far fewer posts went out than agreed, for so long that it is the pace that does not hold."""
    first = monday(today) - PACE_WEEKS * WEEK
    out = sum(count for week, count in weeks.items() if first <= week < monday(today))
    had_started = len(weeks) >= STARTED_WEEKS and min(weeks) <= first
    return had_started and _is_since(first, since) and out < PACE_WEEKS * agreement["posts_a_week"] * FAR_BELOW


def _is_since(first: date, since: date | None) -> bool:
    return since is None or first >= since


def _long_run(posts: Sequence[Post], starts_on: str | None, today: date) -> LongRun | None:
    """The year from the first post or the agreed start, whichever came first; once it is over, the last 52 weeks."""
    weeks = _weeks_out(posts)
    if not weeks:
        return None
    start = min(min(weeks), date.fromisoformat(starts_on) if starts_on else today)
    this = monday(today)
    first = max(monday(start), this - (YEAR_WEEKS - 1) * WEEK)
    row = [(week, _had_post(week, weeks, this)) for week in (first + n * WEEK for n in range(YEAR_WEEKS))]
    month = (today.year - start.year) * 12 + today.month - start.month + (today.day >= start.day)
    run = LongRun(row, month, None)
    return LongRun(row, month, run.with_post >= STEADY * run.counted) if month >= VERDICT_MONTH else run


def _had_post(week: date, weeks: Counter[date], this: date) -> bool | None:
    """A week that is not over counts once it has its post."""
    return weeks[week] > 0 if week < this or weeks[week] else None
