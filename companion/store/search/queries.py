"""What is typed in a search field: its terms, the index's expression for them, and the patterns that find them again.

Every word has to occur; "a phrase" in quotes occurs as it stands; the last word, and any word with an asterisk, may be
the beginning of one; #tag is looked for among the hashtags alone. Nothing that is typed is an error.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from companion.store.search.letters import accented, base, normalized
from companion.store.search.plurals import forms

MOST_TERMS = 32
# Of a longer word the first are enough to find it again; a pattern takes long to make.
_MOST_LETTERS = 60
# Who looks for AI or HR does not mean the words that begin so, unless an asterisk says it.
_SHORTEST_BEGINNING, _SHORTEST_WITH_ASTERISK = 3, 2

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"') | {"’": "'", "‘": "'", "\0": " "})
_TERM = re.compile(r'(?P<hash>#?)"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+)')
_GENITIVE = re.compile(r"(\w+)'s$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """Something that has to occur: one of `forms`; where `is_beginning`, the first is that of a word."""

    forms: tuple[str, ...]
    is_beginning: bool = False
    is_hashtag: bool = False


def parse(query: str) -> list[Term]:
    """The terms of a query, at most MOST_TERMS; none where it has no letter and no digit."""
    text = normalized(query.encode("utf-8", "ignore").decode()).translate(_QUOTES)
    found = [match for match in _TERM.finditer(text) if any(map(str.isalnum, match[0]))]
    return [_term(match, match is found[-1]) for match in found[:MOST_TERMS]]


def _term(match: re.Match[str], is_last: bool) -> Term:
    if match["phrase"] is not None:
        is_open = is_last and not match["closed"]
        return Term((match["phrase"],), _may_begin(match["phrase"], is_open), bool(match["hash"]))
    word = match["word"].removeprefix("#")
    is_beginning = _may_begin(word, is_last) or (word.endswith("*") and len(word) > _SHORTEST_WITH_ASTERISK)
    return Term(tuple(_forms(word)), is_beginning, match["word"].startswith("#"))


def _may_begin(text: str, is_wanted: bool) -> bool:
    words = _words(text)
    return is_wanted and (len(words) > 1 or len(words[0]) >= _SHORTEST_BEGINNING)


def _forms(word: str) -> list[str]:
    """Of joined words the last has a plural: AVG-boete and AVG-boetes."""
    if genitive := _GENITIVE.fullmatch(word):
        return [word, genitive[1]]
    *_, last = _WORD.finditer(word)
    return [word, *(word[: last.start()] + form for form in forms(_folded(last[0]))[1:])]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _folded(word: str) -> str:
    return "".join(base(letter) for letter in word.lower())


def expression(terms: Sequence[Term]) -> str:
    """The terms in the language of FTS5; all that was typed stands in quotes, where it means nothing."""
    return " AND ".join(map(_alternatives, terms))


def _alternatives(term: Term) -> str:
    first, *others = ('"' + form.replace('"', " ") + '"' for form in term.forms)
    either = " OR ".join([first + " *" if term.is_beginning else first, *others])
    return f"{'hashtags : ' if term.is_hashtag else ''}({either})"


def patterns(terms: Sequence[Term]) -> list[re.Pattern[str]]:
    """For each term what finds it in a text in lower case, also amid a word: see `occurrences`."""
    return [re.compile(_term_pattern(term)) for term in terms]


def _term_pattern(term: Term) -> str:
    first, *others = (r"[\W_]+".join(map(_word_pattern, _words(form)[:MOST_TERMS])) for form in term.forms)
    either = "|".join([first + (r"[^\W_]*" if term.is_beginning else ""), *others])
    return rf"(?:{either})(?![^\W_])"


def _word_pattern(word: str) -> str:
    letters = "".join(_letter_pattern(base(letter)) for letter in word[:_MOST_LETTERS].lower())
    return letters if len(word) <= _MOST_LETTERS else letters + r"[^\W_]*"


@cache
def _letter_pattern(plain: str) -> str:
    others = accented().get(plain)
    return f"[{plain}{others}]" if others else re.escape(plain)


def occurrences(wanted: re.Pattern[str], lower: str) -> Iterator[tuple[int, int]]:
    """Where a term occurs in a text in lower case: start and end.

    A pattern that began by looking behind would take four times as long.
    """
    for match in wanted.finditer(lower):
        start, end = match.span()
        if not (start and lower[start - 1].isalnum()):
            yield start, end
