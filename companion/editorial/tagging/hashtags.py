"""Hashtags for a post: first what the user used before, then what the article says most."""

import re
from collections.abc import Iterable, Sequence

from companion.editorial.tagging.history import Tagged, similar, used_on
from companion.editorial.tagging.keywords import OPENING, keywords
from companion.editorial.tagging.suggested import Suggested
from companion.editorial.tagging.words import WORD, stem

MOST = 6
# Of what was used before on the topic no more than leaves room for what is particular to this article.
MOST_USED = 4
# Of the user's tags so many, the newest, are looked for in the text; shorter ones are seldom two words in one.
MOST_SOUGHT, SHORTEST_SOUGHT = 200, 5


def suggest_hashtags(
    text: str, title: str, topic: str, language: str, history: Sequence[Tagged], chosen: Iterable[str] = ()
) -> list[Suggested]:
    """At most six hashtags, the likeliest first, spelled as the user spells them; none of those that are `chosen`.

    `history` is the user's own tagging, newest first. What was used before and stands in this article too comes
    first, also where it joins two words of it, then what was used on its topic or with such a title, then the
    article's own words. Tags that differ in capitals or their ending only are one.
    """
    said = list(keywords(text, title, language))
    used = _used(history, title, topic)
    known = _once([*used, *_ever_used(history)])
    joined = _joined(f"{title}\n{text[:OPENING]}", list(known.values())[:MOST_SOUGHT])
    fits = [*joined, *(known[key] for key in map(stem, said) if key in known)]
    in_text = {stem(one.value) for one in fits}
    others = [one for one in used if stem(one.value) not in in_text][:MOST_USED]
    in_title = set(map(stem, WORD.findall(title)))
    new = [Suggested(word, "title" if stem(word) in in_title else "article") for word in said]
    offered = _once([*fits, *others, *new])
    taken = set(map(stem, chosen))
    return [one for key, one in offered.items() if key not in taken][:MOST]


def _used(history: Sequence[Tagged], title: str, topic: str) -> list[Suggested]:
    on_topic = used_on(history, topic, lambda one: one.hashtags)
    alike = similar(history, title, lambda one: one.hashtags)
    return [*(Suggested(tag, "used", topic) for tag in on_topic), *(Suggested(tag, "similar") for tag in alike)]


def _ever_used(history: Sequence[Tagged]) -> list[Suggested]:
    return [Suggested(tag, "similar") for one in history for tag in one.hashtags]


def _joined(text: str, known: Iterable[Suggested]) -> list[Suggested]:
    """Those tags whose words the text says apart: "AI Act" is #AIAct."""
    small = text.casefold()
    run_on = re.sub(r"[\s-]+", "", small)
    tags = [(one, one.value.casefold()) for one in known if len(one.value) >= SHORTEST_SOUGHT]
    return [one for one, tag in tags if tag in run_on and tag not in small and _says_apart(small, tag)]


def _says_apart(text: str, tag: str) -> bool:
    letters = r"[\s-]?".join(map(re.escape, tag))
    return bool(re.search(rf"(?<!\w){letters}(?!\w)", text))


def _once(wanted: Iterable[Suggested]) -> dict[str, Suggested]:
    once: dict[str, Suggested] = {}
    for one in wanted:
        once.setdefault(stem(one.value), one)
    return once
