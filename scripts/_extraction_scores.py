"""How alike what was read of a page is to what people say is in it: its text, and title, authors and date."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any
from unicodedata import normalize

WINDOW = 4
WORD = re.compile(r"\w+")
NAMES_APART = re.compile(r"\s*;\s*")
# Marks that editors, templates and people each write in their own way.
MARKS = {"'": "‘’‚‛′`´", '"': "“”„‟«»″", "-": "‐‑‒–—−", "": "\u00ad\u200b\ufeff"}
ALIKE = str.maketrans({form: mark for mark, forms in MARKS.items() for form in forms})
CONJUNCTIONS = set("and by door e en et mit par und von y".split())

Page = dict[str, Any]


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def text_score(text: str, gold: str) -> Score:
    """By runs of four words, each as often as it occurs: sensitive to what is missing, added, repeated or reordered."""
    found, wanted = _windows(text), _windows(gold)
    shared = (found & wanted).total()
    return Score(_share(shared, found.total()), _share(shared, wanted.total()))


def texts_score(texts: Sequence[str], pages: Sequence[Page]) -> Score:
    """Of several pages, whose gold is a whole `text`, or phrases `with` which it is right and `without`.

    Whole texts count alike, however long they are; phrases are counted over all pages.
    """
    if "with" in pages[0]:
        return _phrases_score(texts, pages)
    scores = [text_score(text, page["text"]) for text, page in zip(texts, pages, strict=True)]
    return Score(mean(score.precision for score in scores), mean(score.recall for score in scores))


def page_score(text: str, page: Page) -> Score:
    """Of one page, in either way."""
    return texts_score([text], [page])


def _phrases_score(texts: Sequence[str], pages: Sequence[Page]) -> Score:
    found = wanted = unwanted = 0
    for text, page in zip(texts, pages, strict=True):
        wanted += len(page["with"])
        found += sum(phrase in text for phrase in page["with"])
        unwanted += sum(phrase in text for phrase in page["without"])
    return Score(_share(found, found + unwanted), _share(found, wanted))


def is_same_title(title: str, gold: str) -> bool:
    """Whether they differ at most in capitals, spaces and the form of quotes and dashes."""
    return _plain(title) == _plain(gold)


def are_same_authors(authors: Sequence[str], gold: str | Sequence[str]) -> bool:
    """Whether the same people are named, in any order; a gold of one string is compared by the words of the names."""
    if isinstance(gold, str):
        return _name_words(" ".join(authors)) == _name_words(gold)
    return {_plain(name) for name in authors} == {_plain(name) for name in gold}


def is_same_day(published: str, gold: str) -> bool:
    """Whether both begin with the same date, as they give it, whatever the zone."""
    return published[:10] == gold[:10]


def _windows(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[first : first + WINDOW]) for first in range(max(bool(words), len(words) - WINDOW + 1)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _plain(words: str) -> str:
    return " ".join(normalize("NFKC", words.translate(ALIKE)).casefold().split())


def _name_words(names: str) -> Counter[str]:
    return Counter(word for word in WORD.findall(_plain(names)) if word not in CONJUNCTIONS)
