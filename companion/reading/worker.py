"""A process that reads what nobody vouches for, so that nothing in it can slow down or harm the companion.

It is started by workers.py, and ended by it where a job takes too long. It also ends by itself: when the companion is
gone, when a job goes on past its time, and when there was none for a while.
"""

import faulthandler
import os
import signal
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from companion.reading.frames import read_frame, write_frame

# A worker ends by itself after this time without a job, so that a laptop at rest has its memory back.
IDLE_SECONDS = 600

Job = Mapping[str, Any]


def page(job: Job) -> Any:
    """The article in a page."""
    from companion.editorial.extraction import read

    return asdict(read(job["html"], job["url"]))


def plain(job: Job) -> Any:
    """The text of a page, without looking at its structure."""
    from companion.editorial.extraction import read_plain

    return asdict(read_plain(job["html"], job["url"]))


def pdf(job: Job) -> Any:
    """The article in a PDF document."""
    from companion.editorial.pdf import read_pdf

    return asdict(read_pdf(b64decode(job["pdf"]), job["url"]))


def sheet(job: Job) -> Any:
    """The cells of a content plan that comes back."""
    from companion.reading.sheets import read_sheet

    return read_sheet(b64decode(job["file"]))


def link(job: Job) -> Any:
    """The page or document at an address."""
    from companion.reading.answers import NotFetched
    from companion.reading.fetch import fetch

    try:
        return asdict(fetch(job["url"]))
    except NotFetched as failure:
        return {"reason": failure.reason}


def calendar(job: Job) -> Any:
    """The busy times in a calendar file."""
    from companion.reading.calendar_at import read_calendar

    return read_calendar(b64decode(job["ics"]), *job["days"])


def calendar_url(job: Job) -> Any:
    """The busy times of the calendar at an address."""
    from companion.reading.calendar_at import calendar_at

    return calendar_at(job["url"], job["tags"], tuple(job["days"]))


JOBS: Mapping[str, Callable[[Job], Any]] = {
    "page": page,
    "plain": plain,
    "pdf": pdf,
    "sheet": sheet,
    "link": link,
    "calendar": calendar,
    "calendar_url": calendar_url,
}
# What takes long to import, by what the worker is for.
IMPORTS = {
    "pages": ("companion.editorial.extraction", "htmldate", "readability", "trafilatura"),
    "links": ("companion.reading.fetch",),
    "calendars": ("companion.reading.calendar_at", "icalendar", "recurring_ical_events"),
}


def main() -> None:
    """Do the jobs that come in until no more can come. The argument says what the worker is for."""
    # Ctrl-C in the terminal is the companion's to deal with: it may be in the middle of a capture.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not stand among the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for module in IMPORTS[sys.argv[1]]:
        import_module(module)
    with replies, Path(os.devnull).open("w", encoding="ascii") as nowhere:
        write_frame(replies, {"pid": os.getpid()})
        while True:
            _end_after(IDLE_SECONDS, nowhere)
            try:
                job = read_frame(sys.stdin.buffer)
            except EOFError:
                return
            _end_after(job["seconds"] + 1, nowhere)
            write_frame(replies, JOBS[job["kind"]](job))


def _end_after(seconds: float, nowhere: TextIO) -> None:
    """End the process by then. This holds also where the interpreter itself is kept from running."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)


if __name__ == "__main__":
    main()
