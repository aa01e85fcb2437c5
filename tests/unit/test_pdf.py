"""PDF documents become articles: paragraphs out of lines, in reading order, without what only leads through them."""

import pytest

from companion import contract
from companion.editorial import pdf
from companion.editorial.articles import is_pdf_address
from companion.editorial.pdf import read_pdf
from tests.documents import BROKEN, LOCKED, SCANNED, Words, document, paragraphs

URL = "https://vakblad.example/rapport.pdf"
FIRST = (
    "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde in een half jaar met "
    "een derde. De leidinggevenden zagen eerst vooral bezwaren."
)
SECOND = (
    "Het antwoord verraste iedereen: er meldden zich meer mensen dan er nodig waren, omdat zij mochten kiezen wat zij "
    "ervoor terugkregen. Zo gaat het nu overal."
)
THIRD = (
    "Wie er niet aan mee wil doen, hoeft dat niet: er blijft altijd een gewoon rooster over voor wie dat liever heeft."
)


def read(*pages, **about):
    reading = read_pdf(document(*pages, about=about), URL)
    assert contract.check("article", reading.article) == []
    return reading


def lines(*pages):
    return read(*pages).article["text"].splitlines()


@pytest.mark.parametrize(
    "layout",
    [
        paragraphs(FIRST, SECOND, THIRD),
        paragraphs(FIRST, SECOND, THIRD, gap=0),
        paragraphs(FIRST, SECOND, THIRD, signs=45),
        [*paragraphs(FIRST, x=60), *paragraphs(SECOND, x=60, y=600), *paragraphs(THIRD, x=60, y=500)],
    ],
    ids=["with gaps", "without gaps", "short lines", "far apart"],
)
def test_lines_become_paragraphs(layout):
    assert lines(layout) == [FIRST, SECOND, THIRD]


def test_a_first_line_that_is_indented_begins_a_paragraph():
    one = paragraphs(FIRST + " Maar toch", SECOND, gap=0)
    other = [line._replace(x=84) if line.text.startswith("Het antwoord") else line for line in one]
    assert lines(other) == [f"{FIRST} Maar toch", SECOND]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    half = FIRST.index("zelf")
    first, second = FIRST[:half].strip(), FIRST[half:]
    column = [*paragraphs(first, signs=40, y=400), *paragraphs(second, signs=40, x=320, y=700)]
    assert lines(column) == [FIRST]
    assert lines(paragraphs(first), paragraphs(second)) == [FIRST]


def test_two_columns_are_read_one_after_the_other_in_whatever_order_they_are_drawn():
    left = paragraphs(FIRST, SECOND, THIRD, signs=40, y=650)
    right = [line._replace(x=320, text=line.text.replace("e", "a")) for line in left]
    expected = [
        text for side in (str, lambda text: text.replace("e", "a")) for text in map(side, (FIRST, SECOND, THIRD))
    ]
    by_row = [line for row in zip(left, right, strict=True) for line in row]
    assert lines(left + right) == expected
    assert lines([Words("Over de volle breedte van de bladzijde staat dit, van links tot rechts, in een enkele regel.", y=700), *by_row])[1:] == expected  # fmt: skip


def test_a_table_is_read_row_by_row():
    names = ["een", "twee", "drie"]
    cells = [
        Words(name + side, x, 700 - 30 * row) for row, name in enumerate(names) for side, x in ((" a", 72), (" b", 350))
    ]
    assert lines([*cells, *paragraphs(FIRST, SECOND, y=500)])[:3] == ["een a een b", "twee a twee b", "drie a drie b"]


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("De samen-", "werking duurt voort.", "De samenwerking duurt voort."),
        ("Die Zusammen-", "arbeit dauert an.", "Die Zusammenarbeit dauert an."),
        ("The co-", "operation goes on.", "The cooperation goes on."),
        ("Zij regelen de in-", "en uitvoer samen.", "Zij regelen de in- en uitvoer samen."),
        ("Die Ein-", "und Ausfuhr steigt.", "Die Ein- und Ausfuhr steigt."),
        ("Er wonen in Noord-", "Holland veel mensen.", "Er wonen in Noord-Holland veel mensen."),
        ("Over de jaren 2024-", "2026 gaat het.", "Over de jaren 2024-2026 gaat het."),
    ],
)
def test_a_word_that_was_broken_is_whole_again(first, second, text):
    assert lines([Words(first), Words(second, y=685)]) == [text]


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it():
    said = Words("That is a well-known fact and nothing new.", y=640)
    assert lines([Words("It is well-"), Words("known to all.", y=685), said])[0] == "It is well-known to all."


def numbered(page, text):
    """A page of a report, with what stands on each."""
    head = Words("Jaarverslag van de Vereniging", y=810, size=8)
    return [head, *paragraphs(text), Words(f"Pagina {page} van 4", y=30, size=8)]


def test_running_heads_and_page_numbers_go():
    texts = [FIRST, SECOND, THIRD, SECOND[::-1]]
    assert lines(*map(numbered, range(1, 5), texts)) == texts


def test_what_is_said_once_at_the_head_of_a_page_stays():
    assert lines([Words("Eenmaal gezegd, en daarna niet meer.", y=810), *paragraphs(FIRST)], paragraphs(SECOND))[0].startswith("Eenmaal")  # fmt: skip


def test_footnotes_come_last():
    half = FIRST.index("zelf")
    note = Words("1 Zie het rapport van vorig jaar.", y=60, size=8)
    assert lines([*paragraphs(FIRST[:half]), note], paragraphs(FIRST[half:])) == [FIRST, note.text]


def test_lines_of_a_table_of_contents_go():
    assert lines([Words("1. Inleiding . . . . . . . . . . . . . . . 4", y=750), *paragraphs(FIRST)]) == [FIRST]


def test_headings_lists_and_paragraphs_are_marked_up_as_such():
    page = [
        Words("Zelf roosteren", y=780, size=22),
        Words("Wat er gebeurde", y=740, size=15),
        *paragraphs(FIRST, y=720),
        Words("Wat er nodig is", y=660, bold=True),
        Words("• tijd en geduld", y=640),
        Words("• een leidinggevende <die> meedoet & vertrouwt", y=626),
        *paragraphs(SECOND, y=600),
    ]
    reading = read(page)
    assert reading.markup == (
        "<h2>Zelf roosteren</h2><h3>Wat er gebeurde</h3>"
        f"<p>{FIRST}</p><h3>Wat er nodig is</h3>"
        "<ul><li>tijd en geduld</li><li>een leidinggevende &lt;die&gt; meedoet &amp; vertrouwt</li></ul>"
        f"<p>{SECOND}</p>"
    )
    assert reading.article["text"].splitlines()[3:5] == ["Wat er nodig is", "tijd en geduld"]


HEADED = [Words("Zelf roosteren, en wat", y=780, size=22), Words("ervan kwam", y=752, size=22), *paragraphs(FIRST)]


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("", "Zelf roosteren, en wat ervan kwam"),
        ("Microsoft Word - rapport-def-2.docx", "Zelf roosteren, en wat ervan kwam"),
        ("Untitled", "Zelf roosteren, en wat ervan kwam"),
        ("rapport_v3.indd", "Zelf roosteren, en wat ervan kwam"),
        ("Het sjabloon van vorig jaar", "Zelf roosteren, en wat ervan kwam"),
        ("Zelf roosteren", "Zelf roosteren"),
    ],
)
def test_the_title_is_the_declared_one_where_it_fits_else_the_largest_line(declared, title):
    assert read(HEADED, Title=declared).article["title"] == title


def test_without_a_large_line_the_declared_title_is_taken():
    assert read(paragraphs(FIRST), Title="Het rooster van morgen").article["title"] == "Het rooster van morgen"
    assert read(paragraphs(FIRST), Title="Document1").article["title"] == ""


@pytest.mark.parametrize(
    ("declared", "authors"),
    [
        ("Anna de Wit", ["Anna de Wit"]),
        ("Anna de Wit; Bram Visser", ["Anna de Wit", "Bram Visser"]),
        ("Anna de Wit en Bram Visser", ["Anna de Wit", "Bram Visser"]),
        ("Microsoft Office User", []),
        ("awit01", []),
        ("a.dewit@vakblad.example", []),
        ("", []),
    ],
)
def test_authors_are_people(declared, authors):
    assert read(paragraphs(FIRST), Author=declared).article["authors"] == authors


@pytest.mark.parametrize(
    ("declared", "published"),
    [
        ("D:20260312073000+01'00'", "2026-03-12T07:30:00+01:00"),
        ("D:20260312073000Z", "2026-03-12T07:30:00Z"),
        ("D:20260312073000", "2026-03-12"),
        ("D:20260312", "2026-03-12"),
        ("D:19010101000000", None),
        ("D:20261350", None),
        ("D:20260231", None),
        ("D:20260312256199Z", None),
        ("D:20260312073000+99'99'", None),
        ("D:99990312", None),
        ("12 maart 2026", None),
        ("", None),
    ],
)
def test_the_date_is_that_at_which_it_was_made(declared, published):
    assert read(paragraphs(FIRST), CreationDate=declared).article["published"] == published


def test_the_language_is_declared_or_seen():
    assert read_pdf(document(paragraphs(FIRST), language="nl-NL"), URL).article["language"] == "nl"
    assert read(paragraphs(FIRST, SECOND, THIRD, FIRST, SECOND)).article["language"] == "nl"


@pytest.mark.parametrize(
    ("content", "lacks"),
    [
        (LOCKED, "locked"),
        (SCANNED, "scanned"),
        (document([Words("Scan")], []), "scanned"),
        (BROKEN, "unreadable"),
        (b"", "unreadable"),
        (document(paragraphs(FIRST))[:400], "unreadable"),
        (b"<!doctype html><p>Log in", "unreadable"),
    ],
    ids=["locked", "scanned", "stamped", "broken", "empty", "cut off", "a page"],
)
def test_one_without_a_text_says_why(content, lacks):
    reading = read_pdf(content, URL)
    assert (reading.lacks, reading.article["text"], reading.article["kind"]) == (lacks, "", "pdf")
    assert contract.check("article", reading.article) == []


def test_one_whose_end_is_damaged_is_read_all_the_same():
    assert FIRST in read_pdf(document(paragraphs(FIRST)).replace(b"startxref", b"xxxxxxxxx"), URL).article["text"]


def test_what_is_written_up_the_margin_is_no_part_of_the_text():
    stamp = Words("Voorlopige versie van 12 maart", x=20, y=300, size=20, upright=True)
    assert lines([stamp, *paragraphs(FIRST)]) == [FIRST]


def test_of_a_very_long_document_the_start_is_read(monkeypatch):
    names = ["een", "twee", "drie", "vier", "vijf", "zes"]
    pages = [paragraphs(" ".join(f"{name}{number}" for number in range(60))) for name in names]
    assert read(*pages).article["text"].split()[-1] == "zes59"
    with monkeypatch.context() as limited:
        limited.setattr(pdf, "MOST_PAGES", 3)
        assert read(*pages).article["text"].split()[-1] == "drie59"
    monkeypatch.setattr(pdf, "MOST_LETTERS", 400)
    assert read(*pages).article["text"].split()[-1] == "twee59"


def test_the_limits_hold_for_any_report_and_end_what_is_made_to_take_for_ever():
    assert (pdf.MOST_PAGES, pdf.MOST_LETTERS) == (1000, 400_000)


@pytest.mark.parametrize(
    ("address", "is_pdf"),
    [
        ("https://a.example/rapport.pdf", True),
        ("https://a.example/Rapport.PDF?download=1", True),
        ("https://a.example/pdf/2301.00001", True),
        ("https://a.example/document/pdf/123", True),
        ("https://a.example/pdf", False),
        ("https://a.example/rapport.pdf.html", False),
        ("https://a.example/?file=rapport.pdf", False),
        ("https://pdf.example/rapport", False),
    ],
)
def test_the_address_says_that_it_is_one(address, is_pdf):
    assert is_pdf_address(address) == is_pdf
