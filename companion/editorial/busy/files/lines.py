"""The lines of a calendar file that tell when something is; what it is about is not even looked at."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# All that busy times come from. ATTENDEE is read where somebody declined.
TOLD = (
    *("BEGIN", "END", "UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT", "ATTENDEE", "FREEBUSY"),
    *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-CALNAME", "X-WR-TIMEZONE"),
)
LINE = re.compile(rf"^({'|'.join(TOLD)})([:;][^\r\n]*)", re.MULTILINE | re.IGNORECASE)
# A long line goes on in the next one, which begins with a space. Some programs break it inside a letter.
FOLD = re.compile(rb"(?:\r*\n|\r)[ \t]")
PARAMETER = r';{}=("[^"]*"|[^;]*?)(?=;[\w-]+=|$)'
HEAD = re.compile(r'((?:"[^"]*"|[^":])*):(.*)')
# Their values hold no colon, while names of zones may, and do without the quotes that they should have.
MOMENTS = {"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
INSIDE = {
    "VCALENDAR": {"VEVENT", "VFREEBUSY", "VTIMEZONE"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
    "": {"VCALENDAR"},
}
# What calendars have inside each other is three deep.
DEEPEST = 30


@dataclass(frozen=True)
class Line:
    """`DTSTART;TZID=Europe/Amsterdam:20261124T090000`, taken apart."""

    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """The value of a parameter, without its quotes; empty where there is none."""
        found = re.search(PARAMETER.format(name), self.parameters, re.IGNORECASE)
        return found[1].strip('"').strip() if found else ""


@dataclass
class Part:
    """What stands between a BEGIN and its END; `is_whole` where that END came."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    is_whole: bool = True

    def all(self, name: str) -> list[Line]:
        """The lines of this name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """The first line of this name."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """What the first line of this name says; empty where there is none."""
        line = self.first(name)
        return line.value.strip() if line else ""

    def inside(self, name: str) -> list["Part"]:
        """The parts of this name in it."""
        return [part for part in self.parts if part.name == name]

    def text(self) -> str:
        """The same as a text, for somebody else to read."""
        lines = [f"{line.name}{line.parameters}:{line.value}" for line in self.lines]
        return "\r\n".join(
            [f"BEGIN:{self.name}", *lines, *(part.text() for part in self.parts), f"END:{self.name}", ""]
        )


def calendars_in(content: bytes) -> list[Part]:
    """The calendars in a file, of which several may follow each other. Lenient: what has no end is closed."""
    opened = [Part("")]
    for line in _lines(content):
        if line.name == "BEGIN":
            _begin(opened, line.value.strip().upper())
        elif line.name == "END":
            _end(opened, line.value.strip().upper())
        else:
            opened[-1].lines.append(line)
    while len(opened) > 1:
        _close(opened, is_whole=False)
    return opened[0].parts


def _begin(opened: list[Part], name: str) -> None:
    # None of them stands in one of its kind: the one before has lost its end.
    while any(part.name == name for part in opened[1:]) or len(opened) >= DEEPEST:
        _close(opened, is_whole=False)
    opened.append(Part(name))


def _end(opened: list[Part], name: str) -> None:
    if any(part.name == name for part in opened[1:]):
        while opened[-1].name != name:
            _close(opened, is_whole=False)
        _close(opened, is_whole=True)


def _close(opened: list[Part], is_whole: bool) -> None:
    part = opened.pop()
    part.is_whole = is_whole
    if part.name in INSIDE.get(opened[-1].name, ()):
        opened[-1].parts.append(part)


def _lines(content: bytes) -> Iterator[Line]:
    for found in LINE.finditer(_text(content)):
        name, rest = found[1].upper(), found[2]
        if name in MOMENTS:
            parameters, _, value = rest.rpartition(":")
        else:
            parted = HEAD.match(rest)
            parameters, value = parted.groups() if parted else (rest, "")
        yield Line(name, parameters, value)


def _text(content: bytes) -> str:
    content = FOLD.sub(b"", _as_utf8(content)).replace(b"\r", b"\n")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # Older programs on Windows write its own letters.
        return content.decode("cp1252", "replace")


def _as_utf8(content: bytes) -> bytes:
    """The same, where it was in UTF-16; the mark at its start may be missing."""
    for mark, first, encoding in (
        (codecs.BOM_UTF16_LE, b"B\0", "utf-16-le"),
        (codecs.BOM_UTF16_BE, b"\0B", "utf-16-be"),
    ):
        if content.startswith((mark, first)):
            return content.decode(encoding, "replace").removeprefix("\ufeff").encode()
    return content
