"""What the tests of the calendars share: ways to add them, and to ask when the user is busy."""

from datetime import date

from companion.editorial.busy import busy_times, minute_of
from companion.editorial.times import at
from tests.integration.forms import send
from tests.unit.calendars import AMSTERDAM

SECTION = "#calendars"


def add(browser, address):
    return send(browser, "/settings/calendars/address", address=address)


def only(running):
    """The one calendar that there is."""
    (found,) = running.store.busy_calendars
    return found


def is_busy(running, day, clock, zone=AMSTERDAM):
    starts = minute_of(at(date.fromisoformat(day), clock, zone))
    return busy_times(running.store, zone).overlaps(starts, starts + 1)
