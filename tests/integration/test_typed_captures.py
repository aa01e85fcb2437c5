"""Captures that are no article: a PDF, a post, a video, and pages of which the link is all there is to keep."""

import json
from base64 import b64decode, b64encode
from types import SimpleNamespace

import pytest

from companion import contract
from tests.documents import BROKEN, LOCKED, SCANNED, Words, document, paragraphs
from tests.integration.conftest import ARTICLE, capture
from tests.integration.forms import show

SAID = "Drie weken geleden stopte ik met vergaderen op maandag. Niemand miste het, en het werk was eerder af dan ooit."
COMMENT = {"@type": "Comment", "text": "Herkenbaar!", "author": {"@type": "Person", "name": "Bram Visser"}}
POST = {
    "@context": "https://schema.org",
    "@type": "SocialMediaPosting",
    "articleBody": SAID,
    "author": {"@type": "Person", "name": "Anna de Wit", "url": "https://www.linkedin.com/in/anna-de-wit"},
    "datePublished": "2026-11-20T07:30:00Z",
    "comment": [COMMENT],
}
VIDEO = {
    "@context": "https://schema.org",
    "@type": "VideoObject",
    "name": "Zelf roosteren",
    "description": "In deze aflevering spreken we een verpleegkundige die haar eigen rooster maakt.",
    "author": "Zorgkanaal",
    "uploadDate": "2026-11-19",
    "duration": "PT11M20S",
}
REPORT = document(
    [Words("Zelf roosteren", y=780, size=22), *paragraphs(SAID, SAID.upper())], about={"Author": "Anna de Wit"}
)
LOGIN = "<title>Inloggen</title><form>Wachtwoord <input type=password></form><p>Wachtwoord vergeten?</p>"
HOME = "".join(f"<h3><a href=/{n}>Nieuws van dag {n} uit de stad</a></h3>" for n in range(9))


def page(thing, body="", title="Vakkring"):
    declared = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    return f"<html lang=nl><head><title>{title}</title>{declared}</head><body>{body}</body></html>"


@pytest.fixture
def keep(api):
    """Sends a capture; the item as it is told afterwards, with its text."""

    def sent(**changes):
        item = api.post("/api/captures", capture(**changes)).json["item"]
        told = api.get(f"/api/items/{item['id']}").json
        assert contract.check("item", told) == []
        return told

    return sent


def pdf(content, **more):
    return {"html": None, "pdf": b64encode(content).decode(), "url": "https://vakblad.example/rapport.pdf", **more}


def test_a_pdf_becomes_an_article(keep, running, browser):
    item = keep(**pdf(REPORT, title="rapport.pdf"))
    article = item["article"]
    assert (article["kind"], article["title"], article["authors"]) == ("pdf", "Zelf roosteren", ["Anna de Wit"])
    assert article["text"].splitlines() == ["Zelf roosteren", SAID, SAID.upper()]
    assert (item["link_only"], item["fetch"], item["people"]) == (False, None, [])
    assert b64decode(running.store.texts.get(item["page_hash"])) == REPORT
    assert show(browser, f"/items/{item['id']}").text(".reading p") == SAID


@pytest.mark.parametrize(("content", "why"), [(SCANNED, "scanned"), (LOCKED, "locked"), (BROKEN, "unreadable")])
def test_a_pdf_without_a_text_is_kept_as_a_link_and_says_so(keep, running, content, why):
    item = keep(**pdf(content, title="rapport.pdf"))
    assert (item["link_only"], item["fetch"], item["article"]["kind"]) == (True, why, "pdf")
    assert item["article"]["title"] == "rapport.pdf"
    assert b64decode(running.store.texts.get(item["page_hash"])) == content


def test_a_pdf_that_takes_too_much_is_kept_as_a_link_and_says_so(keep, running, monkeypatch):
    monkeypatch.setattr(running, "reader", SimpleNamespace(read_pdf=lambda *_: None))
    assert keep(**pdf(REPORT))["fetch"] == "unreadable"


def test_a_pdf_gives_a_link_its_text(keep):
    link = keep(**pdf(REPORT) | {"pdf": None})
    assert (link["link_only"], link["article"]["kind"]) == (True, "pdf")
    item = keep(**pdf(REPORT))
    assert (item["id"], item["link_only"], item["article"]["title"]) == (link["id"], False, "Zelf roosteren")


def test_a_post_is_its_own_words_and_its_author_is_to_be_tagged(keep):
    item = keep(
        html=page(POST, "<p>Meld u aan om verder te lezen</p>", "Anna de Wit op LinkedIn: Drie weken…"), title=""
    )
    article = item["article"]
    assert (article["kind"], article["text"]) == ("post", SAID)
    assert article["authors"] == item["people"] == ["Anna de Wit"]
    assert article["title"].startswith("Drie weken geleden stopte ik")


def test_a_post_by_a_crowd_is_kept_with_as_many_people_as_an_item_may_have(keep):
    crowd = [{"@type": "Person", "name": f"Anna V{'o' * n}s and Bram D{'i' * n}k"} for n in range(1, 41)]
    people = keep(html=page({**POST, "author": crowd}))["people"]
    assert people[:3] == ["Anna Vos", "Bram Dik", "Anna Voos"]
    assert len(people) == 50


def test_whoever_the_user_named_stays(keep, api):
    item = keep(html=None)
    api("PATCH", f"/api/items/{item['id']}", {"people": ["Carla Smit"]})
    assert keep(html=page(POST))["people"] == ["Carla Smit"]


def test_nobody_is_tagged_for_an_article(keep):
    named = ARTICLE.replace("<head>", '<head><meta name="author" content="Anna de Wit">')
    item = keep(html=named)
    assert (item["article"]["authors"], item["people"]) == (["Anna de Wit"], [])


def test_a_video_takes_as_long_as_it_lasts(keep, browser):
    said = '<section data-kwartier="transcript"><p>Welkom bij deze aflevering.</p></section>'
    item = keep(html=page(VIDEO, said, "Zelf roosteren"))
    article = item["article"]
    assert (article["kind"], article["title"], article["authors"]) == ("video", "Zelf roosteren", ["Zorgkanaal"])
    assert article["text"] == f"{VIDEO['description']}\nWelkom bij deze aflevering."
    assert (article["reading_minutes"], article["published"]) == (12, "2026-11-19")
    assert "video of 12 min" in show(browser, f"/items/{item['id']}").text(".kicker")


WALL = "<title>Just a moment...</title><p>Checking your browser before accessing krant.example."
NO_ARTICLES = [
    ("https://krant.example/login", LOGIN, "login"),
    ("https://krant.example/artikel", WALL, "wall"),
    ("https://krant.example/", HOME, "no_article"),
]
WORDS = {
    ("login", "en"): ("behind a login", "This page is behind a login"),
    ("login", "nl"): ("achter een login", "Deze pagina zit achter een login"),
    ("wall", "en"): ("behind a check", "wants to see a person"),
    ("wall", "nl"): ("achter een controle", "wil eerst zien dat er een mens"),
    ("no_article", "en"): ("no article", "There is no article here"),
    ("no_article", "nl"): ("geen artikel", "Hier staat geen artikel"),
}


@pytest.mark.parametrize(("url", "html", "why"), NO_ARTICLES)
def test_of_a_page_that_is_no_article_the_link_is_kept_and_the_page(keep, running, url, html, why):
    item = keep(url=url, html=html, commentary="Toch bewaard.")
    assert (item["link_only"], item["fetch"], item["commentary"]) == (True, why, "Toch bewaard.")
    assert (item["text_hash"], item["article"]["reading_minutes"], item["article"]["kind"]) == (None, 0, "other")
    assert running.store.texts.get(item["page_hash"]) == html


@pytest.mark.parametrize(("url", "html", "why"), NO_ARTICLES)
def test_the_article_that_comes_in_its_place_takes_it(keep, running, url, html, why):
    before = keep(url=url, html=html)
    after = keep(url=url)
    assert (after["id"], after["fetch"], after["link_only"]) == (before["id"], None, False)
    assert running.store.texts.get(after["page_hash"]) == ARTICLE
    assert before["page_hash"] not in set(running.store.texts.names())


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("url", "html", "why"), NO_ARTICLES)
def test_the_week_and_the_page_of_it_say_so(keep, browser, url, html, why, language):
    item = keep(url=url, html=html)
    short, long = WORDS[why, language]
    assert short in show(browser, "/", language).text(f"#item-{item['id']} summary")
    assert long in show(browser, f"/items/{item['id']}", language).text(".article-text")


@pytest.mark.parametrize(("url", "html", "why"), NO_ARTICLES)
def test_what_was_known_of_an_article_stays_where_such_a_page_comes_in_its_place(keep, url, html, why):
    before = keep(url=url, html=None, title="Het goede artikel")
    after = keep(url=url, html=html, title="Inloggen")
    assert (after["id"], after["fetch"], after["article"]) == (before["id"], why, before["article"])


def test_such_a_link_is_suggested_after_what_there_is_to_read(keep, browser):
    home = {"url": "https://krant.example/", "html": HOME, "captured_at": "2026-11-22T11:59:00Z"}
    link, article = keep(**home), keep(captured_at="2026-11-01T11:00:00Z")
    assert suggested(browser) == [f"/items/{article['id']}"]
    keep(**home, commentary="Mijn kijk.")
    # What was suggested first keeps its place.
    assert suggested(browser) == [f"/items/{article['id']}", f"/items/{link['id']}"]


def suggested(browser):
    weeks = [show(browser, f"/?week=2026-W{number}") for number in (48, 49)]
    return [link.get("href") for week in weeks for link in week.find(".slot.suggest .title a[href^='/items/']")]
