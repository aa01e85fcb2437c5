"""The article as it is read on its own page, and what became of fetching it."""

import re
from html import unescape
from typing import Any

from flask import redirect, url_for
from flask_babel import LazyString, lazy_gettext
from markupsafe import Markup

from companion.editorial import links
from companion.editorial.articles import LOGIN, is_final
from companion.editorial.markup import clean
from companion.errors import StoreError
from companion.records import Item
from companion.web.context import companion, now, store
from companion.web.pages import pages
from companion.web.pages.said import calmly

# Pages are read down to a depth of 512 (see extraction.py), and what holds the article comes on top.
DEEPEST = 600
# The end of a tag as it is kept. In a value there may stand what looks like a tag.
REST = r'(?: [a-z]+="[^"]*")*+>'
TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){REST}")
WITHOUT_END = {"br", "col", "hr", "wbr"}
FIRST_HEADING = re.compile(rf"((?:\s|<div{REST})*+)<h2{REST}((?:[^<>]|</?(?!h2\b)[a-z][a-z0-9]*{REST})*+)</h2>")
TABLE = re.compile(r"<table(?=[ >])")

WHY_NO_PAGE = {
    "refused_address": lazy_gettext(
        "Kwartier does not open this address by itself: it leads to your own network, or is no ordinary web address."
    ),
    "unreachable": lazy_gettext("Kwartier could not reach the site."),
    "too_slow": lazy_gettext("The site took too long to answer."),
    "too_large": lazy_gettext("The page is too large to fetch."),
    "not_a_page": lazy_gettext("The address leads to something other than a web page or a PDF."),
    "answered_error": lazy_gettext("The site does not show Kwartier this page. It may want you to log in."),
    "no_text": lazy_gettext("Kwartier fetched the page and found no article in it."),
    "no_article": lazy_gettext("There is no article here."),
    "login": lazy_gettext("This page is behind a login."),
    "wall": lazy_gettext("The site first wants to see a person with a browser."),
    "locked": lazy_gettext("This PDF asks for a password, so Kwartier cannot read it."),
    "scanned": lazy_gettext("This PDF is a scan: only pictures, no text."),
    "unreadable": lazy_gettext("This PDF is damaged, or too heavy to read."),
}
BY_CLICK = lazy_gettext("Open the original and click Kwartier's icon there: then its text is kept too.")
BY_LOGIN = lazy_gettext("Open the original, log in, and click Kwartier's icon there: then its text is kept too.")
# Firefox lets no extension into a PDF, and a capture holds so much.
BY_PDF = lazy_gettext(
    "Is it no larger than 5.9 MB? Then open it in Chrome or Edge and click Kwartier's icon there: its text is kept too."
)


def advice(item: Item) -> LazyString | None:
    """What the user can do about a text that is not there; None where that is nothing."""
    why, kind = item.get("fetch"), item["article"]["kind"]
    if is_final(why, kind):
        return None
    if kind == "pdf":
        return BY_PDF
    return BY_LOGIN if why == LOGIN else BY_CLICK


def may_fetch_again(item: Item) -> bool:
    """Whether another look of the companion's may find more: behind a login that is for the user's browser alone."""
    return advice(item) is not None and item.get("fetch") != LOGIN


def reading_view(item: Item) -> Markup:
    """The article's HTML for its page, empty where there is none to show; its text is shown then.

    It is cleaned once more: what lies in the data folder may come from a backup that somebody else made.
    """
    name = item.get("markup_hash")
    try:
        html = store().texts.get(name) if name else ""
    except StoreError:
        return Markup("")
    if not _is_well_formed(html):
        return Markup("")
    shown = _without_title(clean(html, item["article"]["url"]), item["article"]["title"])
    # Without quotes: whatever stands in quotes where this comes to stand is still closed by its own.
    scrolled = TABLE.sub("<div class=scroll tabindex=0><table", shown).replace("</table>", "</table></div>")
    return Markup(scrolled)


def _is_well_formed(html: str) -> bool:
    """Whether every tag is closed where it should be, as in all that is kept. Deep nesting takes a parser minutes."""
    inside: list[str] = []
    for closing, name in TAG.findall(html):
        if name in WITHOUT_END:
            continue
        if not closing:
            inside.append(name)
        elif not inside or inside.pop() != name:
            return False
        if len(inside) > DEEPEST:
            return False
    return not inside and "<" not in TAG.sub("", html)


def _without_title(html: str, title: str) -> str:
    """Without a heading that says what stands over the article already."""
    first = FIRST_HEADING.match(html)
    says_it_again = first and " ".join(unescape(TAG.sub("", first[2])).split()) == " ".join(title.split())
    return first[1] + html[first.end() :] if first and says_it_again else html


@pages.post("/items/<item_id>/page")
@calmly
def fetch_again(item_id: str) -> Any:
    """Has the page of a link fetched once more."""
    links.ask_for_page(store(), item_id, now())
    companion().links.ask(item_id)
    return redirect(url_for("pages.item", item_id=item_id), 303)


@pages.post("/items/<item_id>/text")
@calmly
def keep_text(item_id: str) -> Any:
    """Gives an item the text of a page that was taken for no article."""
    links.keep_text(store(), companion().reader, item_id, now())
    return redirect(url_for("pages.item", item_id=item_id), 303)
