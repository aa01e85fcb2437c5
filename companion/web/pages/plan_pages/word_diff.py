"""How a long text differs from another: word by word, without the long stretches that stayed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

# Below this, a field is shown as it was and as it becomes; a longer one by what changed in it.
SHORT = 90
# As many words of what stayed stand around a change.
_AROUND = 6
# Between the first and the last change: texts of more words than this are shown by their beginnings there. The time
# that matching takes grows by the square at least: 1,000 words take some 10 ms, 100 at worst.
_MOST_WORDS = 1000
# Of all texts on one page together; a page of them takes a second or two at most.
_MOST_LETTERS = 250_000
_SHOWN = 400
# A word with the blanks before it: blanks of their own would make half of all words the same.
_WORD = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True)
class Part:
    """A stretch of a text: `sort` is `same`, `old` or `new`."""

    sort: str
    text: str


class WordDiffs:
    """The differences on one page. When they are many, those that come last are shown by their beginnings alone."""

    def __init__(self) -> None:
        self._left = _MOST_LETTERS

    def between(self, old: str, new: str) -> list[Part]:
        """The stretches of both texts in order."""
        self._left -= len(old) + len(new)
        return word_diff(old, new) if self._left >= 0 else list(_begun(old, new))


def word_diff(old: str, new: str) -> list[Part]:
    """The stretches of both texts in order, in bounded time."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    head = _count_alike(before, after)
    tail = _count_alike(before[head:][::-1], after[head:][::-1])
    parts = _changed(before[head : len(before) - tail], after[head : len(after) - tail])
    first, last = before[:head], before[len(before) - tail :]
    return [*_stayed(first, is_first=True), *parts, *_stayed(last, is_last=True)]


def _count_alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    if min(len(before), len(after)) == 0 or max(len(before), len(after)) > _MOST_WORDS:
        yield from _begun("".join(before), "".join(after))
        return
    for step, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if step == "equal":
            yield from _stayed(before[i1:i2])
        else:
            yield from _named("".join(before[i1:i2]), "".join(after[j1:j2]))


def _begun(old: str, new: str) -> Iterator[Part]:
    return _named(_beginning(old), _beginning(new))


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _named(old: str, new: str) -> Iterator[Part]:
    yield from (part for part in (Part("old", old), Part("new", new)) if part.text)


def _stayed(words: Sequence[str], is_first: bool = False, is_last: bool = False) -> Iterator[Part]:
    """What stayed, by its words next to the changes."""
    head = [] if is_first else words[:_AROUND]
    tail = [] if is_last else words[-_AROUND:]
    is_short = len(words) <= len(head) + len(tail) + 1
    if words:
        yield Part("same", "".join(words) if is_short else f"{''.join(head)}…{''.join(tail)}")
