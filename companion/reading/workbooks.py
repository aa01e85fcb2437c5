"""The parts of a workbook that its cells stand in, unpacked within limits; and what no library tells of its cells."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from companion.editorial.content_plan.sheets.columns import EXPORT_PROPERTY

# A plan of 20,000 lines takes 30 MB unpacked, the largest that a file of 8 MB could hold with texts of any length 60.
MOST_BYTES = 64 * 1024 * 1024
# XML of cells packs by 10 to 30, the same line a thousand times by 80; a bomb by 1,000.
MOST_RATIO = 100
MOST_PARTS = 1000
# Below this a part may pack as it likes: the relations of an empty sheet do.
SMALL = 1024 * 1024
# The library keeps a place for each cell before the last.
MOST_CELLS = 1_000_000
MOST_ROWS = 25_000

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
# Without pictures, drawings, links to other files, macros and the rest, which nothing here is to meet.
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    rf"|{_SHEETS.pattern}|docProps/custom\.xml|mimetype|content\.xml|meta\.xml|META-INF/manifest\.xml"
)
# What the library leaves out of a text in an OpenDocument.
_SIGN, _SIGNS = re.compile(rb"<text:(tab|line-break)\s*/>"), {b"tab": b"\t", b"line-break": b"\n"}
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Place = tuple[int, int]
# By row and column, counted from 1.
Faults = dict[int, dict[int, str]]


class Unreadable(Exception):
    """A file that cannot be read as a sheet; `problem` says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of the workbook that are needed, by their names. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_small(archive.infolist())
            parts = {info.filename: archive.read(info) for info in archive.infolist() if _is_needed(info)}
            names = set(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable("password" if "password" in str(error) else "unreadable") from error
    if not parts.keys() & {"xl/workbook.xml", "content.xml"}:
        raise Unreadable("numbers" if any(name.endswith(".iwa") for name in names) else "not_a_sheet")
    if "content.xml" in parts:
        parts["content.xml"] = _SIGN.sub(lambda sign: _SIGNS[sign[1]], parts["content.xml"])
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unreadable("password")
    return parts


def _require_small(parts: list[zipfile.ZipInfo]) -> None:
    """By what they say of themselves; more than that is not read of any."""
    total = sum(part.file_size for part in parts)
    packs_too_well = any(part.file_size > SMALL + MOST_RATIO * part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or total > MOST_BYTES or packs_too_well:
        raise Unreadable("too_large")


def _is_needed(part: zipfile.ZipInfo) -> bool:
    return bool(_NEEDED.fullmatch(part.filename))


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """A workbook of these parts alone, for the library."""
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    workbook.seek(0)
    return workbook


def faults(parts: dict[str, bytes]) -> dict[str, Faults]:
    """By the name of each sheet, the cells that hold an error, or a formula without its value (told as `=`).

    The library gives those as empty. Raises Unreadable for a sheet that is
    too wide and long.
    """
    found = {name: _Cells().read(content) for name, content in parts.items() if _SHEETS.fullmatch(name)}
    return {name: found[part] for name, part in _sheet_parts(parts) if part in found}


def _sheet_parts(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The names of the sheets, with the part that each stands in."""
    targets = {link.get("Id"): link.get("Target", "") for link in _parsed(parts, "xl/_rels/workbook.xml.rels")}
    for element in _parsed(parts, "xl/workbook.xml"):
        if element.tag.endswith("}sheet"):
            target = next((targets.get(value) for key, value in element.items() if key.endswith("}id")), None) or ""
            yield element.get("name", ""), target[1:] if target.startswith("/") else f"xl/{target}"


def _parsed(parts: dict[str, bytes], name: str) -> Iterator[ElementTree.Element]:
    content = parts.get(name, b"<none/>")
    if b"<!DOCTYPE" in content:
        raise Unreadable("unreadable")
    try:
        return ElementTree.fromstring(content).iter()
    except ElementTree.ParseError as error:
        raise Unreadable("unreadable") from error


def export_of(parts: dict[str, bytes]) -> str:
    """Which export the workbook says it is; empty where it does not say."""
    for part in ("docProps/custom.xml", "meta.xml"):
        for element in _parsed(parts, part):
            if any(key.rpartition("}")[2] == "name" and value == EXPORT_PROPERTY for key, value in element.items()):
                return "".join(element.itertext()).strip()
    return ""


class _Cells:
    """Reads one sheet of a workbook, cell by cell."""

    def __init__(self) -> None:
        self.faults: Faults = {}
        self._row = self._column = 0
        self._height = self._width = 0
        self._type = ""
        self._is_formula = self._is_value = False
        self._value: list[str] = []

    def read(self, content: bytes) -> Faults:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.CharacterDataHandler = self._text
        parse(parser, content, self._start, self._end)
        return self.faults

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "row":
                number = attributes.get("r", "")
                self._row = int(number) if number.isascii() and number.isdecimal() else self._row + 1
                self._column = 0
            case "c":
                self._row, self._column = _place(attributes.get("r", ""), (self._row, self._column + 1))
                self._type, self._is_formula, self._value = attributes.get("t", ""), False, []
            case "f":
                self._is_formula = True
            case "v" | "t":
                self._is_value = True

    def _text(self, text: str) -> None:
        if self._is_value and len(self._value) < 10:
            self._value.append(text)

    def _end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v" | "t":
                self._is_value = False
            case "c":
                self._note("".join(self._value).strip())

    def _note(self, value: str) -> None:
        # A formula that gave an empty text says so by its type.
        is_faulty = self._type == "e" or (self._is_formula and not value and self._type != "str")
        if is_faulty:
            self.faults.setdefault(self._row, {})[self._column] = value or "="
        if value or is_faulty:
            self._widen()

    def _widen(self) -> None:
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        if self._height > MOST_ROWS or self._height * self._width > MOST_CELLS:
            raise Unreadable("too_many_rows")


def parse(
    parser: expat.XMLParserType,
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
) -> None:
    """Read the XML with these called for each element. Raises Unreadable."""
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable("unreadable") from error


def _refuse(*_: object) -> None:
    """No program writes a document type into a workbook; entities are declared in one."""
    raise Unreadable("unreadable")


def _place(name: str, following: Place) -> Place:
    """`B7` is row 7, column 2; a cell without a name follows the one before."""
    found = _CELL.fullmatch(name)
    if found is None:
        return following
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
