"""The passage of an item in which a query's words occur closest together, with those words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypedDict

from companion.store.search.letters import lowered
from companion.store.search.queries import occurrences

# Characters: some two lines beside the week.
LENGTH = 160
_LEAD = 40
_LOOKS_AT = 300

Occurrence = tuple[int, int, int]


class SnippetPart(TypedDict):
    """A stretch of a snippet: words that were looked for, or the text around them."""

    text: str
    is_match: bool


def best_snippet(texts: Iterable[str], wanted: Sequence[re.Pattern[str]]) -> list[SnippetPart]:
    """The passage with the most of the wanted terms, of the first text that has it; empty where none occurs."""
    best: tuple[int, str, list[Occurrence]] = (0, "", [])
    for text in texts:
        passage = max(_passages(_found(text, wanted)), key=_terms_in, default=[])
        best = max(best, (_terms_in(passage), text, passage), key=lambda one: one[0])
        if best[0] == len(wanted):
            break
    _, text, passage = best
    return list(_parts(text, passage)) if passage else []


def _found(text: str, wanted: Sequence[re.Pattern[str]]) -> list[Occurrence]:
    """In order of place, without overlaps; a term that is longer than a snippet is cut."""
    lower = lowered(text)
    every = sorted(
        (start, min(end, start + LENGTH), term)
        for term, one in enumerate(wanted)
        for start, end in islice(occurrences(one, lower), _LOOKS_AT)
    )
    found: list[Occurrence] = []
    for one in every:
        if not found or one[0] >= found[-1][1]:
            found.append(one)
    return found


def _terms_in(passage: list[Occurrence]) -> int:
    return len({term for _, _, term in passage})


def _passages(found: list[Occurrence]) -> Iterator[list[Occurrence]]:
    """For each occurrence, the ones that fit in a snippet with it as the first."""
    end = 0
    for first, (start, _, _) in enumerate(found):
        end = max(end, first + 1)
        while end < len(found) and found[end][1] - start <= LENGTH - _LEAD:
            end += 1
        yield found[first:end]


def _parts(text: str, passage: list[Occurrence]) -> Iterator[SnippetPart]:
    begin = _word_start(text, passage[0][0] - _LEAD)
    finish = _word_end(text, max(passage[-1][1], begin + LENGTH))
    place, before = begin, "…" if begin else ""
    for start, end, _ in passage:
        yield from _part(before + _one_line(text[place:start]), False)
        yield from _part(_one_line(text[start:end]), True)
        place, before = end, ""
    yield from _part(_one_line(text[place:finish]) + ("…" if finish < len(text) else ""), False)


def _part(text: str, is_match: bool) -> Iterator[SnippetPart]:
    if text:
        yield {"text": text, "is_match": is_match}


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _word_start(text: str, near: int) -> int:
    """The first start of a word from `near` on; a word longer than the lead is cut."""
    if near <= 0:
        return 0
    space = re.search(r"\s", text[near - 1 : near + _LEAD - 1])
    return near + space.start() if space else near


def _word_end(text: str, near: int) -> int:
    """The first end of a word from `near` on; a word longer than the lead is cut."""
    space = re.search(r"\s|$", text[near : near + _LEAD])
    return near + space.start() if space else near
