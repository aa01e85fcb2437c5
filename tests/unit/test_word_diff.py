"""How a long text differs from another, as the preview of an import shows it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.web.pages.plan_pages.word_diff import WordDiffs, word_diff

WORDS = " ".join(f"woord{number}" for number in range(40))


def told(parts):
    return [(part.sort, part.text) for part in parts]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("een twee drie", "een twee drie", [("same", "een twee drie")]),
        ("een twee drie", "een vier drie", [("same", "een"), ("old", " twee"), ("new", " vier"), ("same", " drie")]),
        ("een twee", "een twee\n\ndrie", [("same", "een twee"), ("new", "\n\ndrie")]),
        ("een twee", "", [("old", "een twee")]),
        ("", "een", [("new", "een")]),
        (
            f"{WORDS} twee",
            f"{WORDS} drie",
            [("same", "… woord34 woord35 woord36 woord37 woord38 woord39"), ("old", " twee"), ("new", " drie")],
        ),
        (
            f"twee {WORDS} vier",
            f"twaalf {WORDS} vijf",
            [
                ("old", "twee"), ("new", "twaalf"),
                ("same", " woord0 woord1 woord2 woord3 woord4 woord5… woord34 woord35 woord36 woord37 woord38 woord39"),
                ("old", " vier"), ("new", " vijf"),
            ],
        ),
    ],
)  # fmt: skip
def test_what_changed_is_told_word_by_word_between_the_words_that_stayed(old, new, parts):
    assert told(word_diff(old, new)) == parts


FEW_WORDS = st.lists(st.sampled_from(["een ", "twee", " drie\n", "  ", "vier"]), max_size=12).map("".join)


@given(FEW_WORDS, FEW_WORDS)
def test_both_texts_can_be_read_from_it(old, new):
    parts = [(sort, text) for sort, text in told(word_diff(old, new)) if "…" not in text]
    if parts == told(word_diff(old, new)):
        assert "".join(text for sort, text in parts if sort != "new") == old
        assert "".join(text for sort, text in parts if sort != "old") == new


def thousand(each):
    """A thousand words, and the same with each so many changed."""
    return " ".join(map(str, range(1000))), " ".join(f"{n}x" if n % each == 0 else str(n) for n in range(1000))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        thousand(4),
        ("a " * 1999 + "b", "b " + "a b " * 900),
        ("a " * 199 + "b", "b " + "a b " * 99),
        ("a " * 25_000, "b a " * 12_500),
        ("a" * 50_000, "b" * 50_000),
        (" " * 50_000, "\n" * 49_000 + "a"),
    ],
    ids=["a thousand words", "one word over and over", "the same, fewer", "as long as can be", "one word", "blanks"],
)
def test_no_text_takes_long(old, new):
    begun = time.perf_counter()
    word_diff(old, new)
    assert time.perf_counter() - begun < 3


def test_a_page_of_many_long_texts_shows_the_last_by_their_beginnings():
    page = WordDiffs()
    old, new = thousand(10)
    shown = [page.between(old, new) for _ in range(60)]
    assert len(shown[0]) == 300
    assert told(shown[-1]) == [("old", f"{old[:400]}…"), ("new", f"{new[:400]}…")]
