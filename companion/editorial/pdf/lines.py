"""The lines of a PDF's pages as they are drawn, with where they stand and how large they are.

PDFium, the library that Chromium shows PDFs with, finds the letters. Of the libraries compared (pypdf, pdfminer.six) it
is the fastest by 13 to 25 times, and takes a third of their time to import.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

# What PDFium puts where it takes a hyphen at a line's end for one of hyphenation.
HYPHEN = "\x02"
# A gap of so many times the letters' height is no space between two words.
WIDE_GAP = 1.8
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy")
# What PDFium names a letter that it does not know, and signs that nobody sees.
UNKNOWN = {*range(9), *range(0xE, 0x20), 0xAD, 0xFFFD, 0xFFFE, 0xFFFF}


@dataclass(frozen=True)
class Line:
    """A line, or the part of one before a wide gap. Places are in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    height: float
    is_bold: bool
    page: int

    def is_beside(self, other: "Line") -> bool:
        """Whether the other stands in the same row, further to the right."""
        is_same_row = self.page == other.page and abs(self.bottom - other.bottom) < 0.3 * self.height
        return is_same_row and other.left >= self.right

    def with_beside(self, other: "Line") -> "Line":
        """The two as one line."""
        return replace(self, text=f"{self.text} {other.text}", right=other.right)


def lines_of(page: pdfium.PdfPage, number: int) -> list[Line]:
    """The page's lines in the order in which they are drawn, without what runs in another direction."""
    text_page = page.get_textpage()
    try:
        found = list(_lines(text_page, number))
    finally:
        text_page.close()
    main = Counter(angle for line, angle in found for _ in line.text).most_common(1)
    return [line for line, angle in found if angle == main[0][0]]


def _lines(text_page: pdfium.PdfTextPage, number: int) -> Iterator[tuple[Line, int]]:
    """Each line with its angle in degrees."""
    start, codes = 0, [raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars())]
    for end in [*(index for index, code in enumerate(codes) if code in (10, 13, ord(HYPHEN))), len(codes)]:
        is_broken = end < len(codes) and codes[end] == ord(HYPHEN)
        for first, last in _parts(text_page, codes, start, end):
            text = _text(codes[first:last]) + ("-" if is_broken and last == end else "")
            if text:
                yield _line(text_page, text, first, last - 1, number), _angle(text_page, first)
        start = end + 1


def _parts(text_page: pdfium.PdfTextPage, codes: list[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of a line's letters between its wide gaps, without spaces at their ends."""
    letters = [index for index in range(start, end) if chr(codes[index]).strip() and codes[index] not in UNKNOWN]
    if not letters:
        return
    first = before = letters[0]
    for index in letters[1:]:
        if index > before + 1 and _is_apart(text_page, before, index):
            yield first, before + 1
            first = index
        before = index
    yield first, before + 1


def _is_apart(text_page: pdfium.PdfTextPage, before: int, after: int) -> bool:
    left, right = _box(text_page, before), _box(text_page, after)
    return right.left - left.right > WIDE_GAP * (left.top - left.bottom)


def _line(text_page: pdfium.PdfTextPage, text: str, first: int, last: int, number: int) -> Line:
    begin, middle, end = (_box(text_page, index) for index in (first, (first + last) // 2, last))
    height = sorted(box.top - box.bottom for box in (begin, middle, end))[1]
    return Line(text, begin.left, end.right, begin.bottom, max(height, 0.1), _is_bold(text_page, first), number)


def _box(text_page: pdfium.PdfTextPage, index: int) -> raw.FS_RECTF:
    """Where a letter stands, as high as all letters of its font."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page.raw, index, box)
    return box


def _is_bold(text_page: pdfium.PdfTextPage, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text_page, index, name, len(name), None)
    return any(bold in name.value.decode("latin-1").lower() for bold in BOLD_NAMES)


def _angle(text_page: pdfium.PdfTextPage, index: int) -> int:
    return round(math.degrees(raw.FPDFText_GetCharAngle(text_page, index))) % 360


def _text(codes: list[int]) -> str:
    """The letters of these codes; rarer ones come in two halves."""
    letters = "".join(chr(code) for code in codes if code not in UNKNOWN)
    whole = letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return " ".join(whole.split())
