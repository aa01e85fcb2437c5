"""For each open slot the queued article that suits it best."""

from collections.abc import Sequence

from companion.editorial.planning import suggestions
from companion.editorial.planning.suggestions.kept import keep_proposed, proposed
from companion.records import Item, Slot
from companion.web.context import now, store, zone

Match = tuple[Item, list[suggestions.Reason]]


def best_items(slots: Sequence[Slot]) -> dict[str, Match]:
    """By slot id the article of the plan for the coming weeks with its reasons, as far as these slots have one."""
    if not slots:
        return {}
    plan = suggestions.propose(store(), zone(), now(), proposed(store()))
    if not store().read_only_reason:
        keep_proposed(store(), {item["id"]: slot_id for slot_id, (item, _) in plan.items()})
    return {slot["id"]: (plan[slot["id"]][0], plan[slot["id"]][1].reasons) for slot in slots if slot["id"] in plan}
