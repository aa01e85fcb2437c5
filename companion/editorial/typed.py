"""What differs for captures that are no article: a post is its own words, a video takes as long as it lasts."""

from companion.editorial import posts, videos
from companion.editorial.articles import reading_minutes
from companion.editorial.metadata import Page
from companion.editorial.metadata.post_titles import UNREAD


def text(page: Page, kind: str, found: str) -> str | None:
    """The text of a post or a video, a line for each paragraph; None where what was found in the page stands."""
    if kind == "post":
        return posts.text(page, found)
    return videos.text(page, found) if kind == "video" else None


def title(kind: str, declared: str, text: str) -> str:
    """The title of a capture, given the page's: of a post whose title names the author alone, its start."""
    if kind == "post":
        return posts.title(declared, text)
    return UNREAD.sub("", declared) if kind == "video" else declared


def minutes(page: Page, kind: str, text: str) -> int:
    """Whole minutes that it takes: to watch a video, to read anything else."""
    return videos.minutes(page, text) if kind == "video" else reading_minutes(text)


def authors(page: Page, kind: str, declared: list[str]) -> list[str]:
    """Who made it: of a video that names nobody, the channel."""
    channel = videos.channel(page) if kind == "video" and not declared else ""
    return [channel] if channel else declared
