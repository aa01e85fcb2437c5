"""What an article is, apart from how it is found in a page; and what a link alone tells."""

import math
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from companion.records import Article

# English and Dutch prose is read at 238 words a minute where a word has 5.1 letters on average (Brysbaert 2019,
# 2021); longer words take longer.
WORDS_PER_MINUTE = 238
LETTERS_PER_WORD = 5.1
# What an item's `fetch` says while its page is to be fetched.
WAITING = "waiting"
# And why there is no text where there is a page: it wants to know who asks, wants JavaScript or a person before it, or
# holds no article.
LOGIN, WALL, NO_ARTICLE = "login", "wall", "no_article"
# Such a page came in the place of an article, or is none: what was known of the link goes on being known.
OTHER_PAGES = frozenset({LOGIN, WALL, NO_ARTICLE})
# Why a PDF gives none.
LOCKED, SCANNED, UNREADABLE = "locked", "scanned", "unreadable"
# What a click on the page itself does not mend. Of PDFs a click takes fewer bytes than the companion fetches.
FINAL = frozenset({NO_ARTICLE, LOCKED, SCANNED, UNREADABLE})
TOO_LARGE = "too_large"
# As the extension knows them: also where the file's number stands behind it.
PDF_PATH = re.compile(r"\.pdf$|/pdf/.", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What was found in a page: the article with its text, its HTML for the reader view, and the page's own address.

    `lacks` says why it is no article to be read, in the codes of an item's `fetch`, whatever text there is.
    """

    article: Article
    markup: str = ""
    address: str | None = None
    lacks: str | None = None


def link_article(url: str, title: str, lang: str | None) -> Article:
    """The article of a page that was not read: what the link itself tells."""
    return {
        "url": url,
        "title": one_line(title) or url,
        "byline": None,
        "authors": [],
        "site_name": host(url)[:300],
        "published": None,
        "language": language_code(lang or ""),
        "excerpt": "",
        "image": None,
        "kind": "pdf" if is_pdf_address(url) else "other",
        "word_count": 0,
        "reading_minutes": 0,
        "text": "",
    }


def is_pdf_address(url: str) -> bool:
    """Whether an address says that it is of a PDF document."""
    return bool(PDF_PATH.search(urlsplit(url).path))


def is_final(why: str | None, kind: str) -> bool:
    """Whether a click on the page itself mends nothing about a text of this kind that is not there."""
    return why in FINAL or (kind == "pdf" and why == TOO_LARGE)


def reading_minutes(text: str) -> int:
    """Whole minutes to read the text, at least 1; 0 for no text."""
    words = text.split()
    if not words:
        return 0
    letters = sum(map(len, words)) / len(words)
    pace = WORDS_PER_MINUTE * min(LETTERS_PER_WORD / letters, 1.25)
    return max(1, math.ceil(len(words) / pace))


def host(url: str) -> str:
    """The host of an address without www."""
    return re.sub(r"^www\.", "", urlsplit(url).hostname or "")


def language_code(declared: str) -> str | None:
    """`nl-BE` and `nl_NL` are `nl`; what is no language code is None."""
    found = re.match(r"[a-zA-Z]{2,3}(?![a-zA-Z])", declared.strip())
    return found.group().lower() if found else None


def one_line(text: str | None) -> str:
    """The text on one line, without the soft hyphens that tell where a word may be broken."""
    return " ".join((text or "").replace("\u00ad", "").split())
