"""What holds for every page: it is there in both languages, its forms are guarded, and nothing in it can run."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import escape

import companion.web
from companion import exports
from companion.web.pages.plan_pages.export_words import SPOKEN
from tests.integration.conftest import capture, pair
from tests.integration.forms import send, show

PATHS = ["/", "/?week=2026-W46", "/?week=2026-W49", "/?pile=fits", "/?pile=dropped", "/?pile=published", "/?q=slaap",
         "/agreement", "/quarter", "/calendar", "/calendar?slot=2026-11-24-tue", "/plan", "/time", "/people", "/settings",
         "/welcome", "/welcome?act=click", "/pair", "/pair?allowed=", "/no-such-page"]  # fmt: skip
STATIC = Path(companion.web.__file__).parent / "static"
DUTCH = Path(companion.web.__file__).parent / "translations" / "nl" / "LC_MESSAGES"
# Shorter ones are words that a Dutch sentence may hold too.
LONG_ENOUGH = 14
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "javascript:alert(1)//",
]


@pytest.fixture
def item(api):
    """An article that was curated, with a view, a quote and a later view."""
    first = capture(commentary="Wie meepraat, blijft.", quotes=[{"text": "en het verzuim daalde fors"}])
    kept = api.post("/api/captures", first).json["item"]
    api.post("/api/captures", capture(commentary="Ook een vraag van vertrouwen."))
    return api.get(f"/api/items/{kept['id']}").json


@pytest.fixture
def paths(item):
    return [*PATHS, f"/items/{item['id']}"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_page_shows(browser, paths, language):
    for path in paths:
        page = show(browser, path, language)
        assert page.status == (404 if path == "/no-such-page" else 200), path
        assert page.find("html")[0].get("lang") == language
        assert len(page.find("h1")) == 1, path
        assert len(page.find("main")) == 1, path


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_pages_show_where_nothing_is_kept_yet(browser, language):
    for path in PATHS:
        assert show(browser, path, language).status in (200, 404), path


def test_no_english_is_left_in_dutch_pages(browser, paths):
    sentences = [m.id for m in dutch() if isinstance(m.id, str) and len(m.id) > LONG_ENOUGH and m.id != m.string]
    plain = [sentence for sentence in sentences if "%(" not in sentence]
    for path in paths:
        shown = show(browser, path, "nl").answer.text
        assert [one for one in plain if str(escape(one)) in shown] == [], path


def dutch() -> Catalog:
    with (DUTCH / "messages.po").open("rb") as file:
        return read_po(file)


def test_the_words_of_exported_files_are_in_the_catalog():
    assert {str(word) for word in SPOKEN} == set(exports.WORDS)


def test_every_form_that_changes_something_carries_the_token(browser, paths):
    for path in paths:
        for form in show(browser, path).find("form[method=post]"):
            assert form.fields.get("csrf") == browser.csrf, f"{path}: {form.get('action')}"


def test_a_form_without_the_token_changes_nothing(browser, item):
    refused = send(browser, f"/items/{item['id']}/delete", csrf="")
    assert refused.status == 403
    assert show(browser, f"/items/{item['id']}").status == 200


def test_no_page_has_a_script_or_a_style_of_its_own(browser, paths):
    for path in paths:
        page = show(browser, path)
        assert page.find("[style], style, script:not([src]), base, iframe, object") == [], path
        handlers = [name for element in page.find("*") for name in element.attrib if name.startswith("on")]
        assert handlers == [], path


def test_ids_are_unique_and_every_field_has_a_label(browser, paths):
    for path in paths:
        page = show(browser, path)
        ids = [element.get("id") for element in page.find("[id]")]
        assert sorted(ids) == sorted(set(ids)), path
        labelled = {label.get("for") for label in page.find("label")}
        for field in page.find("input:not([type=hidden]), select, textarea"):
            assert field.get("id") in labelled or field.getparent().tag == "label", f"{path}: {field.get('name')}"


def test_links_within_the_pages_lead_somewhere(browser, paths):
    seen = set()
    for path in paths:
        for link in show(browser, path).find("a[href^='/']"):
            target = link.get("href").split("#")[0]
            if target and target not in seen:
                seen.add(target)
                assert browser.get(target, headers={"Accept": "text/html"}).status_code == 200, f"{path} -> {target}"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_page_wrote_is_shown_as_text(api, browser, payload):
    kept = api.post("/api/captures", capture(html=None, title=payload, commentary=payload, quotes=[{"text": payload}]))
    item = kept.json["item"]
    edits = {
        "people": [payload[:40]],
        "topic": payload,
        "later_views": [{"text": payload, "captured_at": "2026-11-21T10:00:00Z"}],
    }
    assert api("PATCH", f"/api/items/{item['id']}", edits).status_code == 200
    assert api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": "2026-11-24-tue"}).status_code == 200
    for path in ("/?week=2026-W48", f"/items/{item['id']}", "/plan", "/calendar", "/people"):
        page = show(browser, path)
        assert payload.split()[0][:12] in page.text("body"), path
        assert page.find("main script, main img, main style, main math") == [], path
        assert [link for link in page.find("a") if link.get("href", "").startswith("javascript")] == []


def test_the_original_is_linked_without_a_trace(browser, item):
    link = show(browser, f"/items/{item['id']}").find("a[target=_blank]")[0]
    assert set(link.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    assert link.get("href") == item["article"]["url"]


def test_the_language_is_kept_and_leads_back_to_the_page(browser):
    answer = send(browser, "/language", follow=False, language="tlh", next="/plan").answer
    assert "Set-Cookie" not in answer.headers
    answer = send(browser, "/language", follow=False, language="nl", next="/plan").answer
    assert answer.headers["Location"] == "/plan"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert show(browser, "/plan", "en").find("html")[0].get("lang") == "nl"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a b", "javascript:1", ""]
)
def test_a_form_never_leads_to_another_site(browser, elsewhere):
    assert send(browser, "/language", follow=False, next=elsewhere).answer.headers["Location"] == "/"


def test_a_browser_that_is_not_let_in_is_told_how(anyone):
    page = show(anyone, "/plan?from=2026-11-23")
    assert page.status == 403
    assert "kwartier open" in page.text()
    assert page.find("main a.button")[0].get("href") == "/plan?from=2026-11-23"


def test_a_line_that_someone_planted_says_nothing(browser):
    browser.client.set_cookie("kwartier_said", "act=%3Cb%3Ehello&item=1", domain="127.0.0.1")
    assert show(browser, "/").find("#said") == []
    browser.client.set_cookie("kwartier_said", "act=dropped&item=nothing", domain="127.0.0.1")
    assert show(browser, "/").find("#said") == []


def test_the_bar_says_in_words_what_it_shows(app, browser):
    extension = pair(app)
    segment = {"id": "a", "start": "2026-11-22T10:00:00Z", "end": "2026-11-22T10:09:00Z", "zone": "Europe/Amsterdam",
               "activity": "read", "site": "vakblad"}  # fmt: skip
    sent = {"source": "one", "segments": [segment]}
    assert extension.post("/api/time/segments", sent, headers=extension.origin).status_code == 202
    meter = show(browser, "/").find(".today [role=meter]")[0]
    assert meter.get("aria-valuenow") == "9"
    assert meter.get("aria-valuetext") == "9 minutes, advice 10 to 15"
    assert "9 min" in show(browser, "/time").text(".time-days")


def test_the_stylesheet_asks_for_nothing_from_elsewhere():
    for file in STATIC.iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\((?!#)", text), file.name
