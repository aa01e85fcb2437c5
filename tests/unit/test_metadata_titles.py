"""The headline is what the page calls itself in two places, without what the site adds."""

import pytest
from lxml.html import document_fromstring

from companion.editorial.metadata import Page, title

URL = "https://www.vakblad.example/slaap/ploegendienst"
SITE = '<meta property="og:site_name" content="Vakblad Slaap">'


def og(text):
    return f'<meta property="og:title" content="{text}">'


def ld(text):
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{text}"}}</script>'


def title_of(html):
    return title(Page(document_fromstring(html), URL))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"{og('Slapen na de nachtdienst - Vakblad Slaap')}{SITE}", "Slapen na de nachtdienst"),
        (f"{og('Vakblad Slaap | Slapen na de nachtdienst')}{SITE}", "Slapen na de nachtdienst"),
        ("<title>Slapen na de nachtdienst | Vakblad.example</title>", "Slapen na de nachtdienst"),
        (f"{og('Slapen na de nachtdienst - Slaap | Nieuws')}<h1>Slapen na de nachtdienst</h1>", "Slapen na de nachtdienst"),
        (f"{og('Slapen – en werken – in ploegen')}", "Slapen – en werken – in ploegen"),
        (f"{og('夜勤のあとの眠り方-睡眠新聞')}{ld('夜勤のあとの眠り方')}", "夜勤のあとの眠り方"),
        (f"{SITE}<h1>Vakblad Slaap</h1><h2>Slapen na de nachtdienst</h2><title>Slapen na de nachtdienst « Vakblad Slaap</title>", "Slapen na de nachtdienst"),
    ],
)  # fmt: skip
def test_the_site_and_its_sections_are_no_part_of_it(html, expected):
    assert title_of(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"{og('Voor wie deelt')}{ld('De kop')}<h1>De kop</h1>", "De kop"),
        (f"{og('De kop')}{ld('Voor zoekers')}<h1>De kop</h1><title>Voor zoekers</title>", "De kop"),
        (f"{og('Analyse: de kop')}{ld('Analyse: de kop')}<h1>Kop zonder meer</h1><title>Kop zonder meer</title>", "Analyse: de kop"),
        (f"{og('Voor wie deelt de kop')}<h1>De kop</h1>", "De kop"),
        (f"{og('Voor wie deelt')}<h1>Menu</h1><h1>Zoeken</h1>", "Voor wie deelt"),
        ("<title>De kop » Blog</title><h1>Alles over rust</h1><h2>De kop</h2>", "De kop"),
        (og("Voor wie deelt"), "Voor wie deelt"),
        ("<h1>De kop</h1>", "De kop"),
        ("<title>De kop</title>", "De kop"),
        ("<p>Alleen tekst", ""),
    ],
    ids=[
        "h1 and JSON-LD", "h1 and og", "JSON-LD and og", "h1 alone, like the others", "h1 unlike the others",
        "a lesser heading", "og alone", "h1 only", "title only", "nothing",
    ],
)  # fmt: skip
def test_what_two_places_agree_on_is_the_headline(html, expected):
    assert title_of(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (og("Zorg &amp;amp; werk"), "Zorg & werk"),
        (og("Ploegen&shy;dienst"), "Ploegendienst"),
        (ld("Zorg <em>en</em> werk"), "Zorg en werk"),
        (og("Zorg\u200b en\u0007 werk"), "Zorg en werk"),
        (f'{og("“Zorg” – en werk")}<h1>"Zorg" - en werk</h1>', "“Zorg” – en werk"),
        (
            f"{og('Slapen na de dienst')}<h1><span>Nacht</span><span>Slapen na de dienst</span></h1>",
            "Slapen na de dienst",
        ),
    ],
)
def test_it_is_one_line_of_plain_text(html, expected):
    assert title_of(html) == expected


def test_a_post_is_not_called_after_who_posted_it_and_how_many_reacted():
    post = '<script type="application/ld+json">{"@type":"SocialMediaPosting","headline":"Vandaag geleerd."}</script>'
    assert title_of(f"{og('Noor de Wit op Vakkring: Vandaag geleerd. | 31 reacties')}{post}") == "Vandaag geleerd."
