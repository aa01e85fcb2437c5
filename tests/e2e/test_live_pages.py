"""A click keeps the article as its reader sees it: what only the browser knows of a page goes along with it."""

import json
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement, document_fromstring, tostring

from tests.e2e.companion_process import Client
from tests.e2e.live_pages import LIVE, MEMBERS, PROMOTION, VIDEOS, LivePage, article, page, paragraphs
from tests.e2e.page_server import ENGLISH_TEXT, PLAIN_TEXT
from tests.e2e.typed_pages import TYPED, TypedPage
from tests.e2e.user import User
from tests.e2e.waiting import until

EXTENSION = Path(__file__).parents[2] / "extension"
READERS = ("page_transcript.js", "page_copy.js")
COPY_PAGE = "".join((EXTENSION / name).read_text("utf-8").replace("export ", "") for name in READERS)
GONE = "gone"
LIMIT = 5_000_000
NOTE = f"<p>{PROMOTION}</p>"
LINKS = '<a href="/s1">Law</a> <a href="/s2">Business</a>'

# What stands in a page beside its article, and what the copy says of it, or that it is not in it.
PLACES = [
    ("off", f'<div id="off" class="off">{NOTE}</div>', "hidden"),
    ("unseen", f'<div id="unseen" class="unseen">{NOTE}</div>', "hidden"),
    ("attribute", f'<div id="attribute" hidden>{NOTE}</div>', "hidden"),
    ("closed", f'<dialog id="closed">{NOTE}</dialog>', "hidden"),
    ("ears", '<span id="ears" class="for-ears">Skip to the content</span>', "hidden"),
    ("away", '<p id="away" class="away">Skip to the menu</p>', "hidden"),
    ("inner", f'<div class="off"><div id="inner" hidden>{NOTE}</div></div>', None),
    ("holder", f'<div id="holder" class="unseen"><p style="visibility: visible">{PROMOTION}</p></div>', None),
    ("boxless", f'<div id="boxless" class="whole">{PROMOTION}</div>', None),
    ("empty", '<div id="empty" class="off"></div>', None),
    ("bar", f'<div id="bar" class="bar">{PROMOTION}</div>', GONE),
    ("drawer", f'<nav id="drawer" class="drawer">{LINKS}</nav>', GONE),
    ("stuck", f'<div id="stuck" style="position: sticky; bottom: 0">{PROMOTION}</div>', GONE),
    ("header", f'<header id="header" style="position: sticky; top: 0">{LINKS}</header>', None),
    ("placed", f'<div id="placed" style="position: absolute">{PROMOTION}</div>', None),
    ("modal", f'<div id="modal" role="dialog" style="position: absolute">{NOTE}</div>', GONE),
    ("folded", f'<details><summary>Why?</summary><p id="folded">{PROMOTION}</p></details>', None),
    ("answer", f'<button aria-controls="answer">Why?</button><div id="answer" class="off">{NOTE}</div>', None),
    ("menu", f'<button aria-controls="menu">Menu</button><div id="menu" class="off">{LINKS}</div>', "hidden"),
    ("found", f'<p id="found" hidden="until-found">{PROMOTION}</p>', None),
    ("lazy", f'<p id="lazy" style="content-visibility: auto">{PROMOTION}</p>', None),
    ("liar", f'<p id="liar" data-kwartier="over">{PROMOTION}</p>', None),
]


def copy_of(user: User, path: str, html: str, limit: int = LIMIT) -> HtmlElement:
    """What leaves a page with this HTML; the page itself must stay as it is."""
    LivePage(path, "", (), (), html).put_on(user.site)
    user.reads(path)
    before = user.browser.js("return document.documentElement.outerHTML")
    copied = user.browser.js(f"{COPY_PAGE}; return copyPage(A[0], readTranscript())", limit)
    assert user.browser.js("return document.documentElement.outerHTML") == before
    assert len(copied.encode()) <= limit
    return document_fromstring(copied)


def marks(copy: HtmlElement) -> dict[str, str]:
    """What is said of the elements with an id."""
    return {element.get("id"): element.get("data-kwartier") for element in copy.xpath("//*[@id]")}


def test_what_is_not_seen_is_marked(user: User):
    html = article(
        "A page with everything", [*ENGLISH_TEXT, *PLAIN_TEXT], within="".join(each for _, each, _ in PLACES)
    )
    found = marks(copy_of(user, "/copy/places", html))
    assert {name: found.get(name, GONE) for name, _, _ in PLACES} == {name: mark for name, _, mark in PLACES}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("paid for", f"<p>{PLAIN_TEXT[0]}</p><div id='all' class='off'>{paragraphs(ENGLISH_TEXT)}</div>"),
        ("not begun", f"<div id='all' class='unseen'><main>{paragraphs(ENGLISH_TEXT)}</main></div>"),
        ("a fixed shell", f"<div id='all' class='bar'>{paragraphs(ENGLISH_TEXT)}</div><p>{PROMOTION}</p>"),
        (
            "opened from a feed",
            f"<div id='all' class='bar' role='dialog'><article>{paragraphs(ENGLISH_TEXT)}</article></div>"
            f"{paragraphs(PLAIN_TEXT * 2)}",
        ),
    ],
)
def test_what_is_the_article_itself_is_not(user: User, name: str, body: str):
    assert marks(copy_of(user, f"/copy/{name.replace(' ', '-')}", page(name, body)))["all"] is None


def test_what_lies_over_a_page_of_little_else_is_for_the_companion_to_judge(user: User):
    html = page("A wall", f'<p>Your own page</p><div id="wall" class="bar">{NOTE}</div>')
    assert marks(copy_of(user, "/copy/wall", html)) == {"wall": "over"}


def test_what_is_no_content_stays_behind(user: User):
    told = '<script type="application/ld+json">{"@type": "Article"}</script>'
    rest = "<script>1</script><style>p {}</style><template>x</template><noscript>y</noscript><!-- z --><svg><text>w"
    copy = copy_of(user, "/copy/rest", page("Rest", f"{told}<p>Text</p>{rest}"))
    assert [element.tag for element in copy.find("body").iter()] == ["body", "script", "p", "svg"]
    assert copy.find("body/script").text == '{"@type": "Article"}'


SECRET = "Only between the two of us, and not for any queue: the offer is at forty thousand."
VAULT = f"""
const aid = document.body.appendChild(document.createElement('x-aid'));
aid.attachShadow({{ mode: 'closed' }}).innerHTML = {json.dumps(f"<p>{SECRET}</p>")};
"""


@pytest.mark.parametrize(
    ("name", "private"),
    [
        ("a key", f'<form><input type="hidden" name="key" value="{SECRET}"></form>'),
        ("a key in the head", f'<meta name="csrf-token" content="{SECRET}">'),
        ("what is filled in", f'<form><input type="password" value="{SECRET}"><input value="{SECRET}"></form>'),
        ("what is typed", f"<form><textarea>{SECRET}</textarea></form>"),
        ("a draft", f'<div contenteditable="true"><p>{SECRET}</p></div>'),
        ("a draft that is not shown", f'<div class="off"><div contenteditable><p>{SECRET}</p></div></div>'),
        ("a chat", f'<div class="bar"><p>{SECRET}</p></div>'),
        ("a letter", f"<iframe srcdoc='{paragraphs([SECRET] * 5)}' width='600' height='400'></iframe>"),
        ("an aid to writing", f"<script>{VAULT}</script>"),
    ],
)
def test_what_is_the_users_own_stays_behind(user: User, name: str, private: str):
    html = article("A page and a secret", [*ENGLISH_TEXT, *PLAIN_TEXT], around=private)
    copy = copy_of(user, f"/copy/{name.replace(' ', '-')}", html)
    assert SECRET not in tostring(copy, encoding="unicode")
    assert all(each in copy.text_content() for each in [*ENGLISH_TEXT, *PLAIN_TEXT])


@pytest.mark.parametrize("body", ["<body contenteditable>", "<body><div contenteditable>"])
def test_a_page_that_is_edited_in_place_is_no_draft(user: User, body: str):
    copy = copy_of(user, "/copy/in-place", page("Edited", "").replace("<body>", f"{body}{paragraphs(ENGLISH_TEXT)}"))
    assert all(each in copy.text_content() for each in ENGLISH_TEXT)


def test_hundreds_of_blocks_over_the_page_do_not_hold_up_the_click(user: User):
    bars = f'<div class="bar">{"word " * 200}</div>' * 800
    copy_of(user, "/copy/bars", article("A page under bars", ENGLISH_TEXT, around=bars))
    started = user.browser.js("return performance.now()")
    user.browser.js(f"{COPY_PAGE}; return copyPage(A[0], []).length", LIMIT)
    # Comparing each with all the rest took six seconds.
    assert user.browser.js("return performance.now()") - started < 3000


def test_a_page_too_large_leaves_out_what_is_least_of_the_article(user: User):
    around = f'<div class="off">{"<a>Off</a>" * 500}</div><nav>{LINKS * 500}</nav>'
    html = article("Large", ENGLISH_TEXT, around=around, within='<div class="off" id="off">Off</div>')
    assert "off" in marks(copy_of(user, "/copy/whole", html))
    for limit in (25_000, 8_000):
        text = copy_of(user, f"/copy/{limit}", html, limit).text_content()
        assert all(each in text for each in ENGLISH_TEXT)
        assert "Off" not in text


def test_frames_of_the_same_site_are_opened_where_they_stand(user: User):
    inner = page(
        "Inner", f"<a id='link' href='next'>On</a><div id='off' class='off'>{NOTE}</div>{paragraphs(PLAIN_TEXT)}"
    )
    outer = page("Outer", f"{paragraphs(ENGLISH_TEXT)}<iframe src='/copy/inside/inner'></iframe>")
    user.site.added |= {"/copy/inside/inner": inner, "/copy/inside/outer": outer}
    others = [user.site.url("/copy/inside/outer").replace("page.test", "elsewhere.test"), "/feed?off", "about:blank"]
    closed = "".join(f'<iframe src="{address}" {"hidden" if "off" in address else ""}></iframe>' for address in others)
    copy = copy_of(
        user, "/copy/frames", page("Frames", f'<p>Above</p><iframe src="/copy/inside/outer"></iframe>{closed}')
    )
    text = copy.text_content()
    passages = ["Above", *ENGLISH_TEXT, *PLAIN_TEXT]
    assert [text.count(each) for each in passages] == [1] * len(passages)
    assert sorted(passages, key=text.index) == passages
    assert copy.get_element_by_id("link").get("href") == user.site.url("/copy/inside/next")
    assert marks(copy) == {"link": None, "off": "hidden"}
    assert len(copy.xpath("//iframe")) == len(others)


@pytest.mark.parametrize(("name", "body", "said"), VIDEOS)
def test_what_is_said_in_a_video_goes_along(user: User, name: str, body: str, said: list[str]):
    copy = copy_of(user, f"/copy/video-{name}", page(name, body))
    assert copy.xpath('//section[@data-kwartier="transcript"]/p/text()') == said
    assert all(copy.text_content().count(line) == 1 for line in said)


def test_a_page_called_after_its_transcript_stays_whole(user: User):
    html = page("A page of transcripts", f"<h1>The law</h1>{paragraphs(ENGLISH_TEXT)}")
    copy = copy_of(user, "/copy/called", html.replace("<body>", '<body class="single-transcript">'))
    assert copy.xpath("//body//p/text()") == ENGLISH_TEXT


def kept(user: User, client: Client, live: LivePage, *states: str) -> dict[str, Any]:
    """Reads a page and clicks; the item with its text, once the companion has it."""
    live.put_on(user.site)
    user.reads(live.path)
    user.clicks(*states)
    user.browser.close_popup()
    item = until(lambda: client.item_titled(live.title), f"{live.title} in the companion")
    found: dict[str, Any] = client.get(f"/api/items/{item['id']}")
    return found


def says(item: dict[str, Any], live: LivePage | TypedPage) -> None:
    """Checks the text of an item: each passage once, and none that does not belong to it."""
    text = item["article"].get("text", "")
    assert {each: text.count(each) for each in live.says} == dict.fromkeys(live.says, 1)
    assert [each for each in live.lacks if each in text] == []


@pytest.mark.parametrize("live", LIVE, ids=lambda live: live.path)
def test_the_text_is_what_the_page_shows(paired: User, client: Client, live: LivePage):
    says(kept(paired, client, live, "saved"), live)


def test_behind_a_login_is_a_link_until_the_user_is_in(paired: User, client: Client):
    MEMBERS.put_on(paired.site)
    paired.site.members.add(MEMBERS.path)
    paired.reads(MEMBERS.path)
    popup = paired.clicks("ask")
    popup.click("#curate-now")
    paired.sees_state(popup, "saved")
    paired.browser.close_popup()
    item = until(lambda: client.item_titled("Log in"), "the link")
    assert (item["link_only"], item["fetch"]) == (True, "login")

    paired.browser.click("main button")
    until(lambda: MEMBERS.title in str(paired.browser.js("return document.title")), "the page for members")
    says(kept(paired, client, MEMBERS, "known", "saved"), MEMBERS)
    assert client.get(f"/api/items/{item['id']}")["fetch"] is None


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.path)
def test_a_page_of_another_kind_is_read_in_its_own_way(paired: User, client: Client, typed: TypedPage):
    typed.put_on(paired.site)
    paired.reads(typed.path)
    popup = paired.clicks("ask" if typed.is_asked else "saved")
    if typed.is_asked:
        popup.click("#curate-now")
        paired.sees_state(popup, "saved")
    paired.browser.close_popup()

    item = settled(client, paired.site.url(typed.path))
    article = item["article"]
    assert (article["kind"], item["link_only"]) == (typed.kind, typed.is_link(paired.browser.name))
    if typed.link_in_firefox and item["link_only"]:
        assert item["fetch"] == "unreachable"
        return
    assert (item["fetch"], article["title"]) == (typed.fetch, typed.title)
    assert (article["authors"], item["people"]) == (typed.authors, typed.people)
    assert typed.minutes in (None, article["reading_minutes"])
    says(item, typed)


def settled(client: Client, url: str) -> dict[str, Any]:
    """The item of this address, once the companion fetches nothing more for it."""

    def found() -> dict[str, Any] | None:
        items = (item for item in client.items() if item["article"]["url"] == url and item["fetch"] != "waiting")
        return next(items, None)

    item = until(found, lambda: f"{url}, and saw {client.items()}")
    kept: dict[str, Any] = client.get(f"/api/items/{item['id']}")
    return kept
