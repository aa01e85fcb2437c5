"""The hard rules: which slots may be suggested at all."""

from datetime import date, datetime, timedelta

from companion.editorial.articles import FINAL, OTHER_PAGES
from companion.editorial.planning.schedule import Schedule
from companion.editorial.planning.slots import has_passed
from companion.editorial.times import moment
from companion.records import Item, Slot

# Room for something topical stays free until this long before.
AD_HOC_RELEASE = timedelta(hours=48)
# Two to three posts a week, at least 18 hours apart, is the cadence most often advised for LinkedIn; elsewhere people
# post more often, and four hours keep one post from covering another.
APART = {"linkedin": timedelta(hours=18)}
APART_ELSEWHERE = timedelta(hours=4)
MOST_APART = max(APART_ELSEWHERE, *APART.values())


def is_bare(item: Item) -> bool:
    """Whether it is a link for want of an article, about which nothing is written: anything else goes first."""
    return item["link_only"] and item.get("fetch") in FINAL | OTHER_PAGES and not item["commentary"].strip()


def opens_at(slot: Slot) -> datetime:
    """When a slot kept free for something topical comes free for the queue."""
    return moment(slot["starts_at"]) - AD_HOC_RELEASE


def is_open(slot: Slot, now: datetime) -> bool:
    """Whether it is ahead, empty, and not held for something of one's own or of the day."""
    if slot["status"] != "open" or slot["kind"] == "own" or has_passed(slot, now):
        return False
    return slot["kind"] != "ad_hoc" or opens_at(slot) <= now


def is_usable(slot: Slot, schedule: Schedule, now: datetime) -> bool:
    """Whether an item may be suggested for it: open, in the working day, in no meeting, and with room to prepare.

    Not before the day on which the user agreed to start.
    """
    if not is_open(slot, now) or not schedule.posting.include(date.fromisoformat(slot["date"]), slot["time"]):
        return False
    if slot["date"] < (schedule.starts_on or ""):
        return False
    preparation = schedule.preparations.get(slot["id"])
    return not schedule.is_in_meeting(slot) and preparation is not None and preparation.fits


def are_too_close(slot: Slot, other: Slot) -> bool:
    """Whether two posts on the same channel would follow each other too soon."""
    channel = slot["channel"].strip().casefold()
    apart = abs(moment(slot["starts_at"]) - moment(other["starts_at"]))
    return channel == other["channel"].strip().casefold() and apart < APART.get(channel, APART_ELSEWHERE)
