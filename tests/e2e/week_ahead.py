"""The week that the tests of the calendar look at, and articles to plan in it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

# Two weeks from now all days lie ahead, and nothing is held free for a post of the day any more.
TODAY = datetime.now(UTC).date()
MONDAY = TODAY - timedelta(days=TODAY.weekday()) + timedelta(weeks=2)
TUESDAY, WEDNESDAY, THURSDAY, SUNDAY = (str(MONDAY + timedelta(days=number)) for number in (1, 2, 3, 6))
SLOT, OTHER = f"{TUESDAY}-tue", f"{THURSDAY}-thu"
WEEK = f"{MONDAY:%G-W%V}"
TEXT = (
    "<p>The court held that the licence had been given for one use, and that another one asks for a new one.</p>" * 20
)


def captured(number: int) -> dict[str, Any]:
    """A capture of yesterday, of an article on a site of its own."""
    title = f"Article {number}"
    page = f"<html lang=en><title>{title}</title><body><article><h1>{title}</h1>{TEXT}</article></body></html>"
    return {"id": str(uuid4()), "url": f"https://site{number}.example/", "title": title, "html": page,
            "captured_at": f"{TODAY - timedelta(days=1)}T10:00:00Z",
            "client": {"name": "tests", "version": "1"}}  # fmt: skip
