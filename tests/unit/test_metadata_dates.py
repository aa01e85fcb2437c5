"""The date is when the article was published: as declared, else as written below the headline."""

import pytest
from lxml.html import document_fromstring

from companion.editorial.metadata import Page, published
from companion.editorial.metadata.written_dates import written_dates

URL = "https://www.dagblad.example/economie/ploegendienst"


def ld(fields):
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>'


def meta(content, name="article:published_time"):
    return f'<meta property="{name}" content="{content}">'


def published_of(html, url=URL):
    return published(Page(document_fromstring(html), url))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (ld('"datePublished":"2026-11-19T08:00:00+01:00"'), "2026-11-19T08:00:00+01:00"),
        (ld('"datePublished":"2026-11-19T08:00:00.123+0100"'), "2026-11-19T08:00:00+01:00"),
        (ld('"datePublished":"2026-11-19 08:00"'), "2026-11-19T08:00"),
        (ld('"datePublished":"2026-11-19T08:00:00Z"'), "2026-11-19T08:00:00Z"),
        (ld('"datePublished":["2026-11-19"]'), "2026-11-19"),
        (ld('"dateModified":"2026-11-20","datePublished":"2026-11-19"'), "2026-11-19"),
        (meta("2026-11-20", "article:modified_time") + meta("2026-11-19"), "2026-11-19"),
        (meta("2026-11-19", "dcterms.created"), "2026-11-19"),
        ('<time itemprop="datePublished" datetime="2026-11-19T08:00+01:00">gisteren</time>', "2026-11-19T08:00+01:00"),
        (ld('"datePublished":17}') + meta("2026-11-19"), "2026-11-19"),
    ],
)
def test_a_declared_date_keeps_its_time_and_zone(html, expected):
    assert published_of(html) == expected


@pytest.mark.parametrize("declared", ["gisteren", "1970-01-01T00:00:00Z", "0001-01-01", "9999-12-31", "2026-13-45", ""])
def test_a_date_that_cannot_be_right_is_none(declared):
    assert published_of(meta(declared)) is None


@pytest.mark.parametrize(
    ("html", "url", "expected"),
    [
        ("<h1>Kop</h1>", "https://www.dagblad.example/2024/05/12/kop", "2024-05-12"),
        ("<h1>Kop</h1><p>Sinds 1 mei 2020", "https://www.dagblad.example/2024/05/12/kop", "2024-05-12"),
        ('<span class="date">12.05.2024</span><h1>Kop</h1>', URL, "2024-05-12"),
        ("<p>1 mei 2020<h1>Kop</h1><p>Door Anna Bos, 12 mei 2024", URL, "2024-05-12"),
        ("<p>1 mei<p>12 mei 2024 | <a href=/n>Nieuws</a><h1>Kop</h1><p>Tekst", URL, "2024-05-12"),
        ("<article><header>12 mei 2024 <h1>Kop</h1></header><p>Tekst</article>", URL, "2024-05-12"),
        ("<header>zondag 12 mei 2024</header><h1>Kop</h1><p>Tekst", URL, None),
        ("<nav>12 mei 2024</nav><h1>Kop</h1><p>Tekst", URL, None),
        ("<a href=/congres>Congres 12 mei 2024</a><h1>Kop</h1><p>Tekst", URL, None),
        ("<div hidden>12 mei 2024</div><h1>Kop</h1><p>Tekst", URL, None),
        ("<template>12 mei 2024</template><h1>Kop</h1><p>Tekst", URL, None),
        ('<h1>Kop</h1><time datetime="2024-05-12T08:00">12 mei</time>', URL, "2024-05-12"),
        ("<h1>Kop</h1><script>var day = '2020-01-01'</script><p>12-05-2024", URL, "2024-05-12"),
        ('<div class="date">12.05.2024</div><p>tekst', URL, "2024-05-12"),
        ("<h1>Kop</h1><p>Geen dag.", URL, None),
    ],
)
def test_without_a_declared_date_it_is_looked_for(html, url, expected):
    assert published_of(html, url) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19 november 2026", "2026-11-19"),
        ("19. Dezember 2026", "2026-12-19"),
        ("1er août 2026", "2026-08-01"),
        ("19 de marzo de 2026", "2026-03-19"),
        ("Nov. 19, 2026", "2026-11-19"),
        ("March 3rd, 2026", "2026-03-03"),
        ("3 mrt 2026", "2026-03-03"),
        ("19-11-2026", "2026-11-19"),
        ("19.11.26", "2026-11-19"),
        ("11/19/2026", "2026-11-19"),
        ("2026-11-19T08:00", "2026-11-19"),
        ("2026年11月9日", "2026-11-09"),
        ("2026.11.19 08:00", "2026-11-19"),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert list(written_dates(f"Kop {text} | nieuws")) == [day]


def test_americans_put_the_month_first():
    assert list(written_dates("11/12/2026", month_first=True)) == ["2026-11-12"]
    assert list(written_dates("11/12/2026")) == ["2026-12-11"]


@pytest.mark.parametrize("text", ["31 februari 2026", "99-99-2026", "120.11.2026", "19 november", "versie 1.2.3"])
def test_other_numbers_are_no_days(text):
    assert list(written_dates(text)) == []
