"""A page of a video: what it is about and what is said in it, who put it there, and how long it takes."""

import json

import pytest
from lxml.html import document_fromstring

from companion.editorial import typed, videos
from companion.editorial.metadata import Page

ABOUT = "In deze aflevering spreken we een verpleegkundige die haar eigen rooster maakt.\nMet dank aan het ziekenhuis."
SAID = ["Welkom bij deze aflevering.", "Vandaag gaat het over roosters."]
ARTICLE = "Een heel artikel met een filmpje erin. " * 40
ON_YOUTUBE, ELSEWHERE = "https://www.youtube.com/watch?v=abc", "https://krant.example/video/roosters"


def page(url=ELSEWHERE, head="", body="", title="Zelf roosteren", **fields):
    thing = {"@context": "https://schema.org", "@type": "VideoObject", **fields}
    declared = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    return Page(
        document_fromstring(
            f"<html><head><title>{title}</title>{head}{declared}</head><body>{body}<p>.</p></body></html>"
        ),
        url,
    )


TRANSCRIPT = f'<section data-kwartier="transcript">{"".join(f"<p> {line} </p>" for line in SAID)}<p></p></section>'
BEFORE = (
    "Beschrijving van de video ervoor, die heel wat langer is dan wat er over deze te zeggen valt, en over koken gaat."
)


def shared(about, url):
    return f'<meta property="og:description" content="{about}"><meta property="og:url" content="{url}">'


SHORT = f'<meta property="og:description" content="{ABOUT[:40]}">'


@pytest.mark.parametrize(
    ("given", "found", "text"),
    [
        (page(ON_YOUTUBE, description=ABOUT), "Comments. " * 400, ABOUT),
        (page(ON_YOUTUBE, description=ABOUT, body=TRANSCRIPT), "", "\n".join([ABOUT, *SAID])),
        (page(description=ABOUT, transcript="\n".join(SAID)), "", "\n".join([ABOUT, *SAID])),
        (page(description=ABOUT, head=SHORT), "", ABOUT),
        (page(head=SHORT), "", ABOUT[:40]),
        (page(body=TRANSCRIPT), "", "\n".join(SAID)),
        (page(description=ABOUT), ARTICLE, ARTICLE),
        (page(description=ABOUT, body=TRANSCRIPT), ARTICLE, "\n".join([ARTICLE, *SAID])),
        (page(description=ABOUT, body=TRANSCRIPT), ARTICLE + "\n".join(SAID), ARTICLE + "\n".join(SAID)),
        (page(), "A few words.", None),
        (page(description=7, transcript=["a"]), "", None),
        (page(description=ABOUT[:30], head=f'<meta name="description" content="{ABOUT[:60]}">'), "", ABOUT[:60]),
        (page(ON_YOUTUBE, shared(BEFORE, ON_YOUTUBE), description=ABOUT), "", ABOUT),
        (page(ON_YOUTUBE, shared(BEFORE, "https://www.youtube.com/watch?v=before")), "Found.", None),
        (page(f"{ON_YOUTUBE}&t=9s", shared(ABOUT[:40], ON_YOUTUBE)), "", ABOUT[:40]),
        (page("https://www.youtube.com/shorts/abc", shared(ABOUT[:40], ON_YOUTUBE)), "", ABOUT[:40]),
        (page(ON_YOUTUBE, name="Koken", description=BEFORE), "Found.", None),
        (page(ON_YOUTUBE, name="Zelf roosteren!", description=ABOUT), "", ABOUT),
        (page(name="Over roosters", description=ABOUT), "", ABOUT),
    ],
)
def test_the_text_is_the_description_and_the_transcript(given, found, text):
    assert videos.text(given, found) == text


@pytest.mark.parametrize(
    ("declared", "minutes"),
    [("PT12M", 12), ("PT12M1S", 13), ("PT1H2M", 62), ("PT754S", 13), ("P0DT0H3M0S", 3), ("PT1.5S", 1), ("90", 2),
     ("pt5m", 5), ("PT999999999H", 1440), ("soon", 1), ("", 1), (12, 1), (None, 1)],
)  # fmt: skip
def test_it_takes_as_long_as_it_lasts_else_as_its_text_takes_to_read(declared, minutes):
    assert videos.minutes(page(duration=declared), "A few words.") == minutes


def test_of_an_article_the_length_of_its_video_says_nothing():
    assert typed.minutes(page(duration="PT1H"), "article", "A few words.") == 1


@pytest.mark.parametrize(
    ("given", "channel"),
    [
        (page(author="Zorgkanaal"), "Zorgkanaal"),
        (page(author={"@type": "Person", "name": "Zorgkanaal"}), "Zorgkanaal"),
        (page(publisher=[{"@type": "Organization", "name": "Zorgkanaal"}]), "Zorgkanaal"),
        (page(body='<span itemprop="author"><link itemprop="name" content="Zorgkanaal"></span>'), "Zorgkanaal"),
        (page(), ""),
    ],
)
def test_who_put_it_there(given, channel):
    assert videos.channel(given) == channel


def test_how_many_messages_wait_is_no_part_of_the_title():
    assert typed.title("video", "(3) Zelf roosteren", "") == "Zelf roosteren"
    assert typed.title("article", "(3) redenen", "") == "(3) redenen"
