"""The text and the title of a post, whatever else its page shows."""

import json

import pytest
from lxml.html import document_fromstring

from companion.editorial import metadata, posts, typed
from companion.editorial.metadata import Page

POST = "Drie weken geleden stopte ik met vergaderen op maandag.\nWat gebeurde er? Niemand miste het, en het werk was eerder af."
FLAT = " ".join(POST.splitlines())
URL = "https://www.linkedin.com/posts/anna-de-wit_vergaderen-activity-7300000000000000000-abcd"


def page(thing=None, head="", body="", title="x"):
    declared = f'<script type="application/ld+json">{json.dumps(thing)}</script>' if thing else ""
    return Page(
        document_fromstring(f"<html><head><title>{title}</title>{head}{declared}</head><body>{body}</body></html>"), URL
    )


def posting(body="", **fields):
    return page({"@context": "https://schema.org", "@type": "SocialMediaPosting", **fields}, body=body)


COMMENTS = [{"@type": "Comment", "text": "Herkenbaar!", "author": {"@type": "Person", "name": "Bram Visser"}}]
IN_LINES = f"<article><div>{POST.replace(chr(10), '<br>')}</div><div>Herkenbaar!</div></article>"
ADVERT = "Ons bureau helpt ook uw team, schrijf mij vandaag."
WALL = "Meld u aan om verder te gaan\nNog geen lid? Word nu lid"


@pytest.mark.parametrize(
    ("given", "found", "text"),
    [
        (posting(articleBody=POST, comment=COMMENTS), WALL, POST),
        (posting(articleBody=POST, comment=COMMENTS), f"{POST}\nHerkenbaar!\nBram Visser", POST),
        (posting(articleBody=FLAT), f"Anna de Wit\n{POST}\nHerkenbaar!", POST),
        (posting(articleBody=FLAT), "", FLAT),
        (posting(text=POST), WALL, POST),
        (posting(articleBody=FLAT.replace(". ", ".<br>").replace("? ", "?</p><p>")), "", FLAT.replace(". ", ".\n").replace("? ", "?\n")),
        (posting(articleBody=FLAT[:60] + "…"), f"{POST}\nHerkenbaar!", None),
        (posting(articleBody=FLAT[:60] + "… see more"), WALL, FLAT[:60] + "… see more"),
        (posting(IN_LINES, articleBody=FLAT[:60]), WALL, POST),
        (posting(IN_LINES, articleBody=FLAT[:60] + "…"), WALL, POST),
        (posting(IN_LINES.replace("<br>", "\n\n"), articleBody=FLAT), WALL, POST),
        (posting(f"<p>{FLAT[:60]}…</p><p>{WALL}</p>", articleBody=POST), WALL, POST),
        (posting(f"<div><p>{FLAT}</p><div>Herkenbaar!</div></div>", articleBody=POST), WALL, FLAT),
        (posting(articleBody=None, text=7), POST, None),
        (page({"@type": "DiscussionForumPosting", "text": POST, "comment": COMMENTS}), f"{POST}\nHerkenbaar!", POST),
        (page(head=f'<meta property="og:description" content="{FLAT}">'), WALL, FLAT),
        (page(head=f'<meta property="og:description" content="{FLAT[:50]}…">'), POST, None),
        (page(), POST, None),
        (posting(f"<p>{FLAT}</p><section><p>{FLAT} {ADVERT}</p></section>", articleBody=FLAT), FLAT, FLAT),
        (posting(f"<p>{FLAT}</p><p>{FLAT} {ADVERT}</p>", articleBody=FLAT[:60]), WALL, FLAT),
        (posting(f"<p>{FLAT[:70]}… more</p><p>{FLAT}</p>", articleBody=FLAT[:60]), WALL, FLAT),
        (page(head=f'<meta property="og:description" content="Attached: 1 image&#10;&#10;{FLAT}">'), WALL, FLAT),
        (page(head=f'<meta property="og:description" content="“{FLAT}”">'), WALL, FLAT),
        (page(title=f"(3) Anna Smit on X: &quot;{FLAT}&quot; / X"), f"Anna Smit@anna\n{POST}\n{ADVERT}", POST),
        (page(title=f"Anna Smit op X: „{FLAT}” / X", body=f"<article>{FLAT}</article>"), "", FLAT),
        (page(body=f"<article><p>{FLAT}</p></article><article>{ADVERT}</article>"), f"{FLAT}\n{ADVERT}", FLAT),
        (page(body=f"<article><p>{FLAT}</p><article>{ADVERT}</article></article>"), f"{FLAT}\n{ADVERT}", None),
    ],
)  # fmt: skip
def test_the_text_is_what_the_author_wrote(given, found, text):
    assert posts.text(given, found) == text


FIRST_LINE = POST.splitlines()[0]


@pytest.mark.parametrize(
    ("declared", "text", "title"),
    [
        ("Anna de Wit on LinkedIn: Drie weken geleden stopte ik met…", POST, FIRST_LINE),
        ("Anna de Wit op LinkedIn: #vergaderen #werk | 12 reacties", POST, FIRST_LINE),
        ("Anna de Wit op Vakkring: Drie weken geleden stopte ik met… | 31 reacties", POST, FIRST_LINE),
        ("Wat wij leerden: nooit meer vergaderen", POST, "Wat wij leerden: nooit meer vergaderen"),
        ("(3) Post | LinkedIn", POST, FIRST_LINE),
        ("(3) Post | Feed", POST, FIRST_LINE),
        ("(12+) Waarom ik stopte met vergaderen", POST, "Waarom ik stopte met vergaderen"),
        ("Anna de Wit (@anna@social.example)", POST, FIRST_LINE),
        ('Anna de Wit on X: "Drie weken geleden', POST, FIRST_LINE),
        ("LinkedIn", POST, FIRST_LINE),
        ("", f"🚀\n{POST}", FIRST_LINE),
        ("", "Kort", "Kort"),
        ("", "woord " * 40, "woord " * 16 + "…"),
        ("Waarom ik stopte met vergaderen", POST, "Waarom ik stopte met vergaderen"),
        ("Wat wij leerden: drie weken zonder baas", POST, "Wat wij leerden: drie weken zonder baas"),
        ("Recruiting on LinkedIn works", POST, "Recruiting on LinkedIn works"),
        ("Anna de Wit on LinkedIn: …", "", "Anna de Wit on LinkedIn: …"),
    ],
)
def test_the_title_is_the_first_line_where_the_page_only_says_whose_post_it_is(declared, text, title):
    assert posts.title(declared, text) == title


def test_an_article_is_left_as_it_is():
    given = posting(articleBody=POST)
    assert typed.text(given, "article", "Found.") is None
    assert typed.title("article", "LinkedIn", POST) == "LinkedIn"
    assert typed.text(given, "post", WALL) == POST


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("(3) Anna de Wit on X: &quot;Drie weken&quot; / X", ["Anna de Wit"]),
        ("Anna de Wit op LinkedIn: Drie weken geleden…", ["Anna de Wit"]),
        ("Drie weken geleden", []),
    ],
)
def test_the_title_says_who_wrote_it_where_nothing_else_does(title, authors):
    assert metadata.authors(page(title=title)) == authors
