"""How much of a view is the user's own, and how much stands in the article already."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

# Four words in a row are shared by chance too seldom to matter: between unrelated texts the longest run measured is 4.
RUN = 4
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Voice:
    """A view against its article: its words, the share of them inside copied runs (0-1), the longest such run."""

    words: int
    copied_share: float
    longest_run: int


def compare(view: str, article_text: str, exempt: Iterable[str] = ()) -> Voice:
    """Measure the view against the article's text; passages in `exempt`, such as marked quotes, do not count."""
    for passage in exempt:
        view = view.replace(passage, "\n") if passage else view
    lines = [_words(line) for line in view.splitlines()]
    runs = _runs(_words(article_text))
    copied = [_copied(line, runs) for line in lines]
    words = sum(map(len, lines))
    longest = max((sum(run) for line in copied for _, run in groupby(line)), default=0)
    return Voice(words, sum(map(sum, copied)) / words if words else 0.0, longest)


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def _copied(words: Sequence[str], runs: set[tuple[str, ...]]) -> list[bool]:
    """For each word, whether it stands in a run that the article has too."""
    marks = [False] * len(words)
    for n in range(len(words) - RUN + 1):
        if tuple(words[n : n + RUN]) in runs:
            marks[n : n + RUN] = [True] * RUN
    return marks
