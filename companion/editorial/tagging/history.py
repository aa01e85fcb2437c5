"""How the user tagged posts before: the items and own posts that have hashtags or people, newest first."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from companion.editorial.ports import Store
from companion.editorial.tagging.words import WORD, stem
from companion.editorial.times import monday

# Titles that share two words of some length are taken to be about the same.
SHARED_WORDS, LONG = 2, 5

# What is read of it, however much there is: what was tagged long ago says little, and somebody waits for the page.
MOST_READ = {"published": 200, "planned": 100, "queued": 200}
WEEKS_BACK, WEEKS_AHEAD = 26, 12

Values = Sequence[str]


@dataclass(frozen=True)
class Tagged:
    """One post: what it was filed under, its title, and what it was tagged with."""

    topic: str
    title: str
    hashtags: Values
    people: Values


def tagged_before(store: Store, today: date, but: str) -> list[Tagged]:
    """The newest of the user's items, without the one of this id, and then the own posts of half a year."""
    items = [item for status, most in MOST_READ.items() for item in store.items.newest("status", status, limit=most)]
    items.sort(key=lambda item: -item["number"])
    first = monday(today) + timedelta(weeks=WEEKS_AHEAD)
    weeks = [first - timedelta(weeks=number) for number in range(WEEKS_AHEAD + WEEKS_BACK)]
    slots = (slot for week in weeks for slot in store.slots.find_by("week", week.isoformat()))
    found = [_of_item(item) for item in items if item["id"] != but] + [_of_slot(slot) for slot in slots]
    return [one for one in found if one.hashtags or one.people]


def _of_item(item: Mapping[str, Any]) -> Tagged:
    topic = item["topic"] or item.get("found_topic", "")
    return Tagged(topic, item["article"]["title"], item["hashtags"], item["people"])


def _of_slot(slot: Mapping[str, Any]) -> Tagged:
    return Tagged(slot["topic"], slot["topic"], slot.get("hashtags", ()), slot.get("people", ()))


def used_on(history: Iterable[Tagged], topic: str, values: Callable[[Tagged], Values]) -> list[str]:
    """What was used on this topic, the most used first, and of those the newest; nothing where there is no topic."""
    wanted = topic.casefold()
    return _ranked(values(one) for one in history if wanted and one.topic.casefold() == wanted)


def similar(history: Iterable[Tagged], title: str, values: Callable[[Tagged], Values]) -> list[str]:
    """What was used on posts whose titles share words with this one."""
    wanted = _words(title)
    return _ranked(values(one) for one in history if len(wanted & _words(one.title)) >= SHARED_WORDS)


@lru_cache(maxsize=1024)
def _words(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(title) if len(word) >= LONG)


def _ranked(uses: Iterable[Values]) -> list[str]:
    """Counts go by the value without its capitals; the newest spelling stands. Equal counts keep their order."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for values in uses:
        for value in values:
            counts[value.casefold()] += 1
            spelled.setdefault(value.casefold(), value)
    return [spelled[name] for name, _ in counts.most_common()]
