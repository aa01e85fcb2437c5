"""A page or a PDF by its address, from a site that nobody vouches for."""

import codecs
from base64 import b64encode
from dataclasses import dataclass

from bs4.dammit import EncodingDetector

from companion.editorial.marks import without_marks
from companion.reading.addresses import MayConnect, is_elsewhere
from companion.reading.answers import SECONDS, NotFetched, Terms, answer_at

PAGES = ("text/html", "application/xhtml+xml")
PDF = "application/pdf"
# Sites that offer a file to be saved declare it so; what it is, its first bytes tell.
FILES = (PDF, "application/x-pdf", "application/octet-stream", "binary/octet-stream")
# Readers of PDF look for it here, since some programs write something before it.
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
ACCEPT = {"Accept": ", ".join([*PAGES, PDF])}


@dataclass(frozen=True)
class Fetched:
    """A page, or a PDF in base64, and the address at which it was in the end.

    Where a record may not hold that address, it is the last one that it may.
    """

    url: str
    html: str = ""
    pdf: str = ""


def fetch(url: str, may_connect: MayConnect = is_elsewhere, seconds: float = SECONDS) -> Fetched:
    """The page or PDF at `url`, within `seconds`, the looking up of names aside. Raises NotFetched."""
    with answer_at(url, ACCEPT, Terms(may_connect), seconds) as answer:
        answer.require_page()
        if answer.kind not in PAGES + FILES or not answer.can_be_unpacked:
            raise NotFetched("not_a_page")
        if answer.kind in PAGES:
            return Fetched(answer.url, html=without_marks(_text(answer.body(), answer.charset)))
        return Fetched(answer.url, pdf=b64encode(answer.body(PDF_MARK, PDF_MARK_WITHIN)).decode())


def _text(body: bytes, charset: str | None) -> str:
    """The text in the encoding that the page's first bytes, the answer's head or the page itself names, else a guess.

    One broken letter does not make the whole page be taken for another encoding. Some encodings give halves of letters,
    which nothing else can write down.
    """
    return _decoded(body, charset).encode("utf-8", "replace").decode()


def _decoded(body: bytes, charset: str | None) -> str:
    body, marked = EncodingDetector.strip_byte_order_mark(body)
    declared = marked or charset or EncodingDetector.find_declared_encoding(body, is_html=True)
    try:
        name = codecs.lookup(declared or "").name
        # As all browsers do: what is said to be Latin-1 is what Windows took for it.
        return body.decode("cp1252" if name in ("iso8859-1", "ascii") else name, "replace")
    except (LookupError, ValueError):  # No encoding, or none of text.
        return _guessed(body)


def _guessed(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
