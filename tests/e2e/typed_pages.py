"""Pages that are read in a way of their own: a PDF, a video, a post, and pages that hold no article."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.documents import Words, document, paragraphs
from tests.e2e.page_server import DUTCH_TEXT, DUTCH_TITLE, ENGLISH_TEXT, PLAIN_TEXT, PageServer, numbered_title

HTML = "text/html; charset=utf-8"
WALL = "Sign in to see who has commented on this post, and to join the conversation."
COMMENT = "What a recognisable story, thank you for writing it down."
SAID = [
    "Good morning, and welcome to the law in a quarter of an hour.",
    "Today we read a judgment on contracts that were drafted by software and signed by nobody.",
    "It is shorter than you may think, and it answers two questions at once.",
]
OTHERS = "Another video that you may like, and that has nothing to do with this one."


@dataclass(frozen=True)
class TypedPage:
    """A page, and what the item must be that a click on it makes.

    Is `is_asked` set, the popup asks first. Firefox lets no extension into a PDF: `link_in_firefox` says that the
    companion is to fetch it, which it does not from the site of the tests.
    """

    path: str
    body: bytes
    title: str
    kind: str
    content_type: str = HTML
    says: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    authors: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    fetch: str | None = None
    minutes: int | None = None
    is_asked: bool = False
    link_in_firefox: bool = False

    def put_on(self, site: PageServer) -> None:
        """Adds it to a site."""
        site.added[self.path] = (self.body, self.content_type)

    def is_link(self, browser: str) -> bool:
        """Whether the link is all that is kept by a click in this browser."""
        return self.fetch is not None or (self.link_in_firefox and browser == "firefox")


def _page(title: str, body: str, thing: dict[str, Any] | None = None) -> bytes:
    told = f'<script type="application/ld+json">{json.dumps(thing)}</script>' if thing else ""
    head = f'<meta charset="utf-8"><title>{title}</title>{told}'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'.encode()


def _posting() -> bytes:
    """As such sites show it to who is not logged in: the whole post for search engines, for people its beginning."""
    author = {"@type": "Person", "name": "Anna de Wit"}
    comment = {"@type": "Comment", "text": COMMENT, "author": {"@type": "Person", "name": "Bram Visser"}}
    thing = {
        "@context": "https://schema.org",
        "@type": "SocialMediaPosting",
        "articleBody": "\n".join(PLAIN_TEXT),
        "author": author,
        "datePublished": "2026-03-12T07:30:00Z",
        "comment": [comment],
    }
    shown = f"<main><p>{PLAIN_TEXT[0][:60]}… see more</p><p>{WALL}</p><section><p>{COMMENT}</p></section></main>"
    return _page(f"Anna de Wit on LinkedIn: {PLAIN_TEXT[0][:40]}…", shown, thing)


def _video() -> bytes:
    thing = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "The law in a quarter of an hour",
        "description": ENGLISH_TEXT[0],
        "author": "The Page Test Channel",
        "uploadDate": "2026-03-12",
        "duration": "PT14M30S",
    }
    lines = "".join(f"<p>{line}</p>" for line in SAID)
    shown = (
        f'<h1>{thing["name"]}</h1><video></video><div class="transcript">{lines}</div><aside><p>{OTHERS}</p></aside>'
    )
    return _page("The law in a quarter of an hour", shown, thing)


def _front() -> bytes:
    teasers = "".join(f'<h3><a href="/numbered/{n}">{numbered_title(n)}</a></h3><p>Today</p>' for n in range(1, 12))
    return _page("The Page Test Review", f"<main>{teasers}</main>")


REPORT = document(
    [
        Words("The Page Test Review", y=810, size=8),
        Words(DUTCH_TITLE, y=770, size=16),
        *paragraphs(*DUTCH_TEXT, y=720),
        Words("Page 1 of 1", y=30, size=8),
    ],
    about={
        "Title": "Microsoft Word - richtlijn-def2.docx",
        "Author": "Bram Visser",
        "CreationDate": "D:20260312073000Z",
    },
)

TYPED = [
    TypedPage(
        "/documents/guideline.pdf",
        REPORT,
        DUTCH_TITLE,
        "pdf",
        content_type="application/pdf",
        says=tuple(DUTCH_TEXT),
        lacks=("Page 1 of 1",),
        authors=["Bram Visser"],
        link_in_firefox=True,
    ),
    TypedPage(
        "/posts/anna",
        _posting(),
        PLAIN_TEXT[0][:100].rsplit(" ", 1)[0] + " …",
        "post",
        says=tuple(PLAIN_TEXT),
        lacks=(WALL, COMMENT),
        authors=["Anna de Wit"],
        people=["Anna de Wit"],
    ),
    TypedPage(
        "/watch/law",
        _video(),
        "The law in a quarter of an hour",
        "video",
        says=(ENGLISH_TEXT[0], *SAID),
        lacks=(OTHERS,),
        authors=["The Page Test Channel"],
        minutes=15,
    ),
    TypedPage("/", _front(), "The Page Test Review", "other", fetch="no_article", is_asked=True),
]
