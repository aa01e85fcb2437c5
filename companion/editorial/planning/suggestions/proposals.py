"""The queue over the open slots: what is suggested where, as one plan."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from companion.editorial.curation import every_item
from companion.editorial.planning.suggestions.desk import Desk, lay_out
from companion.editorial.planning.suggestions.reasons import Suggested, suggested
from companion.editorial.planning.suggestions.solver import solve
from companion.editorial.planning.suggestions.value import Around, Standing
from companion.editorial.ports import Store
from companion.records import Item

WEEKS = 12
# Beyond that the solver would be waited for, and nobody's plan holds as many.
MOST_WAITING = 300


def waiting(store: Store) -> list[Item]:
    """The queue as far as it is planned with, newest first."""
    return every_item(store, "queued", MOST_WAITING)


def propose(
    store: Store, zone: ZoneInfo, now: datetime, before: Mapping[str, str]
) -> dict[str, tuple[Item, Suggested]]:
    """By the id of each open slot the queued item for it, as far as the queue reaches.

    `before` has by item the slot that was suggested the last time: there it stays unless another plan is worth clearly
    more, so that a new item does not turn the week around.
    """
    desk = lay_out(store, waiting(store), zone, now, WEEKS, before)
    plan = solve(desk.board, desk.start)
    return {
        desk.slots[place]["id"]: (desk.items[number], explained(desk, plan, place))
        for place in desk.board.open_places
        if (number := plan[place]) is not None
    }


def explained(desk: Desk, plan: Sequence[int | None], place: int) -> Suggested:
    """Why the plan has its candidate in this place, beside all the others."""
    standing = Standing(desk.board)
    for other in desk.board.open_places:
        if (number := plan[other]) is not None:
            standing.put(number, other)
    return suggested(desk, standing.take(place), place, Around(standing, place))
