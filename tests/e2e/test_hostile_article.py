"""An article full of attacks is kept, and read on its page: its words are there, and nothing of it runs or loads."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.page_server import PLAIN_TEXT
from tests.e2e.payloads import SCRIPTS, leads_away, loads
from tests.e2e.user import User
from tests.e2e.waiting import until

TITLE = "A page that wants to act"
BODY = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">{head}</head>
<body><main><article><h1>{title}</h1>{passages}</article></main></body></html>"""

RAN = "return (window.wrappedJSObject || window).ran ?? null"
LOADED = "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)"
# What acts or loads, and every attribute that is a handler.
ACTING = """
const tags = 'script,style,link,meta,base,img,picture,svg,math,iframe,object,embed,video,audio,form,input,template';
const article = document.querySelector('article');
const handlers = [...article.querySelectorAll('*')].flatMap((each) =>
  each.getAttributeNames().filter((name) => /^(on|style|ping|src)/.test(name)));
return [...[...article.querySelectorAll(tags)].map((each) => each.outerHTML), ...handlers];
"""
LINKS = "return [...document.querySelectorAll('.article-text a')].map((each) => [each.href, each.rel, each.target])"
TOUCH = """
for (const each of document.querySelectorAll('article *')) {
  for (const kind of ['mouseover', 'focus', 'toggle']) each.dispatchEvent(new Event(kind));
  if (!each.closest('a')) each.click();
}
"""


def html(beacon: str, head: str = "") -> str:
    """An article whose passages alternate with attacks."""
    attacks = [*SCRIPTS, *loads(beacon)]
    passages = "".join(f"<p>{PLAIN_TEXT[number % 4]}</p>{attack}" for number, attack in enumerate(attacks))
    return BODY.format(title=TITLE, passages=passages, head=head)


@pytest.fixture(scope="module")
def beacon(paired: User) -> str:
    """An address on another site; whoever asks for it is noticed."""
    return f"http://elsewhere.test:{paired.site.port}/beacon"


def clicked(user: User, client: Client, beacon: str) -> dict[str, Any]:
    """The user reads it, where it does what it likes, and clicks."""
    user.site.added["/hostile"] = html(beacon)
    user.site.asked.clear()
    user.reads("/hostile")
    assert user.browser.js(RAN) == 1
    assert any(path.startswith("/beacon") for path in user.site.asked)
    user.clicks("saved")
    user.browser.close_popup()
    return until(lambda: client.item_titled(TITLE), "the article")


def posted(user: User, client: Client, beacon: str) -> dict[str, Any]:
    """A program posts it as it was written, before any browser has put it in order."""
    capture = {
        "id": str(uuid4()),
        "url": user.site.url("/posted"),
        "title": TITLE,
        "html": html(beacon, leads_away(beacon)),
        "captured_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
        "client": {"name": "tests", "version": "1"},
    }
    reply = client.send("POST", "/api/captures", capture)
    assert reply.status == 201, reply.text
    item: dict[str, Any] = reply.json["item"]
    return item


@pytest.mark.parametrize("way", [clicked, posted])
def test_nothing_of_it_acts_where_it_is_read(paired: User, client: Client, beacon: str, way: Any):
    item = way(paired, client, beacon)
    paired.site.asked.clear()
    address = f"{paired.companion.url}/items/{item['id']}"
    paired.browser.open(address)
    assert PLAIN_TEXT[0] in paired.browser.js("return document.querySelector('article').textContent")
    paired.browser.js(TOUCH)

    assert paired.browser.js(RAN) is None
    assert paired.browser.js(ACTING) == []
    assert set(paired.browser.js(LOADED)) == {paired.companion.url}
    assert paired.site.asked == []
    assert paired.browser.address() == address
    assert client.send("DELETE", f"/api/items/{item['id']}").status == 204


def test_its_links_are_plain_ones(paired: User, client: Client, beacon: str):
    item = posted(paired, client, beacon)
    paired.browser.open(f"{paired.companion.url}/items/{item['id']}")
    links = paired.browser.js(LINKS)
    assert [beacon, "noopener noreferrer nofollow", "_blank"] in links
    for address, rel, target in links:
        assert address.startswith("http://")
        assert (rel, target) == ("noopener noreferrer nofollow", "_blank")
