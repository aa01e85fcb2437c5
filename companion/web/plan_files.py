"""The content plan over a range of days, as a file: for the API, the page and the command alike."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from flask import Response
from flask_babel import gettext

from companion import exports
from companion.editorial.agreement import get_agreement
from companion.editorial.content_plan.begun import with_begun
from companion.editorial.content_plan.events import plan_events
from companion.editorial.content_plan.ledger import Ledger, keep, kept, number
from companion.editorial.content_plan.rows import plan_rows
from companion.editorial.content_plan.sheets.exported import note_export
from companion.editorial.curation import every_item, items_of
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import local_day, monday
from companion.errors import StoreError
from companion.exports import Plan
from companion.web.context import now, store, zone

WEEKS = 12


def default_range() -> tuple[date, date]:
    """The twelve weeks from this Monday."""
    return range_from(monday(local_day(now(), zone())))


def range_from(first: date) -> tuple[date, date]:
    """Twelve weeks from this day."""
    return first, first + timedelta(weeks=WEEKS, days=-1)


def gather(first: date, last: date, with_queue: bool = True) -> Plan:
    """The plan of these days, both included, with the items that wait for a date unless they are not asked for."""
    schedule = get_schedule(store(), zone(), first, last, now())
    slots = schedule.slots
    placed = items_of(store(), slots)
    queued = every_item(store(), "queued") if with_queue else []
    rows = plan_rows(slots, placed, queued)
    return Plan(
        first=first,
        last=last,
        zone=zone().key,
        rows=rows,
        items=[*placed.values(), *queued],
        slots=slots,
        generated_at=now(),
        events=plan_events(rows, schedule, now()),
        channels=get_agreement(store())["channels"],
    )


def gather_for_calendar(first: date, last: date, with_queue: bool = False) -> Plan:
    """The plan as calendars are told of it: with how often each event changed, which is remembered from here on.

    Where nothing can be written it is told all the same, and told anew the next time.
    """
    try:
        # One reads at a time, so that nobody numbers older words after newer ones.
        with store().transaction():
            plan, ledger = _numbered(gather(first, last, with_queue))
            keep(store(), ledger)
    except StoreError:
        plan, _ = _numbered(gather(first, last, with_queue))
    return plan


def _numbered(plan: Plan) -> tuple[Plan, Ledger]:
    moment, before = plan.generated_at, kept(store())
    events = with_begun(plan.events, before, plan.rows, (plan.first, plan.last), moment, zone())
    ledger, revisions = number(before, events, moment)
    return replace(plan, events=events, revisions=revisions), ledger


def say(word: str) -> str:
    """A fixed word of the plan in the reader's language; in English the records' own, written as words."""
    return gettext(word).replace("_", " ")


def plan_file(name: str, first: date, last: date) -> Response:
    """The plan in the format of this name, as a download: one file, or an archive where it takes several."""
    wanted = exports.lookup(name)
    plan = (gather_for_calendar if wanted.has_revisions else gather)(first, last, wanted.with_queue)
    if wanted.comes_back:
        # Where nothing can be written the plan still goes out; what differs when it comes back is asked about then.
        with suppress(StoreError):
            note_export(store(), plan.rows, now())
    parts = [(part, wanted.render(each, say)) for part, each in wanted.split(plan)]
    stem = exports.file_stem(wanted, first, last)
    if len(parts) == 1:
        return _download(parts[0][1], wanted.media_type, f"{stem}.{wanted.extension}")
    files = {f"{stem}-{exports.safe(part)}.{wanted.extension}": content for part, content in parts}
    return _download(_archive(files), "application/zip", f"{stem}.zip")


def _archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _download(content: bytes, media_type: str, file: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
