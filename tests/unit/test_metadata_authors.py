"""The authors are people, written as people write their names; an organisation where it alone signs."""

import json

import pytest
from lxml.html import document_fromstring

from companion.editorial.metadata import Page, authors
from companion.editorial.metadata.names import is_person, people

URL = "https://www.dagblad.example/economie/ploegendienst"
SITE = '<meta property="og:site_name" content="Dagblad Voorbeeld">'


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(content, name="author"):
    return f'<meta name="{name}" content="{content}">'


def authors_of(html):
    return authors(Page(document_fromstring(f"{SITE}{html}"), URL))


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ("Noor de Wit", ["Noor de Wit"]),
        ("Door Noor de Wit", ["Noor de Wit"]),
        ("By Anna Bos and Cor Dijk", ["Anna Bos", "Cor Dijk"]),
        ("Von Anna Bos, Cor Dijk und Emma van den Berg", ["Anna Bos", "Cor Dijk", "Emma van den Berg"]),
        ("Par Anna Bos et Cor Dijk", ["Anna Bos", "Cor Dijk"]),
        ("Por José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Geschreven door: Anna Bos", ["Anna Bos"]),
        ("Tekst: Anna Bos", ["Anna Bos"]),
        ("Anna Bos; Cor Dijk", ["Anna Bos", "Cor Dijk"]),
        ("Anna Bos, Cor Dijk en ANP", ["Anna Bos", "Cor Dijk", "ANP"]),
        ("Van onze verslaggever Anna Bos", ["Anna Bos"]),
        ("Geschreven door Anna Bos op 12 mei 2026", ["Anna Bos"]),
        ("Anna Bos politiek verslaggever", ["Anna Bos"]),
        ("Anna Bos, hoogleraar, Universiteit Utrecht", ["Anna Bos"]),
        ("Tekst: Anna Bos, beeld: Cor Dijk", ["Anna Bos", "Cor Dijk"]),
        ("Anna Bos, Brussel", ["Anna Bos"]),
        ("Anna Bos, correspondent zorg", ["Anna Bos"]),
        ("Anna Bos | verslaggever", ["Anna Bos"]),
        ("Verslaggever Anna Bos", ["Anna Bos"]),
        ("Anna Bos (anna@dagblad.example)", ["Anna Bos"]),
        ("Anna Bos —", ["Anna Bos"]),
        ("Dr. Anna Bos, PhD", ["Dr. Anna Bos"]),
        ("Sammy Bos, Jr.", ["Sammy Bos Jr"]),
        ("Bos, Anna", ["Anna Bos"]),
        ("ANNA VAN-DIJK", ["Anna Van-Dijk"]),
        ("MDR SACHSEN-ANHALT", ["MDR SACHSEN-ANHALT"]),
        ("Joe S.", ["Joe S."]),
        ("Ministerie van Zorg en Welzijn", ["Ministerie van Zorg en Welzijn"]),
        ("구현모", ["구현모"]),
        ("https://social.example/anna", []),
        ("@annabos", []),
        ("admin", []),
        ("", []),
    ],
)
def test_names_are_written_as_people_write_them(declared, names):
    assert people(declared) == names


@pytest.mark.parametrize(
    "name",
    [
        "Anna Bos",
        "Emma van den Berg",
        "J.R. Stone",
        "Anna Bos-de Wit",
        "Al Baker",
        "mr. dr. Anna Bos",
        "Philippe d’Herbais",
    ],
)
def test_a_person_is_known_by_the_name(name):
    assert is_person(name)


def test_who_is_named_twice_stands_once_and_where_it_was_first():
    assert authors_of(ld(author=["Anna Bos", "Cor Dijk", "ANNA BOS"])) == ["Anna Bos", "Cor Dijk"]


@pytest.mark.parametrize(
    "name", ["Redactie", "Direkt zum Inhalt", "Die Hochzeitslocation", "Zeige alle Beiträge", "Anna bos", "12 mei 2026"]
)
def test_other_words_are_no_person(name):
    assert not is_person(name)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (ld(author=[{"name": "Anna Bos"}, {"name": "Cor Dijk"}]), ["Anna Bos", "Cor Dijk"]),
        (ld(author={"name": ["Anna Bos", "Cor Dijk"]}), ["Anna Bos", "Cor Dijk"]),
        (ld(author="Anna Bos") + meta("Iemand Anders"), ["Anna Bos"]),
        (ld(creator="Anna Bos"), ["Anna Bos"]),
        (ld(author=["Anna Bos", "Dagblad Voorbeeld"]), ["Anna Bos"]),
        (ld(author=["Anna Bos", "Persbureau Noord"]), ["Anna Bos", "Persbureau Noord"]),
        (ld(author={"@type": "Organization", "name": "Dagblad Voorbeeld"}), ["Dagblad Voorbeeld"]),
        (ld(author={"@id": "#anna"}) + '<script type="application/ld+json">{"@id":"#anna","name":"Anna Bos"}</script>', ["Anna Bos"]),
        (meta("Anna Bos") + meta("Cor Dijk"), ["Anna Bos", "Cor Dijk"]),
        (meta("https://social.example/dagblad", "article:author"), []),
        (meta("Geschreven door", "twitter:label1") + meta("Anna Bos", "twitter:data1"), ["Anna Bos"]),
        (meta("5 minuten", "twitter:data1") + meta("Leestijd", "twitter:label1"), []),
    ],
)  # fmt: skip
def test_who_is_declared_is_the_author(html, expected):
    assert authors_of(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<h1>Kop</h1><p class="byline">Door <a>Anna Bos</a> en <a>Cor Dijk</a>, 12 mei</p>', ["Anna Bos", "Cor Dijk"]),
        ('<h1>Kop</h1><div><a rel="author">Anna Bos</a><a rel="author">Cor Dijk</a></div>', ["Anna Bos", "Cor Dijk"]),
        ('<h1>Kop</h1><span itemprop="author"><b itemprop="name">Anna Bos</b> redacteur</span>', ["Anna Bos"]),
        ("<h1>Kop</h1><p>Von Anna Bos</p>", ["Anna Bos"]),
        ("<h1>Kop</h1><p><strong>Anna Bos</strong></p><p>Tekst.", ["Anna Bos"]),
        (
            '<h1>Kop</h1><article><footer class="post-footer"><a rel="author">Anna Bos</a></footer></article>',
            ["Anna Bos"],
        ),
        ('<h1>Kop</h1><span class="author vcard"><a>nachtuil</a></span>', ["nachtuil"]),
        (
            '<div><div><p class="byline">Door Cor Dijk</p></div></div><h1>Kop</h1><p class="byline">Door Anna Bos</p>',
            ["Anna Bos"],
        ),
        ('<p class="byline">Door Anna Bos</p><h1>Kop</h1>', ["Anna Bos"]),
        ('<h1>Kop</h1><div class="comment"><b class="author">Cor Dijk</b></div>', []),
        ('<h1>Kop</h1><aside><p class="byline">Door Cor Dijk</p></aside>', []),
        ("<h1>Kop</h1><p>Von der Leyen spricht heute in Brüssel mit den Ländern.</p>", []),
    ],
)
def test_a_line_near_the_headline_names_who_wrote(html, expected):
    assert authors_of(html) == expected


def test_people_near_the_headline_come_before_the_site_that_is_declared():
    assert authors_of(f'{ld(author="Dagblad Voorbeeld")}<h1>Kop</h1><p class="byline">Door Anna Bos</p>') == [
        "Anna Bos"
    ]


def test_the_article_of_this_page_is_asked_not_the_ones_it_leads_to():
    other = ld(headline="Iets anders", url="https://www.dagblad.example/anders", author="Cor Dijk")
    assert authors_of(other + ld(headline="Ploegendienst", url=URL, author="Anna Bos")) == ["Anna Bos"]
