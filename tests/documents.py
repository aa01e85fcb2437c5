"""PDF documents, written by hand: letters at places, and what a document says of itself."""

import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """A line of text that starts `x` points from the left and `y` from the foot of the page."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    bold: bool = False
    upright: bool = False


def document(
    *pages: Iterable[Words],
    about: Mapping[str, str] | None = None,
    language: str = "",
    more: str = "",
    draws: bytes = b"",
) -> bytes:
    """A PDF of these pages. `about` is its own title, author and date; `more` goes into its trailer.

    `draws` is drawn instead of words.
    """
    contents = [stream(draws) if draws else _content(words) for words in pages]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {f'/Lang ({language})' if language else ''} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        b" /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> >>",
        b"<< " + b" ".join(b"/%b %b" % (name.encode(), _string(text)) for name, text in (about or {}).items()) + b" >>",
    ]
    for number, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font 3 0 R >> "
            f"/Contents {6 + 2 * number} 0 R >>".encode(),
            content,
        ]
    return _file(objects, more)


def stream(content: bytes) -> bytes:
    """What a page draws, packed."""
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def paragraphs(
    *texts: str, x: float = 72, y: float = 700, size: float = 11, signs: int = 80, gap: float = 8
) -> list[Words]:
    """Paragraphs broken into lines of so many signs at the most, with a gap between them."""
    lines = []
    for text in texts:
        line = ""
        for word in [*text.split(), ""]:
            if line and (not word or len(f"{line} {word}") > signs):
                lines.append(Words(line, x, y, size))
                y, line = y - 1.3 * size, ""
            line = f"{line} {word}".strip()
        y -= gap
    return lines


def _content(words: Iterable[Words]) -> bytes:
    return stream(b"\n".join(map(_drawn, words)))


def _drawn(words: Words) -> bytes:
    direction = b"0 1 -1 0" if words.upright else b"1 0 0 1"
    place = (2 if words.bold else 1, words.size, direction, words.x, words.y)
    return b"BT /F%d %g Tf %b %g %g Tm " % place + _string(words.text) + b" Tj ET"


def _string(text: str) -> bytes:
    escaped = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + escaped + b")"


def _file(objects: list[bytes], more: str) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {more} >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(written)}\n%%EOF\n"
    return written + end.encode()


LOCKED = document([Words("Secret")], more=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<00> <00>]")  # fmt: skip
SCANNED = document([])
BROKEN = b"%PDF-1.7\n1 0 obj\n<< /Type /Cata"
