"""From a PDF document to the article in it.

Its lines are found with where they stand (lines.py), put in reading order (columns.py), freed of what stands on every
page (running.py), and made into paragraphs (paragraphs.py, hyphens.py); details.py says what the document says of
itself. Text and markup are of the same paragraphs.
"""

import ctypes

import pypdfium2 as pdfium
from lxml.html import document_fromstring
from pypdfium2 import raw

from companion.editorial import metadata
from companion.editorial.articles import LOCKED, SCANNED, UNREADABLE, Reading, link_article, reading_minutes
from companion.editorial.blocks import Block, markup_of, text_of
from companion.editorial.markup import clean
from companion.editorial.pdf import details
from companion.editorial.pdf.columns import in_order
from companion.editorial.pdf.lines import Line, lines_of
from companion.editorial.pdf.paragraphs import blocks_of, usual_height
from companion.editorial.pdf.running import footnotes_last, without_running
from companion.records import Article

# Letters, which take some 5 microseconds each. That is five hours of reading; the rest is in the document itself.
MOST_LETTERS = 400_000
MOST_PAGES = 1000
LONGEST_EXCERPT = 300
# Fewer letters on a page than this are a stamp on a scanned one.
FEWEST_LETTERS = 20


def read_pdf(document: bytes, url: str) -> Reading:
    """The article in the document at `url`, with what the reader view shows of it.

    One that wants a password, holds pictures of pages only, or is broken, is told as such by `lacks`.
    """
    try:
        opened = pdfium.PdfDocument(document)
    except pdfium.PdfiumError as error:
        lacks = LOCKED if error.err_code == raw.FPDF_ERR_PASSWORD else UNREADABLE
        return Reading(_nothing(url), lacks=lacks)
    try:
        return _read(opened, url)
    except pdfium.PdfiumError:
        return Reading(_nothing(url), lacks=UNREADABLE)
    finally:
        opened.close()


def _read(opened: pdfium.PdfDocument, url: str) -> Reading:
    pages = _pages(opened)
    named = opened.get_metadata_dict()
    letters = sum(len(line.text) for lines in pages for line in lines)
    if letters < FEWEST_LETTERS * len(pages):
        declared = details.title(named, [], 1, [])
        return Reading({**_nothing(url), "title": declared}, lacks=SCANNED)
    first_page, ordered = pages[0], without_running([in_order(lines) for lines in pages])
    height = usual_height([line for lines in ordered for line in lines])
    text, notes = footnotes_last(ordered, height)
    blocks = blocks_of(text, height) + blocks_of(notes, height)
    article = _article(opened, url, named, details.title(named, first_page, height, blocks), blocks)
    return Reading(article, clean(markup_of(blocks), url))


def _pages(opened: pdfium.PdfDocument) -> list[list[Line]]:
    """The lines of the pages, as far as they are read."""
    pages: list[list[Line]] = []
    letters = 0
    for number in range(min(len(opened), MOST_PAGES)):
        page = opened[number]
        try:
            pages.append(lines_of(page, number))
        finally:
            page.close()
        letters += sum(len(line.text) for line in pages[-1])
        if letters > MOST_LETTERS:
            break
    return pages


def _nothing(url: str) -> Article:
    return {**link_article(url, "", None), "title": "", "kind": "pdf"}


def _article(opened: pdfium.PdfDocument, url: str, named: dict[str, str], title: str, blocks: list[Block]) -> Article:
    text, authors = text_of(blocks), details.authors(named)
    return {
        **_nothing(url),
        "title": title[:2000],
        "byline": ", ".join(authors)[:1000] or None,
        "authors": authors[:50],
        "published": details.published(named),
        "language": _language(opened, text),
        "excerpt": _excerpt(blocks),
        "word_count": len(text.split()),
        "reading_minutes": reading_minutes(text),
        "text": text,
    }


def _excerpt(blocks: list[Block]) -> str:
    """The start of the first paragraph that is one."""
    text = next((text for tag, text in blocks if tag == "p" and len(text) >= LONGEST_EXCERPT / 2), "")
    return text if len(text) <= LONGEST_EXCERPT else text[:LONGEST_EXCERPT].rsplit(" ", 1)[0] + " …"


def _language(opened: pdfium.PdfDocument, text: str) -> str | None:
    """As the document declares it, unless its text is clearly in another."""
    page = document_fromstring("<html></html>")
    page.set("lang", _declared_language(opened))
    return metadata.language(metadata.Page(page, ""), text)


def _declared_language(opened: pdfium.PdfDocument) -> str:
    letters = (ctypes.c_ushort * 36)()
    size = raw.FPDFCatalog_GetLanguage(opened, letters, ctypes.sizeof(letters))
    if not 2 < size <= ctypes.sizeof(letters):
        return ""
    declared = bytes(letters)[: size - 2].decode("utf-16-le", "ignore")
    return "".join(sign for sign in declared if sign.isascii() and sign.isprintable())
