"""Which of the agreement's topics an article is about: by its words, and by what the user filed before."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from companion.editorial.articles import host
from companion.editorial.ports import Store
from companion.records import Item, Topic

# Signs that belong to a word where they end it, as in C++ and C#.
WORD = re.compile(r"\w+[+#]*")
MARKS = re.compile("[\u0300-\u036f]")
# A word that a text uses once may stand in it by chance.
ENOUGH_IN_TEXT = 2
# Longer than nearly all articles; of a book-length document the opening tells what it is about.
OPENING = 40_000
# From this many letters on, a keyword is taken for the stem of longer words: "pensioen" finds "pensioenwet", while
# "act" must not find "action". Our choice, by trying: shorter ones begin too many other words.
STEM = 6
# Once may be chance, twice is a habit.
HABIT = 2
# A long text takes 3 ms: the texts of so many are read while somebody waits for their agreement to be kept.
MOST_READ = 300
# Kinds of pages on which anyone may publish: there the author is the source, not the site.
OF_ANYONE = frozenset({"post", "video"})


def find_topic(topics: Sequence[Topic], article: Mapping[str, Any], text: str) -> str:
    """The name of the topic whose name and keywords stand in the article most; empty where none does enough.

    The title decides, then the excerpt, then the text, where it takes two hits. The earlier topic wins a tie.
    """
    if not topics:
        return ""
    title, excerpt, body = plain(article["title"]), plain(article["excerpt"]), plain(text[:OPENING])
    scores = {name: _score(needles, title, excerpt, body) for name, needles in _sought(topics)}
    best = max(scores, key=lambda name: scores[name])
    return best if any(scores[best]) else ""


def _score(needles: Sequence[str], title: str, excerpt: str, body: str) -> tuple[int, int, int]:
    in_title, in_excerpt, in_text = (_hits(needles, words) for words in (title, excerpt, body))
    return in_title, in_excerpt, in_text if in_title or in_excerpt or in_text >= ENOUGH_IN_TEXT else 0


def _hits(needles: Sequence[str], words: str) -> int:
    return sum(map(words.count, needles))


def plain(text: str) -> str:
    """The words in small letters without accents, each between spaces."""
    small = text.casefold()
    if not small.isascii():
        small = MARKS.sub("", unicodedata.normalize("NFKD", small))
    # Each word has spaces of its own, so that a word said twice in a row is found twice.
    return "".join(f" {word} " for word in WORD.findall(small))


def _sought(topics: Sequence[Topic]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _needles(tuple((topic["name"], *topic["keywords"]) for topic in topics))


@lru_cache(maxsize=8)
def _needles(topics: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By the topic's name what to look for in words as `plain` gives them."""
    return tuple((words[0], tuple(dict.fromkeys(filter(None, map(_needle, words))))) for words in topics)


def _needle(keyword: str) -> str:
    """Without the space at its end, a word also finds those that begin with it."""
    words = plain(keyword)
    is_stem = len(words[words.rstrip().rfind(" ") :].strip()) >= STEM
    return words[:-1] if is_stem else words


@dataclass(frozen=True)
class Filed:
    """By source the topic under which the user files what comes from it."""

    topics: Mapping[str, str]

    def topic_of(self, article: Mapping[str, Any]) -> str:
        """The topic of this article's source; empty where there is none."""
        return self.topics.get(source(article), "") if self.topics else ""


def filed_before(items: Iterable[Item]) -> Filed:
    """What the user's own filing tells, `items` newest first: two or more of a source, and most of them, under one."""
    names: dict[str, str] = {}
    counts: dict[str, Counter[str]] = {}
    for item in items:
        if name := item["topic"].strip():
            # However it was written, the newest spelling stands.
            names.setdefault(name.casefold(), name)
            counts.setdefault(source(item["article"]), Counter())[name.casefold()] += 1
    habits = {where: topics.most_common(1)[0] for where, topics in counts.items()}
    return Filed({
        where: names[name]
        for where, (name, times) in habits.items()
        if times >= HABIT and times * 2 > counts[where].total()
    })  # fmt: skip


def source(article: Mapping[str, Any]) -> str:
    """Who an article comes from: its site, or its first author where anyone may publish on that site."""
    site = host(article["url"])
    return f"{site} {article['authors'][0]}" if article["kind"] in OF_ANYONE and article["authors"] else site


def renew_topics(store: Store, topics: Sequence[Topic]) -> None:
    """Find the topics of what is planned and queued anew, from the texts of the newest and the titles of the others."""
    waiting = [item for status in ("planned", "queued") for item in store.items.newest("status", status)]
    found = {item["id"]: _of_text(store, topics, item) for item in waiting[:MOST_READ]}
    found |= {item["id"]: _of_title(topics, item) for item in waiting[MOST_READ:]}
    changed = [item["id"] for item in waiting if item.get("found_topic", "") != found[item["id"]]]
    with store.transaction():
        items = [item for item_id in changed if (item := store.items.find(item_id))]
        store.items.put_all([{**item, "found_topic": found[item["id"]]} for item in items])


def _of_text(store: Store, topics: Sequence[Topic], item: Mapping[str, Any]) -> str:
    text = store.texts.get(item["text_hash"]) if item["text_hash"] else ""
    return find_topic(topics, item["article"], text)


def _of_title(topics: Sequence[Topic], item: Mapping[str, Any]) -> str:
    """Without reading its text: what was found in that before stands as long as it is one of the topics."""
    before = item.get("found_topic", "")
    kept = before if any(topic["name"] == before for topic in topics) else ""
    return find_topic(topics, item["article"], "") or kept
