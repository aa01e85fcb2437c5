"""Making a regression case of a page, and the likeness by which cases and benches are judged."""

import json

import pytest

from scripts import new_page_case
from scripts._extraction_scores import are_same_authors, is_same_day, is_same_title, text_score, texts_score
from scripts.new_page_case import make_case, without_code

URL = "https://vakblad.example/slaap/ploegendienst"
LINES = [f"In week {week} maakte afdeling {week} haar eigen rooster, en niemand wilde terug." for week in range(1, 9)]
PAGE = f"""<html lang=nl><head><title>Ploegendienst</title><link rel=canonical href="{URL}"><style>p {{ color: red }}</style>
<script type="application/ld+json">{{"@type":"NewsArticle","author":"Noor de Wit"}}</script><script>later()</script></head>
<body><!-- kop --><svg class=logo><path d="M0 0"/></svg><article>{"".join(f"<p>{line}</p>" for line in LINES)}</article></body></html>"""


@pytest.fixture
def saved(tmp_path):
    file = tmp_path / "saved.html"
    file.write_text(PAGE, encoding="utf-8")
    return str(file)


def test_a_case_holds_the_page_and_what_is_read_of_it_now(saved, tmp_path):
    folder = make_case(saved, "ploegendienst", None, tmp_path)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert (expected["url"], expected["title"], expected["authors"]) == (URL, "Ploegendienst", ["Noor de Wit"])
    assert expected["text"] == LINES
    assert [passage for passage in expected["contains"] if passage not in " ".join(LINES)] == []
    assert (folder / "page.html").read_text("utf-8") == without_code(PAGE)


def test_the_page_is_without_what_the_extension_does_not_send():
    page = without_code(PAGE)
    assert "later()" not in page
    assert "color" not in page
    assert "kop" not in page
    assert "<svg class=logo></svg>" in page
    assert "Noor de Wit" in page


def test_a_case_that_is_there_is_never_written_over(saved, tmp_path):
    make_case(saved, "ploegendienst", None, tmp_path)
    with pytest.raises(FileExistsError):
        make_case(saved, "ploegendienst", None, tmp_path)


@pytest.mark.parametrize("slug", ["../elders", "Hoofdletter", "a--b", "", "a/b"])
def test_a_name_that_is_no_slug_is_refused(saved, slug, tmp_path):
    with pytest.raises(ValueError, match="slug"):
        make_case(saved, slug, None, tmp_path / "pages")
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize("source", ["/there/is/no/such/file.html", "http://127.0.0.1:9/"])
def test_what_cannot_be_read_is_said(source, capsys):
    assert new_page_case.main([source, "ploegendienst"]) == 1
    assert "No case was made" in capsys.readouterr().err


def test_a_file_that_does_not_say_its_address_needs_one(tmp_path):
    file = tmp_path / "saved.html"
    file.write_text("<p>Kort.</p>", encoding="utf-8")
    with pytest.raises(ValueError, match="--url"):
        make_case(str(file), "kort", None, tmp_path)
    assert make_case(str(file), "kort", URL, tmp_path).is_dir()


@pytest.mark.parametrize(
    ("text", "gold", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1, 1),
        ("a, b. C d\ne", "a b C d e", 1, 1),
        ("a b c d", "a b c d e", 1, 0.5),
        ("a b c d e f", "a b c d e", 2 / 3, 1),
        ("a b c d a b c d", "a b c d", 0.2, 1),
        ("e d c b a", "a b c d e", 0, 0),
        ("", "a b c d", 0, 0),
        ("a b", "a b", 1, 1),
    ],
)
def test_texts_are_compared_by_runs_of_four_words(text, gold, precision, recall):
    score = text_score(text, gold)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_phrases_are_counted_over_all_pages():
    pages = [{"with": ["een", "twee"], "without": ["menu"]}, {"with": ["drie"], "without": ["reclame", "menu"]}]
    score = texts_score(["een twee menu", "vier"], pages)
    assert (score.precision, score.recall) == pytest.approx((2 / 3, 2 / 3))


@pytest.mark.parametrize(
    ("found", "gold", "is_same"),
    [
        ("‘Rust’ – een  recht", "'rust' - Een recht", True),
        ("Ploegen\u00addienst", "Ploegendienst", True),
        ("Rust | Vakblad", "Rust", False),
    ],
)
def test_titles_are_compared_apart_from_how_marks_are_written(found, gold, is_same):
    assert is_same_title(found, gold) == is_same


@pytest.mark.parametrize(
    ("found", "gold", "is_same"),
    [
        (["C. Dijk", "A. Bos"], ["A. Bos", "C. Dijk"], True),
        (["A. Bos en C. Dijk"], ["A. Bos", "C. Dijk"], False),
        (["A. Bos", "C. Dijk"], "A. Bos and C. Dijk", True),
        (["A. Bos"], "A. Bos; C. Dijk", False),
        ([], [], True),
    ],
)
def test_authors_are_the_same_people(found, gold, is_same):
    assert are_same_authors(found, gold) == is_same


def test_dates_are_compared_by_their_day():
    assert is_same_day("2026-03-11T06:30:00+01:00", "2026-03-11")
    assert not is_same_day("", "2026-03-11")
