"""When and where a post went out: only of one that did."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from companion.editorial.times import EARLIEST, moment
from companion.errors import Invalid

# A moment is typed in whole minutes, by a clock that may be ahead of ours.
CLOCKS_APART = timedelta(minutes=2)


def require_out(changes: Mapping[str, Any], status: str) -> None:
    """Raise Invalid where a change says when or where a post went out that is not out."""
    for name in ("published_at", "post_url"):
        if changes.get(name) and status != "published":
            raise Invalid.field(name, "is for a post that is published")


def require_over(changes: Mapping[str, Any], now: datetime) -> None:
    """Raise Invalid where a change says that a post went out at a moment still to come, or before there were any."""
    if "published_at" in changes and not EARLIEST <= moment(changes["published_at"]) <= now + CLOCKS_APART:
        raise Invalid.field("published_at", "is not in the past")
