"""What else a page says of itself: site, language, address, image, summary and kind; and nothing makes it fail."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HTMLParser, document_fromstring

from companion.editorial import metadata
from companion.editorial.metadata import Page

URL = "https://www.dagblad.example/economie/ploegendienst"
DUTCH = (
    "De nacht is lang en het werk van de ploeg is niet voor een mens dat er ook bij dag nog om slaap moet vragen. " * 9
)
ENGLISH = (
    "The night is long and the work of the crew is not for a man who has to ask for his sleep by day as well. " * 9
)
READERS = (
    metadata.title, metadata.authors, metadata.published, metadata.site_name, metadata.language, metadata.address,
    metadata.image, metadata.excerpt,
)  # fmt: skip


def page(html, url=URL):
    tree = document_fromstring(html.encode("utf-8", "replace"), parser=HTMLParser(huge_tree=True, encoding="utf-8"))
    return Page(tree, url)


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def ld(things):
    return f'<script type="application/ld+json">{json.dumps(things)}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (meta("og:site_name", "Dagblad Voorbeeld"), "Dagblad Voorbeeld"),
        (meta("og:site_name", "Dagblad Voorbeeld - nieuws uit de regio"), "Dagblad Voorbeeld"),
        (meta("og:site_name", "https://www.dagblad.example/"), "dagblad.example"),
        (ld({"@type": "NewsArticle", "publisher": {"name": "Dagblad Voorbeeld"}}), "Dagblad Voorbeeld"),
        (ld([{"@type": "Article", "publisher": {"@id": "#us"}}, {"@id": "#us", "name": "Het Dagblad"}]), "Het Dagblad"),
        (ld({"@type": "WebSite", "name": "Het Dagblad"}), "Het Dagblad"),
        ("<p>tekst", "dagblad.example"),
    ],
)
def test_the_site_is_called_as_it_calls_itself(html, expected):
    assert metadata.site_name(page(html)) == expected


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ('<html lang="nl-BE">', "", "nl"),
        (meta("og:locale", "nl_NL"), "", "nl"),
        (ld({"@type": "Article", "inLanguage": "nl-NL"}), "", "nl"),
        ("<p>", DUTCH, "nl"),
        ("<p>", ENGLISH, "en"),
        ("<p>", "Kort bericht.", None),
        ("<p>", "7 8 9 " * 100, None),
        ('<html lang="en">', DUTCH, "nl"),
        ('<html lang="en">', DUTCH[:110], "en"),
        ('<html lang="fy">', DUTCH, "fy"),
    ],
    ids=[
        "declared", "for sharing", "in JSON-LD", "Dutch text", "English text", "too short to tell", "no words",
        "a template's language", "too short to overrule", "a language we do not know",
    ],
)  # fmt: skip
def test_the_language_is_declared_or_detected(html, text, expected):
    assert metadata.language(page(html), text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (meta("og:image", "/beeld.jpg"), "https://www.dagblad.example/beeld.jpg"),
        (ld({"@type": "Article", "image": [{"url": "https://a.example/b.jpg"}]}), "https://a.example/b.jpg"),
        (meta("og:image", "data:image/png;base64,AAAA") + meta("twitter:image", "https://a.example/c.jpg"), "https://a.example/c.jpg"),
        (meta("og:image", "http://[::1/beeld.jpg"), None),
    ],
)  # fmt: skip
def test_the_lead_image_is_a_web_address(html, expected):
    assert metadata.image(page(html)) == expected


def test_the_page_says_its_own_address():
    html = (
        '<link rel="canonical" href="https://dagblad.example/a"><meta property="og:url" content="https://b.example/">'
    )
    assert metadata.address(page(html)) == "https://dagblad.example/a"


ARTICLE = ld({"@type": "NewsArticle", "headline": "Kop"})


@pytest.mark.parametrize(
    ("html", "url", "words", "expected"),
    [
        (ARTICLE, URL, 40, "article"),
        (meta("og:type", "article"), URL, 40, "article"),
        ("<p>", URL, 150, "article"),
        ("<p>", URL, 149, "other"),
        (ARTICLE, URL, 0, "other"),
        (ARTICLE, "https://www.dagblad.example/", 800, "other"),
        (ARTICLE, "https://www.dagblad.example/nl/index.html", 800, "other"),
        (ARTICLE, "https://www.dagblad.example/nl/slaap", 800, "article"),
        (ARTICLE, "https://www.dagblad.example/?p=412", 40, "article"),
        ("<p>", "https://www.dagblad.example/", 800, "other"),
        (meta("og:type", "article"), "https://www.dagblad.example/tag/slaap/", 800, "other"),
        ("<p>", "https://www.dagblad.example/zoek?q=slaap", 800, "other"),
        ("<p>", "https://www.dagblad.example/inloggen", 800, "other"),
        (ld({"@type": "CollectionPage"}), URL, 800, "other"),
        (ld({"@type": "SocialMediaPosting"}), URL, 0, "post"),
        ("<p>", "https://www.linkedin.com/posts/anna-bos_slaap-activity-1", 12, "post"),
        ("<p>", "https://www.youtube.com/watch?v=abc", 0, "video"),
        (meta("og:type", "video.other"), URL, 0, "video"),
        (ld({"@type": "VideoObject"}), URL, 30, "video"),
        (ARTICLE + ld({"@type": "VideoObject"}), URL, 300, "article"),
        (meta("og:type", "article") + ld({"@type": "VideoObject"}), URL, 300, "article"),
    ],
)
def test_the_kind_is_told_by_the_surest_sign(html, url, words, expected):
    assert metadata.kind(page(html, url), words) == expected


@pytest.mark.parametrize(
    "script",
    [
        '\n<![CDATA[\n{"@type":"Article","headline":"Kop"}\n]]>',
        '<!-- {"@type":"Article","headline":"Kop"} -->',
        '{"@type":"Article","headline":"Kop",}',
        '{"@type":"Article","description":"twee\nregels","headline":"Kop"}',
        "{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Kop&quot;}",
        '{"@type":"Article","headline":"Kop"}{"@type":"Person"}',
        '{"@type":"https://schema.org/Article","headline":"Kop"}',
        '[[{"@graph":[{"@type":["Thing","Article"],"headline":["Kop"]}]}]]',
        '{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Kop"}}',
    ],
)
def test_json_ld_is_read_in_the_shapes_that_pages_give_it(script):
    assert metadata.title(page(f'<script type="application/ld+json; charset=utf-8">{script}</script>')) == "Kop"


def test_half_a_character_in_json_ld_becomes_a_question_mark():
    assert metadata.title(page(ld({"@type": "Article", "headline": "half \ud800 teken"}))) == "half ? teken"


def everything_of(found):
    return [reader(found) for reader in READERS], metadata.language(found, DUTCH), metadata.kind(found, 200)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        "@type @id @graph name author headline datePublished publisher image url mainEntity mainEntityOfPage".split()
    ), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(author=VALUES, rest=VALUES, text=st.text(max_size=60))
def test_json_ld_of_any_shape_is_no_reason_to_fail(author, rest, text):
    things = [rest, {"@type": "NewsArticle", "author": author, "headline": rest, "publisher": author, "image": rest}]
    html = f"<title>{text}</title>{ld(things)}<h1>{text}</h1><p class=byline>{text}"
    json.dumps(everything_of(page(html)), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("url", ["", "http://[::1/slecht", "https://a.example:99999/x", "about:blank", "https://"])
def test_an_address_that_is_none_is_no_reason_to_fail(url):
    everything_of(page(f"<h1>Kop</h1>{meta('og:image', '/beeld.jpg')}", url))


@pytest.mark.parametrize(
    "html",
    [
        f"<title>{'a - b | ' * 50_000}</title><h1>a</h1>",
        meta("og:title", "a | " * 100_000),
        meta("author", "a and " * 100_000),
        meta("author", "x" * 2_000_000),
        meta("author", "by " * 200_000),
        meta("author", "Anna Bos") * 20_000,
        f"<h1>x</h1>{'<p class=byline>Door Anna Bos</p>' * 20_000}",
        f"<article><h1>x</h1>{'<aside class=author>' * 240}Door Anna Bos",
        f"<h1>{'<span>a b</span>' * 5_000}</h1>{'<h2>a b c</h2>' * 10_000}",
        f"<h1>x</h1><p>{'1.' * 500_000}",
        f"<h1>x</h1>{'<b>12 mei</b> ' * 50_000}",
        f'<script type="application/ld+json">{"{" * 200_000}</script>',
        f'<script type="application/ld+json">{"[" * 200_000}</script>',
        f'<script type="application/ld+json">{{"a":\x01{"1" * 100_000}}}</script>',
        ld([{"@type": "NewsArticle", "headline": "x", "author": "A B"}] * 20_000),
    ],
    ids=[
        "parts of a title", "parts of og:title", "names", "one name", "beginnings", "authors", "bylines", "asides",
        "headings", "digits", "half dates", "open braces", "open brackets", "a long number", "articles",
    ],
)  # fmt: skip
def test_much_of_anything_is_no_reason_to_hang(html):
    started = time.monotonic()
    everything_of(page(html))
    assert time.monotonic() - started < 5
