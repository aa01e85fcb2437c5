"""The words that say what an article is about, by counting them."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from companion.editorial.tagging.words import BEFORE_NOUNS, WORD, stem, stop_words

# Characters, some 2,000 words: the opening of what is longer tells what it is about, and somebody waits for the page.
OPENING = 12_000
# Letters. Shorter words are seldom about something, unless they are written in capitals.
SHORTEST = 4
LONGEST = 60
# The weights below are our choice, by trying on the pages of the tests. A word in the title counts as so many in the
# text; one that no article or the like precedes may well be a verb, and one beside another capital half of a name.
IN_TITLE, NO_NOUN, IN_A_NAME = 3.0, 0.4, 0.2
# What weighs less may stand there by chance.
ENOUGH = 2.0
_TAG = re.compile(rf"(?<![\w#&/])#([^\W\d_]\w{{1,{LONGEST - 1}}})(?!\w)")
_TAGS_IN_A_ROW = re.compile(r"#\w+(?:[\s,]+#\w+)+")
# Colours, as they are written on the web.
_COLOUR = re.compile(r"(?i)(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$")
# Endings of adjectives, adverbs and participles.
_NO_NOUN = re.compile(r"(?:lijke?|ige?|ische?|loze?|baar|bare|ende|ly|ful|less|ed|ive|ous|ement|eux|euse)$")


def keywords(text: str, title: str, language: str) -> Iterator[str]:
    """The article's own hashtags, then the words that say most about it, the likeliest first, as a hashtag is written.

    In languages other than Dutch, English, German and French verbs and the like are not told apart.
    """
    text = text[:OPENING]
    yield from _own_tags(text)
    scores: dict[str, float] = {}
    forms: dict[str, Counter[str]] = {}
    is_german = language.startswith("de")
    stopped = stop_words(language)
    for word in chain(_candidates(text, stopped, is_german), _candidates(title, stopped, is_german, IN_TITLE)):
        key = stem(word.text)
        worth = word.times * _length(word.text) * (1.0 if is_german else _likeness(word))
        scores[key] = scores.get(key, 0.0) + worth
        # How it is written is told by where it need not have a capital.
        forms.setdefault(key, Counter())[word.text] += 0 if word.begins else 1
    for key in sorted(scores, key=lambda key: -scores[key]):
        if scores[key] >= ENOUGH:
            yield _as_tag(forms[key], is_german)


def _own_tags(text: str) -> list[str]:
    """The hashtags that are more than a sign in passing: said twice, or beside others."""
    counts = Counter(_TAG.findall(text))
    beside = {tag for row in _TAGS_IN_A_ROW.findall(text) for tag in _TAG.findall(row)}
    return [tag for tag, count in counts.items() if (count > 1 or tag in beside) and not _COLOUR.match(tag)]


class _Word(NamedTuple):
    """A word of a text, the one before it, whether a sentence begins with it, and whether names stand beside it."""

    text: str
    before: str
    begins: bool
    in_name: bool
    times: float


def _candidates(text: str, stopped: frozenset[str], is_german: bool, times: float = 1.0) -> Iterator[_Word]:
    before, end, was_capital = "", 0, False
    for found in WORD.finditer(text):
        word, (start, next_end) = found[0], found.span()
        small, is_capital = word.casefold(), word[0].isupper()
        if small not in stopped and _may_be_keyword(word, small, is_german):
            between = text[end:start]
            begins = end == 0 or not between.isspace() or "\n" in between
            in_name = is_capital and ((was_capital and not begins) or text[next_end + 1 : next_end + 2].isupper())
            yield _Word(word, before, begins, in_name, times)
        before, end, was_capital = small, next_end, is_capital


def _likeness(word: _Word) -> float:
    """How much of a hashtag it seems: a noun, and not half of somebody's name."""
    if word.in_name and not word.text.isupper():
        return IN_A_NAME
    return 1.0 if word.before in BEFORE_NOUNS else NO_NOUN


def _length(word: str) -> float:
    """Longer words say more: "ouderschapsverlof" before "verlof"."""
    return 0.5 + min(len(word), 12) / 12


def _may_be_keyword(word: str, small: str, is_german: bool) -> bool:
    if len(word) < SHORTEST:
        return len(word) > 1 and word.isupper()
    if len(word) > LONGEST or _NO_NOUN.search(small):
        return False
    # German writes its nouns with a capital.
    return not (is_german and word[0].islower())


def _as_tag(forms: Counter[str], is_german: bool) -> str:
    """The form that stands most in the text, with a capital if it has one within sentences too."""
    word = max(forms, key=lambda form: (forms[form], -len(form)))
    joined = re.sub(r"['’-](\w)", lambda found: found[1].upper(), word)
    is_name = is_german or joined.isupper() or forms[word] > 0
    return joined if is_name else joined[0].lower() + joined[1:]
