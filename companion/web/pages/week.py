"""The week: what goes out when, what it still lacks, and the queue beside it."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import render_template, request

from companion.editorial import curation, time_log
from companion.editorial.planning import calendar
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.planning.slots import has_post
from companion.errors import Invalid
from companion.records import Item
from companion.web import formats
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.cards import Card, card_of, cards_of, waiting
from companion.web.pages.progress import outlook
from companion.web.pages.sentences import week_sentence
from companion.web.paired_browsers import paired

_ROWS = 20
_DAILY_MINUTES = 15
_WEEKS_LATER, _LATER_POSTS = 12, 3
PILES = ("queue", "fits", "published", "dropped")


@pages.get("/")
def week() -> str:
    """The week asked for, and a pile of articles."""
    monday = spans.asked_monday(request.args.get("week"), spans.week_ahead())
    queued = waiting()
    first_ever = not queued and _nothing_kept()
    cards = [card for card in week_cards(monday) if not (first_ever and card.state == "missed")]
    return render_template(
        "week.html",
        monday=monday,
        earlier=spans.week_name(monday - timedelta(weeks=1)),
        later=spans.week_name(monday + timedelta(weeks=1)),
        is_now=monday == spans.week_ahead(),
        is_next=monday > spans.this_monday() and monday == spans.week_ahead(),
        is_past=monday < spans.this_monday(),
        days=_by_day(cards),
        later_days=_by_day(_later_posts(monday)) if monday == spans.week_ahead() else [],
        day_name=formats.day_name,
        day_short=formats.day_short,
        sentence=week_sentence(cards, past=monday < spans.this_monday()),
        outlook=outlook(),
        queued=queued,
        open_slots=spans.open_slots(),
        first_ever=first_ever,
        connected=bool(paired(store())),
        **_pile(),
    )


def _by_day(cards: list[Card]) -> list[tuple[str, list[Card]]]:
    """The cards by the date on the wall; slots of far zones can lie in another order in time."""
    ordered = sorted(cards, key=lambda card: card.slot["date"])
    return [(day, list(group)) for day, group in groupby(ordered, key=lambda card: card.slot["date"])]


def _later_posts(monday: date) -> list[Card]:
    """The first posts that are planned after the week shown, so that what was just placed does not seem gone."""
    first = monday + timedelta(weeks=1)
    slots = calendar.calendar(store(), zone(), first, first + timedelta(weeks=_WEEKS_LATER))
    return [card_of(slot) for slot in slots if has_post(slot) and slot["status"] != "published"][:_LATER_POSTS]


def week_cards(monday: date) -> list[Card]:
    """The week's slots in order, the open ones with what the queue has for them."""
    return list(cards_of(get_schedule(store(), zone(), monday, spans.end_of_week(monday), now())).values())


def _nothing_kept() -> bool:
    return not curation.find_items(store(), limit=1)[0]


def _pile() -> dict[str, Any]:
    """The pile asked for: the queue, what fits in today's minutes, what is out, or what was dropped."""
    query = request.args.get("q", "").strip()
    pile = request.args.get("pile", "queue")
    pile = pile if pile in PILES else "queue"
    fits = minutes_left()
    status = None if query else {"fits": "queued", "queue": "queued"}.get(pile, pile)
    items, cursor = _found(status, query, request.args.get("after") or None)
    if pile == "fits" and not query:
        items = [item for item in items if 0 < item["article"]["reading_minutes"] <= fits]
    return {
        "pile": pile,
        "q": query,
        "rows": items,
        "snippets": store().search.snippets(query, items) if query else {},
        "search_state": store().search.state if query else "",
        "fits": fits,
        "next_cursor": cursor,
    }


def _found(status: str | None, query: str, after: str | None) -> tuple[list[Item], str | None]:
    """A page of the pile; the first where `after` is not what a page before gave."""
    try:
        return curation.find_items(store(), status=status, query=query, limit=_ROWS, cursor=after)
    except Invalid:
        return curation.find_items(store(), status=status, query=query, limit=_ROWS)


def minutes_left() -> int:
    """The whole minutes of the quarter that today still has."""
    day = time_log.day(store(), spans.today())
    return max(0, _DAILY_MINUTES - (day["browse"] + day["read"] + day["react"]) // 60)
