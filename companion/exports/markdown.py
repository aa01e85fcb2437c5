"""The content plan by week, to paste into a note."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.printable import printable
from companion.editorial.times import monday
from companion.exports.plan import Format, Plan, Say, people_line, unchanged

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What starts something in CommonMark or in notes (==marked==, %%comment%%, $sum$, ^block), inside a line
# and at its start. A lone - = % or & and a _ inside a word start nothing, and stay legible as they are.
_LETTER = r"[^\W_]"
_INLINE = re.compile(rf"[\\`*{{}}\[\]<>#|~$^]|([-=%])(?=\1)|&(?=#?\w+;)|(?<!{_LETTER})_|_(?!{_LETTER})")
_LINE_START = re.compile(r"\d+(?=[.)])|(?=[-+=])")


def escape(text: str) -> str:
    """The text as one line of Markdown that reads as exactly that text; a line break becomes `&#10;`."""
    return _INLINE.sub(r"\\\g<0>", printable(text)).replace("\n", "&#10;")


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """Every week of the range, those without a slot too, then what waits for a date."""
    heading = f"# {say('Content plan')} {plan.first} – {plan.last}"
    parts = [heading, *_weeks(plan, say), *_waiting(plan, say)]
    return ("\n\n".join(parts) + "\n").encode()


def _weeks(plan: Plan, say: Say) -> Iterator[str]:
    start = monday(plan.first)
    while start <= plan.last:
        yield f"## {say('Week')} {start.isocalendar().week} ({start} – {start + timedelta(days=6)})"
        rows = [row for row in plan.rows if row.day and monday(row.day) == start]
        yield from (_entry(_when(row, plan.zone, say), row, say) for row in rows)
        if not rows:
            yield say("Nothing planned yet.")
        start += timedelta(days=7)


def _waiting(plan: Plan, say: Say) -> Iterator[str]:
    rows = [row for row in plan.rows if row.day is None]
    if rows:
        yield f"## {say('Without a date')}"
        yield from (_entry("", row, say) for row in rows)


def _when(row: PlanRow, zone: str, say: Say) -> str:
    assert row.day and row.clock
    elsewhere = "" if row.zone == zone else f" ({escape(row.zone)})"
    moment = f"**{_day(row.day, say)} {row.clock:%H:%M}**{elsewhere}"
    return " · ".join((moment, escape(row.channel), escape(say(row.kind)), escape(say(row.status))))


def _day(day: date, say: Say) -> str:
    return f"{say(DAYS[day.weekday()])} {day}"


def _entry(head: str, row: PlanRow, say: Say) -> str:
    """A list item: when and where if known, then the article, the view and the rest as paragraphs in it."""
    blocks = [head, _article(row), _view(row, say), _facts(row, say)]
    lines = "\n\n".join(block for block in blocks if block).split("\n")
    return "\n".join(f"  {line}" if line else "" for line in lines).replace("  ", "- ", 1)


def _article(row: PlanRow) -> str:
    if not row.link:
        return ""
    address = re.sub(r"[\\<>]|&(?=#?\w+;)", r"\\\g<0>", row.link)
    source = f" · {escape(row.source)}" if row.source else ""
    return f"[{escape(row.title or row.link)}](<{address}>){source}"


def _view(row: PlanRow, say: Say) -> str:
    if not row.commentary.strip():
        return f"*{say('Your own view is still to come.')}*" if row.link else ""
    lines = printable(row.commentary).strip().split("\n")
    return "\n".join(f"> {_line(line.strip())}".rstrip() for line in lines)


def _line(text: str) -> str:
    start = _LINE_START.match(text)
    if start is None:
        return escape(text)
    mark = start.end()
    return f"{text[:mark]}\\{text[mark]}{escape(text[mark + 1 :])}"


def _facts(row: PlanRow, say: Say) -> str:
    facts = {
        "Topic": escape(row.topic),
        "People": escape(people_line(row)),
        "Hashtags": " ".join(f"#{escape(tag)}" for tag in row.hashtags),
        "Creation needed": _creation(row, say),
        "Creation link": escape(row.creation_link),
        "Preparation": f"{row.preparation} {say('min')}" if row.preparation else "",
        "Post link": escape(row.post_url),
    }
    return " · ".join(f"{say(name)}: {value}" for name, value in facts.items() if value)


def _creation(row: PlanRow, say: Say) -> str:
    needed = row.creation_needed if row.creation_needed != "none" else ""
    return ", ".join(say(word) for word in (needed, "ready" if row.creation_ready else "") if word)


FORMAT = Format("md", "text/markdown; charset=utf-8", "md", render)
