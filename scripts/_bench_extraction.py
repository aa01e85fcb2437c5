"""Reading pages whose article is known, by Kwartier and by its peers, page by page in turn."""

import gzip
import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html_text
import trafilatura
from readability import Document

from companion.editorial.extraction import extract
from scripts._bench_timing import Timing
from scripts._extraction_scores import (
    NAMES_APART,
    Page,
    are_same_authors,
    is_same_day,
    is_same_title,
    page_score,
    texts_score,
)

# These name no publisher, so pages of them are told apart by their own key.
NO_PUBLISHER = {"", "fakehost", "web.archive.org"}
# One in three is kept aside and never looked at: its score tells what rules are worth where they were not made.
ASIDE_OF = 3


@dataclass(frozen=True)
class Read:
    """What a reader found in a page; None is what it never looks for."""

    text: str = ""
    title: str = ""
    author: Sequence[str] | None = ()
    date: str | None = ""


@dataclass
class Record:
    """How a reader did, page after page."""

    name: str
    found: list[Read] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)


Reader = Callable[[str, str], Read]


def kwartier(html: str, url: str) -> Read:
    """This project, all that it reads of a page."""
    article = extract(html, url)
    return Read(article["text"], article["title"], article["authors"], article["published"] or "")


def with_trafilatura(html: str, url: str) -> Read:
    """Trafilatura as it comes, with metadata; comments are no part of its text."""
    found = trafilatura.bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return Read()
    authors = NAMES_APART.split(found.author) if found.author else []
    return Read(found.text or "", found.title or "", authors, found.date or "")


def with_readability(html: str, _url: str) -> Read:
    """readability-lxml for the article and its title, html_text for the words in it."""
    document = Document(html)
    return Read(html_text.extract_text(document.summary()), document.short_title(), None, None)


READERS: dict[str, Reader] = {
    "Kwartier": kwartier,
    "trafilatura": with_trafilatura,
    "readability-lxml + html_text": with_readability,
}


def bench_extraction(files: Sequence[Path], aside: str, worst: int) -> None:
    """Print a table for each file of pages: of those kept `aside` (`only`), of the others (`not`), or of `all`.

    Behind it the keys of the `worst` pages that were not kept aside, each with what the best of the peers had.
    """
    for file in files:
        pages = [page for page in load(file) if aside == "all" or is_aside(page) == (aside == "only")]
        print(f"\n{file.name}: {len(pages)} pages ({aside if aside == 'all' else f'{aside} kept aside'})")
        if pages:
            records = read_all(pages)
            _print_table(records, pages)
            if _has_text(pages):
                _print_worst(records, pages, worst)


def load(file: Path) -> Iterator[Page]:
    """The pages in a file of JSON lines, compressed or not, or in a folder of regression cases (tests/pages)."""
    if file.is_dir():
        yield from map(_case, sorted(file.iterdir()))
        return
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
        yield from map(json.loads, lines)


def _case(folder: Path) -> Page:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    text, html = "\n".join(expected["text"]), (folder / "page.html").read_text("utf-8")
    return {**expected, "key": folder.name, "html": html, "text": text, "date": expected["published"]}


def is_aside(page: Page) -> bool:
    """Whether the page is one of those that nobody looks at; all of a publisher or none, and none of ours."""
    host = (urlsplit(page["url"]).hostname or "").removeprefix("www.")
    if host.endswith(".example"):
        return False
    return hashlib.sha1((page["key"] if host in NO_PUBLISHER else host).encode()).digest()[0] % ASIDE_OF == 0


def read_all(pages: Sequence[Page]) -> list[Record]:
    """Each page by every reader before the next page, so that a busy moment of the machine meets all of them."""
    logging.disable(logging.CRITICAL)
    records = [Record(name) for name in READERS]
    with ThreadPoolExecutor(1) as pool:
        for record in records:  # What a reader imports or compiles at its first page does not count.
            _read(pool, Record(record.name), pages[0])
        for number, page in enumerate(pages):
            first = number % len(records)
            for record in [*records[first:], *records[:first]]:
                _read(pool, record, page)
    return records


def _read(pool: ThreadPoolExecutor, record: Record, page: Page) -> None:
    started = time.perf_counter()
    reading = pool.submit(READERS[record.name], page["html"], page["url"])
    error = reading.exception()
    record.milliseconds.append((time.perf_counter() - started) * 1000)
    record.found.append(Read() if error else reading.result())
    if error:
        record.raised.append(f"{record.name}, {page['key']}: {error!r}")


def _print_table(records: Sequence[Record], pages: Sequence[Page]) -> None:
    heads = ["F1", "precis.", "recall", "title", "author", "date", "p50 ms", "p95 ms", "raised", "empty"]
    print(f"| {'':<28} | {' | '.join(f'{head:>7}' for head in heads)} |\n|{'-' * 30}|{'--------:|' * len(heads)}")
    for number, record in enumerate(records):
        peers = records[:number] + records[number + 1 :]
        cells = [*_shares(record, pages), *_times(record), str(len(record.raised)), str(_empty(record, peers))]
        print(f"| {record.name:<28} | {' | '.join(f'{cell:>7}' for cell in cells)} |")
    print("raised: pages at which it failed; empty: pages without text where another reader found some")
    print(*(error[:200] for record in records for error in record.raised), sep="\n")


def _has_text(pages: Sequence[Page]) -> bool:
    return "text" in pages[0] or "with" in pages[0]


def _shares(record: Record, pages: Sequence[Page]) -> list[str]:
    shares: list[float | None] = [None] * 3
    if _has_text(pages):
        score = texts_score([read.text for read in record.found], pages)
        shares = [score.f1, score.precision, score.recall]
    shares += [
        _share(record, pages, "title", is_same_title),
        _share(record, pages, "author", are_same_authors),
        _share(record, pages, "date", is_same_day),
    ]
    return ["" if share is None else f"{share:.3f}" for share in shares]


def _share(record: Record, pages: Sequence[Page], name: str, is_right: Callable[[Any, Any], bool]) -> float | None:
    """Of the pages whose gold has this field, how many were right; None where none has it, or the reader finds none."""
    golds = [page.get(name, page.get(f"{name}s")) for page in pages]
    pairs = zip((getattr(read, name) for read in record.found), golds, strict=True)
    # An empty list of authors says that none is named.
    right = [is_right(found, gold) for found, gold in pairs if found is not None and (gold or gold == [])]
    return sum(right) / len(right) if any(right) else None


def _times(record: Record) -> list[str]:
    timing = Timing(record.name, record.milliseconds)
    return [f"{timing.p50:.1f}", f"{timing.p95:.1f}"]


def _empty(record: Record, peers: Sequence[Record]) -> int:
    """On how many pages it found no text where one of the others did."""
    found = zip(record.found, *(peer.found for peer in peers), strict=True)
    return sum(not own.text and any(other.text for other in others) for own, *others in found)


def _print_worst(records: Sequence[Record], pages: Sequence[Page], count: int) -> None:
    own, *peers = [[read.text for read in record.found] for record in records]
    rows = [
        (page_score(text, page).f1, max(page_score(text_, page).f1 for text_ in others), page["key"])
        for text, page, *others in zip(own, pages, *peers, strict=True)
        if not is_aside(page)
    ]
    for f1, best_peer, key in sorted(rows)[:count]:
        print(f"{f1:.3f}  best peer {best_peer:.3f}  {key}")
