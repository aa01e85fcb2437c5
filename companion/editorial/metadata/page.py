"""A parsed page with what it declares at hand."""

from functools import cached_property
from urllib.parse import SplitResult, urlsplit

from lxml.html import HtmlElement

from companion.editorial.identity import web_address
from companion.editorial.metadata.linked_data import Thing, first_text, linked_data, types_of
from companion.editorial.metadata.words import cleaned, key

# Values of one meta element that are looked at; a paper's authors are the most that mean something. And the characters
# of its names.
MOST_VALUES, LONGEST_NAMES = 100, 200
# The largest of 1,256 pages has 11,529; what is larger is made to be slow to search.
MOST_ELEMENTS = 20_000
POST_TYPES = {"SocialMediaPosting", "DiscussionForumPosting"}
VIDEO_TYPES = {"VideoObject", "Movie", "TVEpisode", "Clip"}
# Types that end in one of these are articles too: NewsArticle, BlogPosting, LiveBlogPosting, MedicalScholarlyArticle.
ARTICLE_ENDINGS = ("Article", "Posting")
OTHER_ARTICLE_TYPES = {"Report", "Review", "Recipe", "CriticReview", "Newsletter", "PodcastEpisode", "HowTo"}


class Page:
    """A page as it was parsed, and where it is from. The tree is shared with others, and never changed."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree, self.url = tree, url
        self.meta = _meta(tree)
        self.linked_data = linked_data(tree)

    def first_meta(self, *names: str) -> str | None:
        """The first of these meta elements that says anything."""
        return next((text for name in names for text in self.meta.get(name, ())), None)

    def things(self, types: set[str]) -> list[Thing]:
        """The JSON-LD things of these types."""
        return [thing for thing in self.linked_data if types & types_of(thing)]

    @cached_property
    def parts(self) -> SplitResult:
        """The parts of the address that it is from; empty ones where that is no address."""
        try:
            return urlsplit(self.url)
        except ValueError:
            return urlsplit("")

    @property
    def host(self) -> str:
        """The host that it is from, without www."""
        return (self.parts.hostname or "").removeprefix("www.")

    @property
    def articles(self) -> list[Thing]:
        """The JSON-LD things that are articles or posts."""
        return [thing for thing in self.linked_data if is_article(types_of(thing))]

    @cached_property
    def main_thing(self) -> Thing:
        """What the page is about, of all that its JSON-LD names; an empty thing where it names nothing fitting.

        Of 1,386 pages 21 name several articles: updates of a live blog, related ones. The one that gives this
        page's address is meant, else the one that is called like the page, else the first.
        """
        articles = self.articles or self.things(VIDEO_TYPES)
        if len(articles) < 2:
            return next(iter(articles or [thing for thing in self.things({"WebPage"}) if thing.get("headline")]), {})
        here = {_path(self.url), _path(address(self) or self.url)}
        called = key(self.first_meta("og:title") or cleaned(self.tree.findtext(".//title")))
        return min(articles, key=lambda thing: (not here & _addresses(thing), not _is_called(thing, called)))

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The heading of the first degree that the page's title holds, else the first there is."""
        headings = list(self.tree.iter("h1"))
        called = key(f"{self.first_meta('og:title')} {self.tree.findtext('.//title')}")
        said = (heading for heading in headings if (name := key(heading.text_content())) and name in called)
        return next(said, next(iter(headings), None))

    @cached_property
    def by_id(self) -> dict[str, Thing]:
        """The things by their @id, which other things refer to."""
        named = [thing for thing in self.linked_data if isinstance(thing.get("@id"), str) and len(thing) > 1]
        return {thing["@id"]: thing for thing in reversed(named)}


def address(page: Page) -> str | None:
    """The address that the page gives as its own."""
    declared = next(iter(page.tree.xpath("//link[@rel='canonical']/@href")), None) or page.first_meta("og:url")
    return web_address(declared) if declared else None


def is_article(types: set[str]) -> bool:
    """Whether one of these types of JSON-LD is an article's or a post's."""
    return bool(types & OTHER_ARTICLE_TYPES) or any(name.endswith(ARTICLE_ENDINGS) for name in types)


def _is_called(thing: Thing, called: str) -> bool:
    name = key(first_text(thing.get("headline")))
    return bool(name) and name in called


def _addresses(thing: Thing) -> set[str]:
    page = thing.get("mainEntityOfPage")
    named = [thing.get("url"), thing.get("@id"), page, page.get("@id") if isinstance(page, dict) else None]
    return {_path(address) for address in named if isinstance(address, str) and address}


def _path(address: str) -> str:
    """An address without what may differ between two of one page."""
    return address.partition("#")[0].partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/")


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = cleaned(element.get("content"))
        names = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        # Several names may stand in one, as in "og:title dc.title".
        for name in (names or "")[:LONGEST_NAMES].lower().split() if content else ():
            if len(values := found.setdefault(name, [])) < MOST_VALUES:
                values.append(content)
    return found
