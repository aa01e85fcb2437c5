"""From the HTML of a page to its tree: once for everything that is looked for in it."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import cast

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from companion.editorial.marks import MARK


def elements(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A search for the elements at a path."""
    found = etree.XPath(path)
    return lambda tree: cast(list[HtmlElement], found(tree))


# Deeper markup is hostile or broken, and makes parsers slow: it is reduced to its plain text instead.
# This parser takes it in a millisecond, others, such as the one that makes the reader view, minutes.
MAX_DEPTH = 512
TOO_DEEP = etree.XPath("boolean(/" + "/".join("*" * (MAX_DEPTH + 1)) + ")")
# Signs. The longest head of 1,386 pages, with its styles, has some more.
LONGEST_HEAD = 300_000
# libxml2 takes nothing that stands behind the first of these, and some pages go on there.
ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
HEAD = frozenset("title meta link base style script noscript template".split())
# No words of the page's, or such as work something. A template that is a shadow root is the page's own text.
CODE = elements("//script|//style|//svg|//iframe|//link|//template[not(@shadowrootmode)]")
BESIDE = elements("//noscript|//nav|//dialog|//object|//video|//audio|//map|//canvas")
# MediaWiki has a link to edit it in every heading.
NO_TEXT = elements(
    "//noscript|//select|//datalist|//input|//textarea|//object|//canvas|//video|//audio|//map|//annotation"
    f"|//annotation-xml|//section[@{MARK}='transcript']|//span[@class='mw-editsection']"
)
# How the extension marks what it saw: what is hidden, what lies over the page, and that it looked at all of it.
SEEN, HIDDEN = "seen", frozenset({"hidden", "over"})
MAY_BE_HIDDEN = elements("//*[@hidden or contains(@style, 'none') or contains(@style, 'hidden')]")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What an element is called on its way out.
DROPPED = "dropped"
# The names by which candidates judge an element.
LEAN = ("class", "id", "role", "itemprop")


def parse(html: str) -> HtmlElement | None:
    """The page as a tree, or None where it is empty or nested too deep."""
    if not html.strip():
        return None
    # Bytes with a named encoding: a page's own claim about its encoding no longer holds for a string, and a lone
    # surrogate would cut it off. huge_tree, since without it text nodes over 10 MB come out empty.
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    # Of one class whatever their tag: lxml.html asks Python for the class each time that it meets an element.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = document_fromstring(ENDS.sub("", html.replace("\0", "")).encode("utf-8", "replace"), parser=parser)
        return None if TOO_DEEP(tree.getroottree()) else _with_body(tree)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _with_body(tree: HtmlElement) -> HtmlElement:
    """The tree itself; what stands in its head and belongs in none begins its body.

    Where a page has no <body>, browsers begin one there; libxml2 does not for elements that are younger than it.
    """
    strays = [element for top in tree.findall("head") for element in top if element.tag not in HEAD]
    if strays:
        body = tree.find("body")
        body = etree.SubElement(tree, "body") if body is None else body
        strays[-1].tail = f"{strays[-1].tail or ''}{body.text or ''}"
        body.text = None
        body[:0] = strays
    return tree


def head(html: str) -> HtmlElement:
    """The head of a page as a tree; an empty one where there is none to be read."""
    start = html[:LONGEST_HEAD].lower().find("<body")
    tree = parse(html[: start if start >= 0 else LONGEST_HEAD])
    empty = document_fromstring("<html></html>")
    return empty if tree is None or start < 0 else tree


def text_tree(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without the elements that hold none of its text; those that are hidden are marked so.

    Where the extension saw the page, its marks alone count: what was hidden at first may have been opened since.
    """
    copy = deepcopy(tree)
    drop(copy, CODE(copy))
    # It has no end tag, and the parser takes what stands behind it for its content.
    etree.strip_tags(copy, "embed")
    for element in _never_closed(copy):
        element.tag = "div"
    drop(copy, NO_TEXT(copy))
    if tree.get(MARK) != SEEN:
        for element in MAY_BE_HIDDEN(copy):
            if "hidden" in element.attrib or HIDDEN_STYLE.search(element.get("style", "")):
                element.set(MARK, "hidden")
    return copy


def _never_closed(tree: HtmlElement) -> list[HtmlElement]:
    """Elements beside the text that hold most of the page: they were never closed, as on 2 of 990 pages."""
    most = len(tree.text_content()) / 2
    return [element for element in BESIDE(tree) if len(element.text_content()) > most]


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element in such a copy is not displayed, or lies over the page."""
    return bool(element.attrib) and element.get(MARK) in HIDDEN


def drop(tree: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Take elements out of the tree; what stands behind them stays."""
    for element in elements:
        element.tag = DROPPED
    # In the library: it minds no control characters, which may not be written from here.
    etree.strip_elements(tree, DROPPED, with_tail=False)


def lean_copy(tree: HtmlElement) -> HtmlElement:
    """A copy of the tree for the candidates, without the attributes that none of them judges by: it saves a tenth."""
    copy = deepcopy(tree)
    for element in copy.iter(etree.Element):
        if element.attrib:
            kept = [(name, element.get(name)) for name in LEAN if element.get(name)]
            # Cleared as a whole: some pages have attributes whose names nothing can be called by.
            element.attrib.clear()
            element.attrib.update(kept)
    return copy


def without_empty(tree: HtmlElement) -> HtmlElement:
    """The tree itself, without the elements in which nothing stands."""
    empty: set[HtmlElement] = set()
    for element in reversed(list(tree.iter(etree.Element))):
        if (
            element.tag != "br"
            and not _is_said(element.text)
            and all(child in empty and not _is_said(child.tail) for child in element)
        ):
            empty.add(element)
    drop(tree, empty - {tree})
    return tree


def _is_said(text: str | None) -> bool:
    return bool(text) and not str(text).isspace()
