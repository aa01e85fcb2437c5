"""Whole pages as sites make them, each with what is to be read of it; `scripts/new_page_case.py` adds one.

Their publishers, people and words are made up. A case lies in tests/pages: page.html, and expected.json with the gold
text, a line for each block, and the least likeness to it (F1 of runs of four words) that is good enough.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from companion import contract
from companion.editorial.extraction import read
from scripts._extraction_scores import text_score

PAGES = Path(__file__).parent.parent / "pages"
SLUGS = sorted(folder.name for folder in PAGES.iterdir())
FIELDS = ["url", "title", "authors", "site_name", "language", "kind", "image"]


@dataclass(frozen=True)
class Case:
    """What was read of a page, and what is expected."""

    article: Any
    markup: str
    expected: dict[str, Any]


@cache
def case(slug: str) -> Case:
    expected = json.loads((PAGES / slug / "expected.json").read_text("utf-8"))
    reading = read((PAGES / slug / "page.html").read_text("utf-8"), expected["url"])
    return Case(reading.article, reading.markup, expected)


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_is_the_article(slug):
    found = case(slug)
    score = text_score(found.article["text"], "\n".join(found.expected["text"]))
    assert score.f1 >= found.expected["floor"], score


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_of_the_article_is_lost(slug):
    text = one_line(case(slug).article["text"])
    assert [passage for passage in case(slug).expected["contains"] if passage not in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_from_around_it_slips_in(slug):
    text = one_line(case(slug).article["text"])
    assert [passage for passage in case(slug).expected["lacks"] if passage in text] == []


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("slug", SLUGS)
def test_what_the_page_says_of_itself_is_found(slug, field):
    assert case(slug).article[field] == case(slug).expected[field]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_day_is_that_on_which_it_was_published(slug):
    found = case(slug)
    assert (found.article["published"] or "").startswith(found.expected["published"] or "")


@pytest.mark.parametrize("slug", SLUGS)
def test_it_is_as_the_contract_says_and_has_a_reader_view(slug):
    found = case(slug)
    assert contract.check("article", found.article) == []
    assert found.markup


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_asked_of_the_text_holds_for_the_gold_text(slug):
    expected = case(slug).expected
    gold = one_line(" ".join(expected["text"]))
    assert [passage for passage in expected["contains"] if passage not in gold] == []
    assert [passage for passage in expected["lacks"] if passage in gold] == []
