"""What the files for services that post at a set time have in common: which posts go in, in which file, as what text.

None begins with a byte order mark: the services compare the first header, or read the first date, letter by letter.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.formulas import guard
from companion.editorial.posting.channels import channel_of
from companion.editorial.posting.compose import compose, says_link
from companion.editorial.printable import printable
from companion.editorial.times import at
from companion.exports.plan import Plan, safe

IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
VIDEOS = (".mp4", ".mov", ".m4v", ".webm")
_MENTION = re.compile(r"@\w")
# What a spreadsheet may compute behind an @: a call, a cell of another sheet, a sum with a call in it, another program.
_COMPUTED = re.compile(r"@(['\"]|[\w.]*\s*\(|[\w.]*![\w$'\"#]|.*[-+*/^&=<>]\s*[\w.]+\s*\(|.*\|)", re.DOTALL)


def split(most: int) -> Callable[[Plan], Iterator[tuple[str, Plan]]]:
    """A format's `split` into files of one channel each, with at most so many posts.

    The user says at the service where a file goes, so that two channels cannot share one. Each file is named after its
    channel, and numbered where it is not the first of that name.
    """

    def parts(plan: Plan) -> Iterator[tuple[str, Plan]]:
        names: set[str] = set()
        for channel, rows in _by_channel(plan).items():
            for start in range(0, len(rows), most):
                name = _unused(safe(channel) or "channel", names)
                names.add(name)
                yield name, replace(plan, rows=rows[start : start + most])
        if not names:
            yield "", replace(plan, rows=[])

    return parts


def _by_channel(plan: Plan) -> dict[str, list[PlanRow]]:
    found: dict[str, list[PlanRow]] = {}
    for row in posts(plan):
        found.setdefault(row.channel.strip().casefold(), []).append(row)
    return found


def _unused(name: str, taken: set[str]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def posts(plan: Plan) -> list[PlanRow]:
    """The posts ahead that have the user's own words; Kwartier lets nothing be posted without them."""
    return [row for row in plan.rows if _is_ready(row) and going_out_at(row) > plan.generated_at]


def _is_ready(row: PlanRow) -> bool:
    is_planned = row.status == "planned" or (row.status == "open" and row.kind == "own")
    return bool(row.day and is_planned and row.commentary.strip())


def going_out_at(row: PlanRow) -> datetime:
    """When the post goes out, in UTC."""
    assert row.day and row.clock
    return at(row.day, row.clock, ZoneInfo(row.zone))


def wall_time(row: PlanRow, plan: Plan, layout: str) -> str:
    """When it goes out on the user's own clock, which is taken to be the one that the service goes by."""
    return going_out_at(row).astimezone(ZoneInfo(plan.zone)).strftime(layout)


def post_text(row: PlanRow, with_link: bool) -> str:
    """The post as it is to appear: the view, then the link, the hashtags and the handles.

    Other names are left out: the user makes tags of them by hand where a post goes out, and here nobody would.
    """
    handles = tuple(name for name in row.people if name.startswith("@"))
    shown = replace(row, link=link_beside(row), people=handles)
    return post_cell(printable(compose(shown, channel_of(row.channel), with_link=with_link)))


def link_beside(row: PlanRow) -> str:
    """The link for a column of its own, unless the user's words have it already."""
    return "" if says_link(row.commentary, row.link) else _address(row.link)


def _address(link: str) -> str:
    """The same address without semicolons, at which some spreadsheets part the cells of any text."""
    return printable(link).replace(";", "%3B")


def post_cell(text: str) -> str:
    """The text as a cell that no spreadsheet computes, and that can be posted as it stands.

    Where it begins with a hyphen, as a list does, the lines get dashes: that reads the same, and nothing is added. A
    mention (`@anna, …`) stays as it is, as an apostrophe before it would be posted with it; a spreadsheet takes it for
    no more than an unknown name. All else that begins as a formula gets the apostrophe, and it is posted: `=…`, `+…`,
    and `@` before what could be a call, also with a blank before its bracket, or reach out of the sheet.
    """
    if text.startswith("-"):
        text = re.sub(r"(?m)^-", "–", text)
    return text if _MENTION.match(text) and not _COMPUTED.match(text) else guard(text)


def media(row: PlanRow, endings: tuple[str, ...]) -> str:
    """The address of what was made for the post, where it is ready and a service can fetch such a file from it."""
    is_there = row.creation_ready and _path(row.creation_link).lower().endswith(endings)
    return _address(row.creation_link) if is_there else ""


def _path(text: str) -> str:
    """The path of one https address; empty for any other text."""
    try:
        return urlsplit(text).path if re.fullmatch(r"https://[^\s,|]+", text) else ""
    except ValueError:  # As of `https://[photo].jpg`, whose host is no IPv6 address.
        return ""


def label(row: PlanRow) -> str:
    """The topic as one label: a comma would make two of it."""
    return guard(" ".join(printable(row.topic).replace(",", " ").split()))


def table(lines: Iterable[Sequence[str]], headers: Sequence[str] = ()) -> bytes:
    """Lines of cells as CSV in UTF-8, every text in quotes but the headers, which services compare letter by letter."""
    sheet = io.StringIO(newline="")
    if headers:
        csv.writer(sheet).writerow(headers)
    csv.writer(sheet, quoting=csv.QUOTE_ALL).writerows(lines)
    return sheet.getvalue().encode()
