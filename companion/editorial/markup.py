"""An article's HTML as it is shown for reading: structure and links, nothing that acts, loads or looks by itself."""

import re
from collections.abc import Set
from typing import Literal

import nh3

# Blocks that say more than there is to say here; a heading of the first degree is the page's own.
SHOWN_AS = {"h1": "h2"} | dict.fromkeys(
    "address article aside center details fieldset footer form header hgroup main nav section summary".split(), "div"
)
TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure h2 h3 h4 h5
    h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small strong sub sup table tbody td tfoot th thead time tr u
    ul var wbr
    """.split()
)
ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "abbr": {"title"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# What stands in them is no prose, or what is shown where something else does not work. A picture's text goes with the
# picture: in the middle of a sentence it reads as a mistake, and the caption stays.
WITHOUT_CONTENT = frozenset(
    """
    applet audio button canvas embed frameset iframe marquee noembed noframes noscript object option script select
    style svg template textarea title video
    """.split()
)
NAMED = TAGS | SHOWN_AS.keys()
RENAMED = re.compile(rf"<(/?)({'|'.join(SHOWN_AS)})(?=[ >])")
# A link around a picture that is gone: nothing to see, and yet a stop for the keyboard.
EMPTY_LINK = re.compile(r"<a(?: [^<>]*)?>((?:\s|<(?!/?a\b)[^<>]*>)*)</a>")
# A link that led to what acts, and now leads nowhere: its words stay, but it is no stop for the keyboard.
NO_LINK = re.compile(r"<a(?![^<>]*\shref=)[^<>]*>(.*?)</a>", re.DOTALL)
# A reader of HTML skips the first of them, and so one more each time it is cleaned.
FIRST_LINE_FEEDS = re.compile(r"(<pre(?: [^<>]*)?>)\n+")


def clean(html: str, url: str) -> str:
    """The HTML of an article at `url` with what is for reading alone; links are absolute, http(s), and lead outside.

    Markup is not nested deeper than `extraction.MAX_DEPTH` by then: from there on the parser's time grows steeply.
    What is clean stays as it is.
    """
    try:
        cleaner = _cleaner(NAMED, ("rewrite_with_base", url))
    except ValueError:  # What is no address leads nowhere from here.
        cleaner = _cleaner(NAMED, "deny")
    named = RENAMED.sub(lambda tag: f"<{tag[1]}{SHOWN_AS[tag[2]]}", cleaner.clean(html))
    # Once more: without what stood between them, tags can come to mean something else.
    inner = _cleaner(TAGS, "deny").clean(named)
    return FIRST_LINE_FEEDS.sub(r"\1", EMPTY_LINK.sub(r"\1", NO_LINK.sub(r"\1", inner)))


def _cleaner(tags: Set[str], relative: Literal["deny"] | tuple[Literal["rewrite_with_base"], str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        url_relative=relative,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
