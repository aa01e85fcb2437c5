"""What a page's site is called."""

import re

from companion.editorial.metadata.linked_data import first_text
from companion.editorial.metadata.page import Page
from companion.editorial.metadata.words import key

# A name with its motto, or with the section: "De Courant - nieuws uit de regio".
MOTTO = re.compile(r"\s+[|–—·•»:-]\s+|\s*[|｜]\s*")
# Characters; what is longer is a sentence about the site.
LONGEST_NAME = 60


def site_name(page: Page) -> str:
    """The publication's name as people say it, else its host without www."""
    return next((name for name in map(_name, _declared(page)) if name), "") or page.host


def _declared(page: Page) -> list[str]:
    """What a page calls its site, the best first."""
    websites = [first_text(thing) for thing in page.things({"WebSite"})]
    return [
        # Made for showing beside the headline.
        *page.meta.get("og:site_name", ()),
        # Often the company rather than the publication.
        publisher(page),
        *websites,
        *page.meta.get("application-name", ()),
        *page.meta.get("apple-mobile-web-app-title", ()),
    ]


def publisher(page: Page) -> str:
    """Who publishes the article, by its JSON-LD."""
    declared = page.main_thing.get("publisher")
    if isinstance(declared, list):
        declared = next(iter(declared), None)
    if isinstance(declared, dict) and isinstance(declared.get("@id"), str):
        declared = page.by_id.get(declared["@id"], declared) if not declared.get("name") else declared
    return first_text(declared)


def site_keys(page: Page) -> set[str]:
    """All that the site is called, for comparing: its names, its host, and the parts of its host."""
    labels = [label for label in page.host.split(".")[:-1] if len(label) > 3 or page.host.count(".") == 1]
    handles = [handle.lstrip("@") for handle in page.meta.get("twitter:site", ())]
    named = [part for name in _declared(page) for part in [name, *MOTTO.split(name)]]
    return {found for found in map(key, [*named, *handles, page.host, *labels]) if found}


def _name(declared: str) -> str:
    """One name out of what is declared; "" for an address or a sentence."""
    name = MOTTO.split(declared)[0].strip()
    return "" if "://" in name or len(name) > LONGEST_NAME else name
