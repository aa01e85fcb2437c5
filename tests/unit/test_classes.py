"""What an item is for planning: its topic, how fast it ages, whose it is, and what told it."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.editorial.agreement import DEFAULT
from companion.editorial.classes import Found, classify, find_sourcing
from companion.editorial.topics import Filed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
AGREEMENT = {**DEFAULT, "topics": [{"name": "AI Act", "keywords": []}], "own_domains": ["firm.example"]}
ARTICLE = {
    "url": "https://news.example/2026/a-story",
    "title": "Hospitals let nurses make the roster",
    "site_name": "News",
    "kind": "article",
    "authors": [],
    "published": "2026-11-21T08:00:00Z",
    "word_count": 400,
}


def classes(now=NOW, filed=None, article=None, **fields):
    item = {"topic": "", "captured_at": "2026-11-22T08:00:00Z", "link_only": False, **fields}
    return classify({**item, "article": {**ARTICLE, **(article or {})}}, AGREEMENT, Filed(filed or {}), now)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, Found("", "none")),
        ({"filed": {"news.example": "Rosters"}}, Found("Rosters", "filed_before", {"site": "News"})),
        ({"filed": {"news.example": "Rosters"}, "found_topic": "AI Act"}, Found("AI Act", "keyword")),
        ({"found_topic": "AI Act", "topic": "Sleep"}, Found("Sleep", "you")),
        ({"topic": "ai act"}, Found("AI Act", "you")),
        ({"filed": {"news.example": "AI ACT"}}, Found("AI Act", "filed_before", {"site": "News"})),
    ],
)
def test_the_topic_is_the_users_then_of_its_words_then_of_its_source(fields, found):
    assert classes(**fields).topic == found


def ago(days):
    return (NOW - timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("article", "value", "because"),
    [
        ({}, "news", "length"),
        ({"word_count": 599}, "news", "length"),
        ({"word_count": 600}, "analysis", "length"),
        ({"word_count": 0}, "analysis", "none"),
        ({"published": ago(7)}, "news", "length"),
        ({"published": ago(8)}, "analysis", "none"),
        ({"published": None}, "analysis", "none"),
        ({"published": "last Tuesday"}, "analysis", "none"),
        ({"published": "2030-01-01"}, "news", "length"),
        ({"published": ago(46)}, "analysis", "age"),
        ({"published": ago(366)}, "evergreen", "age"),
        ({"kind": "post", "published": None}, "news", "kind"),
        ({"kind": "post", "published": ago(46)}, "analysis", "age"),
        ({"kind": "pdf"}, "analysis", "kind"),
        ({"kind": "video"}, "analysis", "kind"),
    ],
)
def test_news_is_short_and_new_and_what_is_a_year_old_lasts(article, value, because):
    found = classes(article=article).freshness
    assert (found.value, found.because) == (value, because)


@pytest.mark.parametrize(
    "title",
    [
        "How to plan a night shift",
        "The complete guide to night shifts",
        "A checklist for your next roster",
        "What is conformity assessment?",
        "Night shifts explained",
        "Zelfroosteren in vijf stappen",
        "Handleiding voor de teamleider",
        "Praktijkgids ploegendienst",
        "Wat is een hoogrisicosysteem?",
        "Hoe schrijf je een roosterbeleid",
        "Zo maak je een rooster waar iedereen achter staat",
    ],
)
def test_a_title_that_teaches_lasts(title):
    assert classes(article={"title": title}).freshness == Found("evergreen", "title")


@pytest.mark.parametrize(
    "title",
    [
        "How to plan night shifts in 2026",
        "What is behind the strike",
        "Guidelines for AI published",
        "Hoe de rechter het rooster zag",
        "Wat is er aan de hand in de zorg",
        "Minister kondigt pensioenwet aan",
    ],
)
def test_one_that_reports_does_not(title):
    assert classes(article={"title": title}).freshness.value == "news"


def test_news_stays_news_while_it_waits_until_it_is_too_old_and_never_becomes_lasting():
    at = {days: classes(now=NOW + timedelta(days=days)).freshness.value for days in (0, 30, 44, 45, 400)}
    assert at == {0: "news", 30: "news", 44: "news", 45: "analysis", 400: "analysis"}


@pytest.mark.parametrize(
    ("url", "article", "value", "because"),
    [
        ("https://elsewhere.example/pricing", {}, "external", "elsewhere"),
        ("https://notfirm.example/a", {}, "external", "elsewhere"),
        ("https://firm.example/blog/rosters", {}, "own", "own_domain"),
        ("https://www.firm.example/blog/rosters", {}, "own", "own_domain"),
        ("https://blog.firm.example/rosters", {}, "own", "own_domain"),
        ("https://firm.example/blog/product-liability", {}, "own", "own_domain"),
        ("https://firm.example/product/planner", {}, "promotion", "sales_page"),
        ("https://firm.example/blog/productaansprakelijkheid", {}, "own", "own_domain"),
        ("https://firm.example/", {}, "promotion", "sales_page"),
        ("https://firm.example/nl/tarieven", {}, "promotion", "sales_page"),
        ("https://firm.example/webinar-rosters", {}, "promotion", "sales_page"),
        ("https://firm.example/blog/1", {"title": "Schrijf je in voor de middag"}, "promotion", "sales_page"),
        ("https://firm.example/blog/1", {"kind": "other"}, "promotion", "sales_page"),
    ],
)
def test_whose_it_is_stands_in_its_address_and_its_title(url, article, value, because):
    found = classes(article={"url": url, **article}).sourcing
    assert (found.value, found.because) == (value, because)


@pytest.mark.parametrize("domain", ["firm.example", "www.firm.example"])
def test_a_site_is_ones_own_however_the_agreement_writes_it(domain):
    item = {"article": {**ARTICLE, "url": "https://www.firm.example/blog/rosters"}, "link_only": False}
    assert find_sourcing(item, [domain]).value == "own"


def test_a_link_to_ones_own_site_that_was_not_read_is_no_promotion_yet():
    link = {"url": "https://firm.example/blog/1", "kind": "other"}
    assert classes(article=link, link_only=True).sourcing.value == "own"
    assert classes(article=link, link_only=True, fetch="no_article").sourcing.value == "promotion"


def test_what_the_user_says_goes_before_all_that_is_found():
    said = classes(freshness="evergreen", sourcing="promotion", topic="Sleep", found_topic="AI Act")
    assert said.freshness == Found("evergreen", "you")
    assert said.sourcing == Found("promotion", "you")
    assert classes(freshness=None, sourcing=None).freshness.because == "length"
