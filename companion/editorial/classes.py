"""What an item is for planning: its topic, how fast it ages, and whose it is, each with what told it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from companion.editorial.articles import NO_ARTICLE, host
from companion.editorial.topics import Filed
from companion.records import Agreement, Item

# What is worth sharing a year after it came out will be so next month too.
LASTS_AFTER_DAYS = 365
# Nobody calls it news when it is a month and a half old.
NEVER_NEWS_AFTER_DAYS = 45
# News is short and was read within days of its coming out: reports run to some 500 words, background to 800 and more.
NEWS_DAYS, NEWS_WORDS = 7, 600

# Titles of what explains how things are done or what they are, in English and Dutch.
LASTING_TITLE = re.compile(
    r"""\b(?:how[ -]to|step[ -]by[ -]step|checklists?|best[ ]practices|tutorials?|glossary|templates?|cheat[ ]?sheet
        |(?:a|the|your|\w+['’]s)[ ](?:\w+[ ]){0,2}guide|guide[ ]to|introduction[ ]to|the[ ]basics|FAQ|explained
        |handleiding|stappenplan|\w*gids|wegwijzer|leidraad|draaiboek|sjabloon|veelgestelde[ ]vragen|\w*tips|uitgelegd
        |in[ ](?:\w+[ ])?(?:steps|stappen)|stap[ ]voor[ ]stap|waar[ ]moet[ ]je[ ]op[ ]letten)\b
    |^(?:what|wat)[ ](?:is|are|zijn)\b(?![ ](?:behind|next|going|er|happening|nieuw|new)\b)
    |^(?:zo|hoe)[ ](?:\w+[ ])?(?:je|jij|u)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# A title with a year in it is of that year.
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

# Parts of an address under which a site sells, as in `/product/`; and words with which the name of such a page begins,
# as in `/webinar-ai`. `/product-liability` may be an article.
SALES_PATH = re.compile(
    r"""/(?:pricing|prices|prijzen|tarieven|plans|products?|producten|services|diensten|solutions|oplossingen|features
        |events?|evenement(?:en)?|trainingen|trainings?|courses?|cursussen|aanbod|aanbieding(?:en)?|shop|webshop|store
        |winkel|trial|proefperiode|signup|sign-up|aanmelden|inschrijven|subscribe|abonneren|contact)(?:[./]|$)
    |/(?:webinars?|workshops?|masterclass(?:es)?|seminars?|demo|cursus|offerte|book-a)(?:[-_./]|$)""",
    re.IGNORECASE | re.VERBOSE,
)
SALES_TITLE = re.compile(
    r"""\b(?:webinars?|demo|pricing|tarieven|offerte|free[ ]trial|sign[ ]up|register[ ]now|book[ ]a|discount|korting
        |gratis[ ]proberen|meld[ ]je[ ]aan|schrijf[ ]je[ ]in|aanbieding|early[ ]bird|masterclass)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value, the code of what told it, and the values that its sentence needs.

    `because` is one of you, keyword, filed_before, kind, title, length, age, own_domain, sales_page, elsewhere, none.
    """

    value: str
    because: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Classes:
    """The topic, empty where none is known; news, analysis or evergreen; own, external or promotion."""

    topic: Found
    freshness: Found
    sourcing: Found


def classify(item: Item, agreement: Agreement, filed: Filed, now: datetime) -> Classes:
    """What an item is. What the user said goes before what is found."""
    return Classes(
        topic=find_topic(item, agreement, filed),
        freshness=find_freshness(item, now),
        sourcing=find_sourcing(item, agreement["own_domains"]),
    )


def find_topic(item: Item, agreement: Agreement, filed: Filed) -> Found:
    """The topic under which the user filed it, else that of its words, else that of what came from the same source."""
    if item["topic"]:
        return Found(_as_agreed(item["topic"], agreement), "you")
    if name := item.get("found_topic"):
        return Found(name, "keyword")
    if name := filed.topic_of(item["article"]):
        return Found(_as_agreed(name, agreement), "filed_before", {"site": item["article"]["site_name"]})
    return Found("", "none")


def _as_agreed(name: str, agreement: Agreement) -> str:
    """The topic as the agreement spells it, so that what is filed by hand is one with what is found."""
    small = name.casefold()
    return next((topic["name"] for topic in agreement["topics"] if topic["name"].casefold() == small), name)


def find_freshness(item: Item, now: datetime) -> Found:
    """How fast it ages. The surest sign comes first.

    News stays news while it waits, until it is too old for it. Lasting is what was old when it was found worth keeping;
    what merely grew old in the queue is not.
    """
    article = item["article"]
    if chosen := item.get("freshness"):
        return Found(chosen, "you")
    if _is_lasting(article["title"]):
        return Found("evergreen", "title")
    captured = date.fromisoformat(item["captured_at"][:10])
    appeared = min(_day(article["published"]) or captured, captured)
    if (days := (captured - appeared).days) > LASTS_AFTER_DAYS:
        return Found("evergreen", "age", {"days": days})
    return _by_kind_and_length(item, days, (now.date() - appeared).days)


# Each look at the plan asks it of every title again.
@lru_cache(maxsize=4096)
def _is_lasting(title: str) -> bool:
    return bool(LASTING_TITLE.search(title)) and not YEAR.search(title)


def _day(published: str | None) -> date | None:
    """The day that a page says it came out; None where it says so in a way of its own."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _by_kind_and_length(item: Item, days_at_capture: int, days_now: int) -> Found:
    article = item["article"]
    words, kind = article["word_count"], article["kind"]
    if days_now > NEVER_NEWS_AFTER_DAYS:
        return Found("analysis", "age", {"days": days_now})
    if kind == "post":
        return Found("news", "kind", {"kind": kind})
    if kind in ("pdf", "video"):
        return Found("analysis", "kind", {"kind": kind})
    if words >= NEWS_WORDS:
        return Found("analysis", "length", {"words": words})
    if words and days_at_capture <= NEWS_DAYS and _day(article["published"]):
        return Found("news", "length", {"words": words})
    return Found("analysis", "none")


def find_sourcing(item: Item, own_domains: Sequence[str]) -> Found:
    """Whose it is: of the user and their company, something that these sell, or of somebody else."""
    if chosen := item.get("sourcing"):
        return Found(chosen, "you")
    site = host(item["article"]["url"])
    bare = (own.removeprefix("www.") for own in own_domains)  # As `host` leaves it out of the site.
    domain = next((own for own in bare if site == own or site.endswith(f".{own}")), None)
    if domain is None:
        return Found("external", "elsewhere")
    return Found("promotion", "sales_page") if _sells(item) else Found("own", "own_domain", {"domain": domain})


def _sells(item: Item) -> bool:
    """Whether a page of the user's own site sells. A link that was not read is judged by its words alone."""
    article = item["article"]
    path = urlsplit(article["url"]).path
    is_no_article = item.get("fetch") == NO_ARTICLE or (article["kind"] == "other" and not item["link_only"])
    is_front = path in ("", "/")
    return is_no_article or is_front or bool(SALES_PATH.search(path) or SALES_TITLE.search(article["title"]))
