"""What stands between the headline and the body and belongs to the article: its summary, and its key points."""

import pytest

from companion.editorial.extraction import extract

URL = "https://vakblad.example/zorg/ruilen"
SUMMARY = "Een ziekenhuis laat wie er werkt zelf de nachten verdelen, en het verzuim daalt."
STORY = [
    f"In week {n} wisselden er {n} collega's van dienst, en niemand hoefde daar iemand voor te bellen."
    for n in range(9)
]
BODY = f"<div class=verhaal>{''.join(f'<p>{line}</p>' for line in STORY)}</div>"
DESCRIBED = f'<meta name="description" content="{SUMMARY}">'
CUT_OFF = f'<meta property="og:description" content="{SUMMARY[:70]} …">'
HEADLINE = "<h1>Ruilen op de afdeling</h1>"


def text_of(between="", above="", head=""):
    """The text of a page whose body stands in a container of its own, with these over it."""
    top = f"<header class=header>{above}{HEADLINE}{between}</header>"
    html = f"<html lang=nl><head><title>Ruilen op de afdeling</title>{head}</head><body>{top}{BODY}</body></html>"
    return extract(html, URL)["text"].splitlines()


@pytest.mark.parametrize(
    ("between", "lead"),
    [
        (f"<p>{SUMMARY}</p>", [SUMMARY]),
        (f"<h2>{SUMMARY}</h2>", [SUMMARY]),
        (f"<p>{SUMMARY}</p><p>Wie er werkt wil niet meer terug.</p>", [SUMMARY]),
        (
            "<h3>In het kort</h3><ul><li>Iedereen ruilt zelf zijn nachten.</li><li>Het verzuim daalt sinds maart.</li></ul>",
            ["In het kort", "Iedereen ruilt zelf zijn nachten.", "Het verzuim daalt sinds maart."],
        ),
    ],
)
def test_a_summary_below_the_headline_leads_the_text(between, lead):
    assert text_of(between)[: len(lead)] == lead


@pytest.mark.parametrize("head", [DESCRIBED, CUT_OFF])
def test_what_the_page_is_described_by_leads_wherever_it_stands(head):
    assert text_of(above=f"<p class=voor>{SUMMARY}</p>", head=head) == [SUMMARY, *STORY]
    assert text_of(above=f"<p class=voor>{SUMMARY}</p>") == STORY


def test_a_summary_that_stands_there_for_two_layouts_leads_once():
    twice = f"<p class=smal>{SUMMARY}</p><p class=breed>{SUMMARY}</p>"
    assert text_of(above=twice, head=DESCRIBED) == [SUMMARY, *STORY]


@pytest.mark.parametrize(
    "between",
    [
        "<p>Door Sanne Verbeek</p>",
        "<p>Door Sanne Verbeek en Youssef el Amrani, met medewerking van Marit Hoekstra van onze redactie in Utrecht</p>",
        "<p>12 maart 2026, 11:45</p>",
        f"<aside><p>{SUMMARY}</p></aside>",
        f"<p class=caption>{SUMMARY}</p>",
        "<p>Zorg</p><p>Leestijd 3 minuten</p>",
        "<figure><img src=a.jpg><figcaption>Het bord op de derde verdieping, dat er sinds vorige week hangt.</figcaption></figure>",
        "<p><a href=/b>Nachtdienst zonder koffie: wat de anderen ervan vonden, en waarom zij bleven.</a></p>",
        "<p>© 2026 Vakblad. Alle rechten voorbehouden, ook die voor het overnemen van dit artikel.</p>",
        "<ul><li>Delen</li><li>Bewaren</li></ul>",
        "<ul><li>Nog één ding dan, dat alleen in een lijst staat.</li></ul>",
        f"<div class=newsletter><p>{SUMMARY}</p></div>",
        "".join(f"<div class=dia>Op de {n}e foto hangt het bord nog, en kijkt er iemand naar.</div>" for n in range(4)),
    ],
)  # fmt: skip
def test_what_tells_who_when_or_something_else_does_not(between):
    assert text_of(between) == STORY
