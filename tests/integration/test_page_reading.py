"""The article on its own page: as it is read, and what became of fetching it."""

import json
from pathlib import Path

import pytest

from companion.web.pages import reading
from companion.web.pages.reading import WHY_NO_PAGE
from tests.integration.conftest import capture
from tests.integration.forms import send, show

URL = "https://vakblad.example/slaap/ploegendienst"
# Nobody else is asked: the companion does not fetch from this machine.
LINK = "http://127.0.0.1:9/link"
PARAGRAPH = (
    "<p>Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het <b>verzuim</b> daalde fors.</p>"
)
BODY = f"""
    <h1>Ploegendienst zonder schuldgevoel</h1>{PARAGRAPH * 8}<h2>De cijfers</h2>
    <p>Zie <a href="/verzuim" onclick="alert(1)">het verzuim</a> van vorig jaar, in alle ziekenhuizen samen.</p>{PARAGRAPH * 8}
    <figure><img src="https://beeld.example/bed.jpg" alt="Een bed"><figcaption>Een bed</figcaption></figure>
    <blockquote>Zo is het.</blockquote><script>alert(1)</script>{PARAGRAPH * 4}"""
HTML = f"<html lang=nl><head><title>Ploegendienst zonder schuldgevoel</title></head><body><article>{BODY}</article></body></html>"


@pytest.fixture
def item(api):
    return api.post("/api/captures", capture(html=HTML, title="")).json["item"]


@pytest.fixture
def link(api):
    return api.post("/api/captures", capture(html=None, url=LINK)).json["item"]


def shown(browser, item, language="en"):
    return show(browser, f"/items/{item['id']}", language)


def change(running, item, **changes):
    """Puts it straight into the store, as a backup might that was restored."""
    running.store.items.put({**running.store.items.find(item["id"]), **changes})


def holds(running, item, markup):
    change(running, item, markup_hash=running.store.texts.put(markup))


def test_what_the_article_is_made_of_is_seen(browser, item):
    page = shown(browser, item)
    assert page.text(".reading h2") == "De cijfers"
    assert page.text(".reading blockquote") == "Zo is het."
    assert page.text(".reading figcaption") == "Een bed"
    assert len(page.find(".reading p b")) == 20


def test_a_table_can_be_moved_sideways_by_key_too(browser, running, item):
    holds(
        running, item, '<p>a</p><table><tbody><tr><th scope="row">Verzuim</th><td>4,1</td></tr></tbody></table><p>b</p>'
    )
    page = shown(browser, item)
    assert page.text(".reading .scroll[tabindex] > table th[scope=row]") == "Verzuim"
    assert page.text(".reading > .scroll + p") == "b"


def test_links_lead_outside_and_say_so_once(browser, item):
    page = shown(browser, item)
    [link] = page.find(".reading a")
    assert dict(link.attrib) == {
        "href": "https://vakblad.example/verzuim", "target": "_blank", "rel": "noopener noreferrer nofollow"
    }  # fmt: skip
    assert [note.text for note in page.find(".reading .off-screen")] == [
        "Links in the article lead to other sites, in a new tab."
    ]


def test_the_page_has_one_title_and_loads_nothing(browser, item):
    page = shown(browser, item)
    assert [heading.text for heading in page.find("h1")] == ["Ploegendienst zonder schuldgevoel"]
    assert page.text(".reading").count("Ploegendienst zonder schuldgevoel") == 0
    assert page.find("main img, main script, main iframe, [onclick], [style]") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p onclick='alert(1)'>x</p>",
        "<script>alert(1)</script><p>x</p>",
        '<p onclick="alert(1)">x</p><iframe src="https://evil.example"></iframe>',
        '<svg onload="alert(1)"></svg>',
        '<a href="javascript:alert(1)">x</a>',
        '<img src="https://evil.example/a.gif">',
        '<form action="https://evil.example"><input name="csrf"></input></form>',
        '<a href="https://a.example/<table onclick=alert(1)></table>">x</a>',
        "</div></article></main><h1>x</h1>",
        '<meta content="0;url=https://evil.example"></meta>',
    ],
)
def test_a_backup_that_somebody_else_made_is_not_trusted(browser, running, item, markup):
    holds(running, item, markup)
    page = shown(browser, item)
    assert page.find("main img, main script, main iframe, main svg[onload], main form[action^=https], main meta") == []
    assert page.find("[onclick], [onload], a[href^=javascript]") == []
    assert len(page.find("h1")) == 1
    assert page.find("main > .columns > .beside #item-form")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 50_000,
        "<div>" * 50_000 + "</div>" * 50_000,
        "<div><b></div>" * 50_000,
        '<div title="</div>">' * 50_000,
        "<div><!--</div>-->" * 50_000,
        "<p>x",
        "<p>a < b</p>",
    ],
)
def test_markup_that_is_not_what_was_kept_gives_way_to_the_text(browser, running, item, markup):
    holds(running, item, markup)
    page = shown(browser, item)
    assert page.find(".reading") == []
    assert len(page.find(".article-text p")) > 20


def test_markup_that_is_lost_gives_way_to_the_text(browser, running, item):
    change(running, item, markup_hash="0" * 64)
    assert len(shown(browser, item).find(".article-text p")) > 20


def test_the_title_goes_only_where_it_opens_the_article(browser, running, item):
    title = item["article"]["title"]
    for markup, headings in [
        (f"<div><div> <h2>{title.replace(' ', '  ')}</h2><p>a</p></div></div>", []),
        (f"<h2><b>{title}</b></h2><p>a</p>", []),
        (f"<p>a</p><h2>{title}</h2>", [title]),
        ("<h2>Iets anders</h2><p>a</p>", ["Iets anders"]),
    ]:
        holds(running, item, markup)
        page = shown(browser, item)
        assert [heading.text_content() for heading in page.find(".reading h2")] == headings, markup
        assert page.text(".reading p")


@pytest.mark.parametrize("sign", ["<", "&lt;"])
def test_what_looks_like_a_heading_in_an_attribute_is_none(browser, running, item, monkeypatch, sign):
    """Also where a cleaner leaves it as it is: what comes after it never stands outside the attribute."""
    monkeypatch.setattr(reading, "clean", lambda html, _url: html)
    title = item["article"]["title"]
    inside = "</h2></div><button formaction=/settings/windows/revoke>x</button><p title=".replace("<", sign)
    for markup, headings in [
        (f'<h2>{title}<abbr title="{inside}">X</abbr></h2><p>a</p>', [f"{title}X"]),
        (f'<h2><abbr title="{inside}">{title}</abbr></h2><p>a</p>', []),
        (f'<div title="<h2>{title}</h2>"><p>a</p></div>', []),
    ]:
        holds(running, item, markup)
        page = shown(browser, item)
        assert [heading.text_content() for heading in page.find(".reading h2")] == headings, markup
        assert page.find("main button[formaction]") == []
        assert page.text(".reading p") == "a"


def test_a_page_that_is_being_read_says_so_and_comes_up_to_date(browser, running, link):
    change(running, link, fetch="waiting")
    page = shown(browser, link)
    assert "Kwartier is reading the page…" in page.text("#reading[data-live] [role=status]")
    assert page.find("script[src$='live.js']")
    change(running, link, fetch="too_slow")
    page = shown(browser, link)
    assert page.find("#reading")
    assert page.find("[data-live], script[src$='live.js']") == []


def test_what_is_behind_a_login_is_not_fetched_again(browser, link, running):
    change(running, link, fetch="login")
    page = shown(browser, link)
    assert "log in, and click Kwartier's icon there" in page.text(".article-text")
    assert page.find("#reading button") == []


def test_every_reason_of_the_contract_has_words():
    choices = json.loads(Path("shared_schema/item.json").read_text("utf-8"))["properties"]["fetch"]["anyOf"][0]["enum"]
    assert WHY_NO_PAGE.keys() == set(choices) - {"waiting"}


@pytest.mark.parametrize(
    ("reason", "language", "words"),
    [
        ("refused_address", "en", "it leads to your own network"),
        ("refused_address", "nl", "het leidt naar je eigen netwerk"),
        ("unreachable", "en", "could not reach the site"),
        ("too_slow", "nl", "deed te lang over het antwoord"),
        ("too_large", "en", "too large to fetch"),
        ("not_a_page", "nl", "iets anders dan een webpagina"),
        ("answered_error", "en", "may want you to log in"),
        ("no_text", "nl", "vond er geen artikel in"),
    ],
)
def test_why_there_is_no_text_is_said_with_a_way_on(browser, running, link, reason, language, words):
    change(running, link, fetch=reason)
    page = shown(browser, link, language)
    assert words in page.text(".article-text")
    way_on = {"en": "click Kwartier's icon there", "nl": "klik daar op het icoon"}
    assert way_on[language] in page.text(".article-text")
    assert page.text("#reading button") == {"en": "Try again", "nl": "Probeer opnieuw"}[language]


@pytest.mark.parametrize(
    ("reason", "language", "words"),
    [
        ("no_article", "en", "There is no article here"),
        ("locked", "nl", "vraagt om een wachtwoord"),
        ("scanned", "en", "is a scan"),
        ("unreadable", "nl", "is beschadigd"),
    ],
)
def test_where_another_look_helps_nothing_none_is_offered(browser, running, link, reason, language, words):
    change(running, link, fetch=reason)
    page = shown(browser, link, language)
    assert words in page.text(".article-text")
    assert {"en": "Its link is kept", "nl": "De link is bewaard"}[language] in page.text(".article-text")
    assert page.find("#reading button") == []


@pytest.mark.parametrize(
    ("reason", "kind", "words"),
    [
        ("login", "pdf", "open it in Chrome or Edge"),
        ("login", "other", "Open the original, log in, and click"),
        ("wall", "other", "Open the original and click"),
        ("too_large", "pdf", "Its link is kept"),
    ],
)
def test_the_way_on_is_one_that_leads_there(browser, running, link, reason, kind, words):
    change(running, link, fetch=reason, article={**link["article"], "kind": kind})
    assert words in shown(browser, link).text(".article-text")


def test_trying_again_fetches_the_page_once_more(api, browser, running, link, monkeypatch):
    asked = []
    monkeypatch.setattr(running.links, "ask", asked.append)
    change(running, link, fetch="unreachable")
    [form] = shown(browser, link).find("#reading form")
    page = send(browser, form.get("action"))
    assert "Kwartier is reading the page…" in page.text("#reading")
    assert asked == [link["id"]]


def test_trying_again_where_the_text_is_there_does_nothing(api, browser, running, item):
    page = send(browser, f"/items/{item['id']}/page")
    assert "Things changed in the meantime" in page.said()
    assert api.get(f"/api/items/{item['id']}").json.get("fetch") is None


def test_trying_again_is_for_the_pages_alone(browser, running, link, anyone):
    change(running, link, fetch="unreachable")
    assert anyone.post(f"/items/{link['id']}/page").status_code in (401, 403, 421)
    assert send(browser, f"/items/{link['id']}/page", csrf="wrong").status == 403
    assert running.store.items.find(link["id"])["fetch"] == "unreachable"


LIST = "".join(f"<h3><a href=/{n}>Nieuws van dag {n} uit de stad</a></h3>" for n in range(9))
WALL = "<title>Just a moment...</title><p>Checking your browser before accessing krant.example."


@pytest.fixture(params=[LIST, WALL])
def taken_for_none(api, request):
    return api.post("/api/captures", capture(html=request.param, title="De krant")).json["item"]


@pytest.mark.parametrize(("language", "words"), [("en", "Keep the text all the same"), ("nl", "Bewaar de tekst toch")])
def test_the_text_of_a_page_taken_for_no_article_is_kept_all_the_same(
    api, browser, running, taken_for_none, language, words
):
    page = shown(browser, taken_for_none, language)
    [form] = page.find(f"#reading form[action='/items/{taken_for_none['id']}/text']")
    assert form.text_content().strip() == words
    send(browser, form.get("action"))
    item = api.get(f"/api/items/{taken_for_none['id']}").json
    assert (item["fetch"], item["link_only"], item["page_hash"]) == (None, False, taken_for_none["page_hash"])
    assert item["article"]["word_count"] == len(item["article"]["text"].split()) > 5
    assert shown(browser, item).find("#reading form") == []
    assert "Things changed in the meantime" in send(browser, form.get("action")).said()


def test_where_no_page_is_kept_no_text_can_be(browser, running, link):
    for reason in ("login", "no_article"):
        change(running, link, fetch=reason)
        assert shown(browser, link).find("#reading form[action$='/text']") == []
    assert "Things changed in the meantime" in send(browser, f"/items/{link['id']}/text").said()


def test_keeping_the_text_is_for_the_pages_alone(browser, running, taken_for_none, anyone):
    path = f"/items/{taken_for_none['id']}/text"
    assert anyone.post(path).status_code in (401, 403, 421)
    assert send(browser, path, csrf="wrong").status == 403
    assert running.store.items.find(taken_for_none["id"])["link_only"] is True
