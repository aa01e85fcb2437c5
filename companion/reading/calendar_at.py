"""A calendar by its address, as calendar programs publish it, and the busy times in it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.busy.files import Unreadable, busy_times_in
from companion.reading.addresses import MayConnect, is_not_this_machine
from companion.reading.answers import SECONDS, Answer, NotFetched, Terms, answer_at

# What it is, its content tells: calendars are declared as text, as files and as pages.
ACCEPT = "text/calendar, text/plain;q=0.9, */*;q=0.5"
UNCHANGED, GONE = 304, {404, 410}
A_PASSWORD_IS_ASKED = re.compile(rb"<input[^>]{1,500}password|sign[- ]?in|log[- ]?in|inloggen|aanmelden", re.IGNORECASE)
# An HTTP header is not to fill a record; a server that writes a longer one is asked anew each time.
LONGEST_TAG = 1000


def read_calendar(ics: bytes, zone: str, first: str, last: str) -> dict[str, Any]:
    """The busy times in a file, or the `problem` that keeps them from being read."""
    try:
        return vars(busy_times_in(ics, ZoneInfo(zone), date.fromisoformat(first), date.fromisoformat(last)))
    except Unreadable as failure:
        return {"problem": failure.fault}


def calendar_at(
    url: str,
    tags: Mapping[str, str],
    days: tuple[str, str, str],
    may_connect: MayConnect = is_not_this_machine,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """The busy times of the calendar at `url`, or the `problem` that keeps them from being read.

    `days` are the zone, the first and the last day. `tags` are the headers by which a server knows what was read the
    last time; where it says that nothing changed, the reply is `{"unchanged": true}`. What it says by itself comes
    back as `etag` and `last_modified`.
    """
    terms = Terms(may_connect, some_will_do=True, is_secret=True)
    try:
        with answer_at(url, {"Accept": ACCEPT, **tags}, terms, seconds) as answer:
            if answer.response.status == UNCHANGED and tags:
                return {"unchanged": True}
            if answer.response.status in GONE:
                return {"problem": "gone"}
            answer.require_page()
            if not answer.can_be_unpacked:
                raise NotFetched("not_a_page")
            content, kept = answer.body(), _tags(answer)
    except NotFetched as failure:
        return {"problem": failure.reason}
    reply = read_calendar(content, *days)
    if "problem" not in reply:
        return reply | kept
    is_closed = reply["problem"] == "not_a_calendar" and A_PASSWORD_IS_ASKED.search(content)
    return {"problem": "login"} if is_closed else reply


def _tags(answer: Answer) -> dict[str, str | None]:
    """What the server wants to hear the next time."""
    etag, changed = answer.header("etag"), answer.header("last-modified")
    return {
        "etag": etag if etag and len(etag) <= LONGEST_TAG and etag.isascii() else None,
        "last_modified": changed if changed and len(changed) <= 100 and changed.isascii() else None,
    }
