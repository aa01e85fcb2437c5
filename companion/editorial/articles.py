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


@dataclass(frozen=True)
class Reading:
    """What was found in a page: the article with its text, its HTML for the reader view, and the page's own address."""

    article: Article
    markup: str = ""
    address: str | None = None


def link_article(url: str, title: str, lang: str | None, kind: str = "other") -> Article:
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
        "kind": kind,  # type: ignore[typeddict-item]  # one of the kinds by construction
        "word_count": 0,
        "reading_minutes": 0,
        "text": "",
    }


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
