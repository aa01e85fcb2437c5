"""From a page's HTML to the article in it."""

import re
import time

import pytest

from companion import contract
from companion.editorial.articles import link_article, reading_minutes
from companion.editorial.extraction import extract, page_address, read, read_plain

PARAGRAPH = "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde. " * 6

LATER = [
    "Wie een nacht wilde ruilen schreef dat op het bord in de koffiekamer, en de planner keek er pas op vrijdag naar. "
    * 2,
    "Na een half jaar bleek dat niemand nog vier nachten achter elkaar werkte, al had niemand dat zo afgesproken. " * 2,
]


def page(head="", body="", lang="nl"):
    article = body or f"<article><h1>Ploegendienst</h1>{f'<p>{PARAGRAPH}</p>' * 4}</article>"
    return f"<!doctype html><html lang={lang}><head><title>Ploegendienst | Vakblad Slaap</title>{head}</head>\
<body><nav><a href=/>Home</a> <a href=/contact>Contact</a></nav>{article}<footer>Colofon</footer></body></html>"


LD = '<script type="application/ld+json">{}</script>'
URL = "https://www.vakblad.example/slaap/ploegendienst"


def test_the_text_is_the_article_without_what_stands_around_it():
    text = extract(page(), URL)["text"]
    assert PARAGRAPH.strip() in text
    assert "Contact" not in text
    assert "Colofon" not in text


def test_an_article_is_as_the_contract_says():
    assert contract.check("article", extract(page(), URL)) == []


@pytest.mark.parametrize(
    ("field", "head", "expected"),
    [
        ("title", "", "Ploegendienst"),
        ("title", '<meta property="og:title" content="Ploegendienst zonder schuldgevoel">', "Ploegendienst"),
        ("title", '<meta property="og:title" content="Ploegen&shy;dienst">', "Ploegendienst"),
        ("authors", LD.format('{"@type":"NewsArticle","author":"A. Bos\u00adman"}'), ["A. Bosman"]),
        ("site_name", "", "vakblad.example"),
        ("site_name", '<meta property="og:site_name" content="Vakblad Slaap">', "Vakblad Slaap"),
        ("authors", '<meta name="author" content="Door Noor de Wit">', ["Noor de Wit"]),
        ("authors", LD.format('{"@type":"NewsArticle","author":[{"name":"A. Bos"},{"name":"C. Dijk"}]}'), ["A. Bos", "C. Dijk"]),
        ("authors", LD.format('{"@graph":[{"@type":["Article"],"author":"A. Bos"}]}'), ["A. Bos"]),
        ("authors", LD.format("{broken"), []),
        ("byline", LD.format('{"@type":"NewsArticle","author":[{"name":"A. Bos"},{"name":"C. Dijk"}]}'), "A. Bos, C. Dijk"),
        ("published", '<meta property="article:published_time" content="2026-11-19T08:00:00+01:00">', "2026-11-19T08:00:00+01:00"),
        ("published", '<meta name="date" content="gisteren">', None),
        ("image", '<meta property="og:image" content="/beeld.jpg">', "https://www.vakblad.example/beeld.jpg"),
        ("image", '<meta property="og:image" content="javascript:alert(1)">', None),
        ("language", "", "nl"),
        ("kind", "", "article"),
        ("kind", '<meta property="og:type" content="video.other">', "video"),
        ("kind", LD.format('{"@type":"SocialMediaPosting"}'), "post"),
        ("excerpt", '<meta name="description" content="Wat drie ziekenhuizen leerden.">', "Wat drie ziekenhuizen leerden."),
    ],
)  # fmt: skip
def test_what_the_page_declares_is_read(field, head, expected):
    assert extract(page(head), URL)[field] == expected


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("   ", ""),
        ("<p>Kort bericht.", "Kort bericht."),
        ("geen html", "geen html"),
        ("<p>met \0 nul", "met nul"),
        ("<p>half \ud800 teken", "half ? teken"),
        ("<p>Arbeids&shy;onge\u00adschikt", "Arbeidsongeschikt"),
        ("<base href='http://[::1/bad'><p>Toch leesbaar.", "Toch leesbaar."),
    ],
)
def test_odd_pages_give_their_text_and_no_error(html, text):
    assert extract(html, URL)["text"] == text


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "diep",
        "<a" * 300_000,
        "&amp;" * 300_000,
        "<p>" + "x" * 1_000_000,
        "<p>" * 600 + PARAGRAPH,
        "<" + "a" * 400_000,
        "<div>" * 600 + "<" * 400_000,
        "<p>" + "woord<br>" * 20_000,
        "<table>" + "<tr><td>1<td>2" * 10_000,
        LD.format("[" * 900 + "]" * 900) + PARAGRAPH,
        LD.format('{"@graph":' * 900 + "1" + "}" * 900) + PARAGRAPH,
    ],
    ids=[
        "nested 50,000 deep",
        "tags that never close",
        "entities",
        "one long word",
        "old-style open paragraphs",
        "one long tag name",
        "many opening brackets",
        "line breaks",
        "table rows",
        "lists in lists",
        "graphs in graphs",
    ],
)
def test_hostile_markup_neither_fails_nor_hangs(html):
    started = time.monotonic()
    article = extract(html, URL)
    # Ten times what the slowest takes, so that a busy machine is no fault.
    assert time.monotonic() - started < 20
    assert contract.check("article", article) == []


@pytest.mark.parametrize(
    "opening",
    ["<div>", "<div></x>", '<div a="<">', "<b><div></b>", "<div a=x'>", "<DIV\n>"],
    ids=["plain", "closed by another name", "a tag in a value", "closed too late", "half a quote", "capitals"],
)
def test_markup_nested_too_deep_gives_its_plain_text(opening):
    reading = read(f"<title>Diep</title>{opening * 50_000}diep", URL)
    assert reading.article["text"].endswith("diep")
    assert reading.markup == ""


def test_markup_as_deep_as_pages_are_keeps_its_form():
    reading = read(f"{'<div>' * 200}<article>{f'<p>{PARAGRAPH}</p>' * 3}</article>", URL)
    assert reading.markup.count("<p>") == 3


def words_of(markup):
    return re.sub(r"<[^<>]*>", " ", markup).split()


@pytest.mark.parametrize(
    "name",
    """
    mi mo mn ms mtext mglyph malignmark semantics foreignobject desc g text path
    my-widget font nobr
    """.split(),
)
def test_words_stay_wherever_they_stand(name):
    strange = f"<div><{name}><p>{LATER[0]}</p></{name}></div>"
    reading = read(f"<article><p>{PARAGRAPH}</p>{strange}<p>{LATER[1]}</p></article>", URL)
    assert words_of(reading.markup) == reading.article["text"].split() == " ".join([PARAGRAPH, *LATER]).split()
    assert "<p>" in reading.markup


def test_a_formula_is_read_in_its_sentence_and_once():
    source = '<annotation encoding="application/x-tex">x=y_1</annotation>'
    formula = f"<math><semantics><mi>x</mi><mo>=</mo><msub><mi>y</mi><mn>1</mn></msub>{source}</semantics></math>"
    reading = read(f"<article><p>{PARAGRAPH}</p><p>Let {formula} hold.</p><p>{LATER[0]}</p></article>", URL)
    assert "<p>Let x=y1 hold.</p>" in reading.markup
    assert "\nLet x=y1 hold.\n" in reading.article["text"]


@pytest.mark.parametrize("unread", ["svg", "select", "title", "video", "object", "nav", "noscript"])
def test_what_is_not_read_stands_neither_in_the_text_nor_in_the_markup(unread):
    reading = read(f"<article><p>{PARAGRAPH}</p><{unread}>Speelt niet af</{unread}><p>{LATER[0]}</p></article>", URL)
    assert words_of(reading.markup) == reading.article["text"].split() == f"{PARAGRAPH} {LATER[0]}".split()


def test_a_few_words_on_buttons_do_not_cost_the_markup():
    button = "<button>Afspelen</button>"
    reading = read(f"<article><p>{PARAGRAPH}</p>{button}<p>{LATER[0]}</p></article>", URL)
    assert words_of(reading.markup) == f"{PARAGRAPH} {LATER[0]}".split()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>een<script>twee</script>drie", "een\ndrie"),
        ("<style>een</style><p>Caf&eacute;", "Café"),
        ("een<script>twee</style>drie", "een"),
        ("een<noscript>twee<script>drie</script>vier</noscript>vijf", "een\nvijf"),
    ],
)
def test_plain_text_is_without_code(html, text):
    assert read_plain(html, URL).article["text"] == text


def test_a_link_is_an_article_without_text():
    article = link_article(URL, " Een ti\u00adtel ", "nl-BE")
    assert (article["title"], article["site_name"], article["text"]) == ("Een titel", "vakblad.example", "")


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (238, 1), (250, 2), (1190, 5)])
def test_reading_minutes_follow_the_words(words, minutes):
    assert reading_minutes("abcde " * words) == minutes


def test_longer_words_take_longer():
    assert reading_minutes("arbeidsongeschiktheid " * 500) > reading_minutes("werk " * 500)


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<link rel="canonical" href="https://a.example/b">', "https://a.example/b"),
        ('<meta property="og:url" content="https://a.example/c">', "https://a.example/c"),
        ('<link rel="canonical" href=" https://a.example/b c ">', "https://a.example/b%20c"),
        (f'<link rel="canonical" href="https://a.example/{"b" * 2000}">', None),
        ('<link rel="canonical" href="/b">', None),
        ("", None),
    ],
)
def test_a_saved_page_may_say_its_own_address(html, address):
    assert page_address(html) == address
