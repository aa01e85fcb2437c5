"""Everything behind the content plan as JSON: the whole records, as the shared schemas describe them."""

from datetime import UTC

import orjson

from companion.contract import CONTRACT_VERSION
from companion.exports.plan import Format, Plan, Say, unchanged

LAYOUT = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """Slots by time and items by the moment of capture, keys sorted: the same records give the same file.

    Nothing is put into the user's language, since programs read it.
    """
    return orjson.dumps(
        {
            "contract": CONTRACT_VERSION,
            "generated_at": plan.generated_at.astimezone(UTC),
            "from": plan.first,
            "to": plan.last,
            "zone": plan.zone,
            "slots": sorted(plan.slots, key=lambda slot: (slot["starts_at"], slot["id"])),
            "items": sorted(plan.items, key=lambda item: (item["captured_at"], item["id"])),
        },
        option=LAYOUT,
    )


FORMAT = Format("json", "application/json", "json", render)
