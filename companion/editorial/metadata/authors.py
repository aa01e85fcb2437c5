"""Who wrote an article."""

from collections.abc import Set
from typing import Any

from companion.editorial.metadata.bylines import author_places, nickname, people_in, signed
from companion.editorial.metadata.linked_data import first_text
from companion.editorial.metadata.names import is_person, people
from companion.editorial.metadata.page import Page
from companion.editorial.metadata.post_titles import posted
from companion.editorial.metadata.sites import site_keys
from companion.editorial.metadata.words import key
from companion.editorial.places import is_post_place

# In the order of trust: what news sites declare for aggregators and for their own counts, then what templates fill in.
NAMES = """
    citation_author article:author parsely-author sailthru.author cxenseparse:author byl author dc.creator
    dcterms.creator og:article:author og:author
    """.split()
WRITTEN_BY = (
    "written by",
    "geschrieben von",
    "geschreven door",
    "verfasst von",
    "écrit par",
    "escrito por",
    "scritto da",
)


def authors(page: Page) -> list[str]:
    """The people who wrote it, as people write their names, each once. An organisation where it alone signs.

    Of 127 news pages 98 declare people, and 94 of these the right ones. Where none are declared, or only the site
    itself, a line near the headline often names them; after that comes what is declared by one word, and the site.
    Of a post that declares nobody the page's title says whose it is: near it others are named too.
    """
    sites = site_keys(page)
    declared = [_stated(page), _named(page)]
    others = [_others(names, sites) for names in declared]
    if found := next((names for names in others if any(map(is_person, names))), None):
        return found
    if is_post_place(page.url) and (name := posted(page).author):
        return [name]
    places = author_places(page)
    named = (names for group in (*people_in(places), signed(page)) if (names := _others(group, sites)))
    return next(named, None) or next(filter(None, (*others, nickname(places), *declared, *people_in(places))), [])


def _others(names: list[str], sites: Set[str]) -> list[str]:
    """The names that are not the site's own."""
    return [name for name in names if key(name) not in sites]


def _stated(page: Page) -> list[str]:
    """By JSON-LD."""
    thing = page.main_thing
    return _unique(_of(thing.get("author"), page) or _of(thing.get("creator"), page))


def _of(declared: Any, page: Page) -> list[str]:
    """The names of one or many, however they are declared."""
    entries = declared if isinstance(declared, list) else [declared]
    return [name for entry in entries[:50] for name in _names(entry, page)]


def _names(entry: Any, page: Page) -> list[str]:
    if not isinstance(entry, dict):
        return people(first_text(entry))
    known = page.by_id.get(str(entry.get("@id")), entry)
    name = entry.get("name") or known.get("name")
    if isinstance(name, list):
        return [person for text in name[:50] for person in people(first_text(text))]
    return people(first_text(name))


def _named(page: Page) -> list[str]:
    """By meta elements."""
    for name in NAMES:
        if found := [person for text in page.meta.get(name, []) for person in people(text)]:
            return _unique(found)
    label = (page.first_meta("twitter:label1") or "").casefold()
    return people(page.first_meta("twitter:data1") or "") if label in WRITTEN_BY else []


def _unique(names: list[str]) -> list[str]:
    """Each name once, where and as it stands first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return list(found.values())
