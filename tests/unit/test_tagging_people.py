"""Suggested people: who wrote it, who was tagged on its topic before, who is named in it."""

import json
from pathlib import Path

import pytest

from companion.editorial import extraction
from companion.editorial.tagging.history import Tagged
from companion.editorial.tagging.people import suggest_people
from companion.editorial.tagging.suggested import Suggested

PAGES = Path(__file__).parent.parent / "pages"
HISTORY = [
    Tagged("Slaap", "", [], ["Sanne de Wit", "@jan"]),
    Tagged("Slaap", "", [], ["Sanne de Wit"]),
    Tagged("Recht", "", [], ["Anouk de Graaf"]),
]


def suggested(text="", authors=(), topic="", language="nl", history=HISTORY, chosen=()):
    article = {"authors": list(authors), "site_name": "Vakblad Slaap", "language": language}
    return suggest_people(article, text, topic, history, chosen)


def names(**given):
    return [one.value for one in suggested(**given)]


def test_the_author_comes_first_then_who_was_tagged_before_then_who_is_named():
    found = suggested("‘Het rooster is van de ploeg’, zegt Barbara Wiersma.", ["Fenna Bijlsma"], "slaap")
    assert found == [
        Suggested("Fenna Bijlsma", "wrote"),
        Suggested("Sanne de Wit", "used", "slaap"),
        Suggested("@jan", "used", "slaap"),
        Suggested("Barbara Wiersma", "named"),
    ]


@pytest.mark.parametrize("author", ["Redactie", "Onze redactie", "Vakblad Slaap", "ANP", "Editorial Team", "admin"])
def test_a_desk_a_site_and_an_agency_are_no_people(author):
    assert names(authors=[author]) == []


def test_nobody_is_suggested_twice_or_again():
    text = "Sanne de Wit zegt het, en Fenna Bijlsma zegt het ook, en dan nog eens."
    assert names(text=text, authors=["Fenna Bijlsma"], topic="Slaap", chosen=["fenna bijlsma"]) == [
        "Sanne de Wit",
        "@jan",
    ]


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        ("nl", "In de loods opende burgemeester Karin Postma de nieuwe hal vandaag.", ["Karin Postma"]),
        ("nl", "Wethouder Inge Mulder knikt, en verder weet niemand hoe het moet.", ["Inge Mulder"]),
        ("nl", "Annelies van Rooijen koos voor een diepe bron met haar zes collega’s.", ["Annelies van Rooijen"]),
        ("nl", "Het dorp ligt tussen de Nieuwe Kerkstraat en het Grote Plein in Oudemeer.", []),
        ("nl", "Vrijdag Februari is geen datum, en Hogeschool Zevenwolden is geen mens.", []),
        ("en", "Hotel owner Craig Lorimer said guests had asked for refunds in June.", ["Craig Lorimer"]),
        ("en", "The European Commission and the Royal Bank met in New York last Monday.", []),
        ("en", "Chief Executive Jane Roberts said that robots from Boston Dynamics sell.", ["Jane Roberts"]),
        ("en", "Silicon Valley and Wall Street agree, said Acme Corporation in a letter.", []),
        ("nl", "Den Haag zegt niets, zegt Philips Medical, aldus Rabobank Nederland vandaag.", []),
        ("de", "Personalleiterin Gesine Albers sieht das anders als der Betriebsrat.", ["Gesine Albers"]),
        ("de", "Der Plan hängt im Oktober, und das Tauschen geht über ein Blatt Papier.", []),
        ("fr", "« On chauffait un four à moitié vide », résume la cuisinière, Nadia Roques.", ["Nadia Roques"]),
    ],
)
def test_people_are_told_from_other_words_with_capitals(language, sentence, found):
    assert names(text=sentence, language=language) == found


def test_on_whole_pages_nearly_all_who_are_suggested_are_people():
    # By hand: everyone in these pages with a first name and a surname whom a post could be about.
    people = {
        "de-fachartikel": "Ulrike Sandmann; Gesine Albers; Emil Radtke",
        "en-news-inline-related": "Morag Ellison; Tom Ashdown; Isla Renwick; Craig Lorimer",
        "fr-actualite": "Solène Marchetti; Nadia Roques; Marcel Bonnaire",
        "nl-company-news-divs": "Karin Postma; Mo Haddad",
        "nl-consent-wall": "Corrie Veldkamp; Nynke Faber",
        "nl-regional-newspaper-react": "Esmée Brouwer; Thijs van der Laan; Ruud Tanis; Joke Pieterse; Inge Mulder",
        "nl-trade-press-drupal": "Jan de Vries; Wim Oosterling; Annelies van Rooijen; Sander Kuipers",
    }
    right = wrong = missed = 0
    for slug, named in people.items():
        url = json.loads((PAGES / slug / "expected.json").read_text())["url"]
        article = extraction.extract((PAGES / slug / "page.html").read_text(), url)
        found = {one.value for one in suggest_people(article, article["text"], "", [])}
        wanted = set(named.split("; "))
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    assert right >= 21
    assert wrong <= 3
    assert missed <= 2
