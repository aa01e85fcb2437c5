"""Full-text search over many articles: making the index, adding to it, and queries of every kind."""

import hashlib
import itertools
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import companion.store
from companion.editorial.curation import find_items

WORDS, TOPICS, TOPIC_WORDS = 50_000, 40, 1_000
COMMON_WORDS = 200
LETTERS_PER_ARTICLE, WORDS_PER_SENTENCE = 8_192, 14
ROWS = 20
TIMES = 21

_ONSETS = "b d f g h k l m n p r s t v w z st tr kr br sch pl".split()
_VOWELS = "a e i o u aa ee oo ie oe ui ij eu é".split()
_CODAS = "k l m n p r s t f rk lt nd ng st".split()

Row = tuple[str, list[float]]


def search_rows(items: int) -> list[Row]:
    """What was done, and the milliseconds each time, with this many articles of 8 KB."""
    with tempfile.TemporaryDirectory() as folder:
        store = companion.store.open(Path(folder) / "data")
        try:
            words = vocabulary()
            keep_articles(store, items, words)
            made = ("search index made, each article", [_until_complete(store) / items])
            return [made, *_queries(store, words), ("an article added and found", list(_additions(store, words)))]
        finally:
            store.close()


def vocabulary() -> list[str]:
    """Words that could be Dutch, the commonest first and shortest."""
    random_ = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = 1 if len(found) < COMMON_WORDS else random_.choice((1, 2, 2, 3, 3, 4))
        opens = ("".join(map(random_.choice, (_ONSETS, _VOWELS))) for _ in range(syllables))
        found["".join(opens) + random_.choice(_CODAS)] = None
    return list(found)


def article(words: list[str], seed: int) -> str:
    """8 KB in which words occur as often as in a language (Zipf's law), some of them the article's topic's own."""
    random_ = random.Random(seed)
    count = LETTERS_PER_ARTICLE // 8
    text = random_.choices(words, cum_weights=_weights(), k=count)
    first = COMMON_WORDS + random_.randrange(TOPICS) * TOPIC_WORDS
    for place in random_.sample(range(count), count // 6):
        text[place] = words[first + int(TOPIC_WORDS * random_.random() ** 3)]
    sentences = (" ".join(text[at : at + WORDS_PER_SENTENCE]) for at in range(0, count, WORDS_PER_SENTENCE))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


_WEIGHTS: list[float] = []


def _weights() -> list[float]:
    if not _WEIGHTS:
        _WEIGHTS.extend(itertools.accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
    return _WEIGHTS


def keep_articles(store: companion.store.Store, items: int, words: list[str]) -> None:
    """Put this many articles in the store; their texts are not synchronised to the disk one by one."""
    store.items.put_all([_item(number, _keep(store, article(words, number))) for number in range(1, items + 1)])


def _keep(store: companion.store.Store, text: str) -> str:
    content = text.encode()
    name = hashlib.sha256(content).hexdigest()
    path = store.texts.path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(content))
    return name


def _item(number: int, text_hash: str) -> dict[str, Any]:
    return {
        "id": f"item{number}",
        "number": number,
        "status": "queued",
        "article": {"title": f"Artikel {number}", "site_name": "Vakblad", "authors": []},
        "commentary": "",
        "people": [],
        "hashtags": [],
        "topic": "",
        "text_hash": text_hash,
        "page_hash": None,
    }


def _until_complete(store: companion.store.Store) -> float:
    started = time.perf_counter()
    while not store.search.is_complete:
        time.sleep(0.01)
    return 1000 * (time.perf_counter() - started)


def _queries(store: companion.store.Store, words: list[str]) -> Iterator[Row]:
    """Each time with other words of the same kind, except the commonest."""
    for name, query in (
        ("an ordinary word", lambda turn: f"{words[1_000 + turn]} *"),
        ("two words", lambda turn: f"{words[1_000 + turn]} {words[100 + turn]}"),
        ("a rare word", lambda turn: words[-turn - 1]),
        ("the commonest word", lambda turn: f"{words[0]} *"),
        ("the beginning of a word, three letters", lambda turn: words[turn][:3]),
        ("the beginning of a word, four letters", lambda turn: words[1_000 + turn][:4]),
        ("a phrase", lambda turn: f'"{" ".join(article(words, turn + 1).split()[3:5])}"'),
        ("a word that is nowhere", lambda turn: f"xyzzy{turn}"),
    ):
        queries = [query(turn) for turn in range(TIMES)]
        times = [_milliseconds(lambda query=query: page(store, query)) for query in queries]
        yield f"search: {name}, {ROWS} rows with snippets", times
    ordinary = [f"{words[2_000 + turn]} *" for turn in range(TIMES)]
    times = [_milliseconds(lambda query=query: find_items(store, query=query, limit=ROWS)) for query in ordinary]
    yield f"search: an ordinary word, {ROWS} rows without snippets", times


def page(store: companion.store.Store, query: str) -> int:
    """A page of results as the week shows it; how many there are."""
    found, _ = find_items(store, query=query, limit=ROWS)
    store.search.snippets(query, found)
    return len(found)


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def _additions(store: companion.store.Store, words: list[str]) -> Iterator[float]:
    for number in range(len(store.items) + 1, len(store.items) + 1 + TIMES):
        item = _item(number, _keep(store, article(words, number)))
        store.items.put({**item, "topic": f"nieuw{number}"})
        yield _milliseconds(lambda number=number: page(store, f"nieuw{number}"))


if __name__ == "__main__":
    for name, times in search_rows(20_000):
        print(f"{name:66} {statistics.median(times):8.2f} ms")
