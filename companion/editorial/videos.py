"""Pages of a video: what it is about, what is said in it, and how long it takes."""

import math
import re
from urllib.parse import parse_qsl, urlsplit

from companion.editorial.articles import host, one_line, reading_minutes
from companion.editorial.metadata import Page
from companion.editorial.metadata.linked_data import Thing, first_text
from companion.editorial.metadata.page import VIDEO_TYPES
from companion.editorial.metadata.words import key
from companion.editorial.places import is_video_place

# Beside a video, these show what others say of it and what else there is to see, and no article.
PLATFORMS = set(
    """
    dailymotion.com m.youtube.com player.vimeo.com ted.com tiktok.com twitch.tv vimeo.com youtu.be youtube-nocookie.com
    youtube.com
    """.split()
)
# Our choice: from this many words on, and twice as many as the description has, the page is an article with a video.
ARTICLE_WORDS = 150
# The part that the extension adds: captions and transcripts that the page has loaded.
TRANSCRIPT = "//section[@data-kwartier='transcript']"
DURATION = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.IGNORECASE)
# Letters by which two beginnings are compared.
START = 20
LONGEST_MINUTES = 24 * 60


def text(page: Page, found: str) -> str | None:
    """The description and the transcript; None where the page has neither, and what was found in it stands."""
    description, transcript = _description(page), _transcript(page)
    if _is_article(page, description, found):
        description = found
        transcript = "" if key(transcript[:200]) in key(found) else transcript
    return "\n".join(filter(None, (description, transcript))) or None


def minutes(page: Page, words: str) -> int:
    """How long the video takes, in whole minutes; where the page does not say, as long as its text takes to read."""
    seconds = _seconds(page)
    return min(math.ceil(seconds / 60), LONGEST_MINUTES) if seconds else reading_minutes(words)


def channel(page: Page) -> str:
    """Who put the video there; "" where the page does not say."""
    people = (_thing(page).get(name) for name in ("author", "creator", "publisher"))
    declared = (first_text(person) for each in people for person in (each if isinstance(each, list) else [each]))
    named = page.tree.xpath("//*[@itemprop='author']//*[@itemprop='name']/@content")
    return next(filter(None, [*declared, *map(one_line, named)]), "")


def _thing(page: Page) -> Thing:
    """The video in the JSON-LD. A platform's may still be the one before; that is not called like this page."""
    things = page.things(VIDEO_TYPES)
    if is_video_place(page.url):
        called = key(" ".join(element.text_content() for element in page.tree.xpath("//title | //h1")))
        things = [thing for thing in things if key(first_text(thing.get("name"))) in called]
    return next(iter(things), {})


def _is_article(page: Page, description: str, found: str) -> bool:
    words = len(found.split())
    is_platform = host(page.url) in PLATFORMS
    return not is_platform and words >= ARTICLE_WORDS and words >= 2 * len(description.split())


def _description(page: Page) -> str:
    """The longest that the page gives of this video: for previews it is cut off, and may be of the one before."""
    whole = _lines(_thing(page).get("description"))
    short = (page.first_meta("og:description", "description") or "") if _is_shared(page) else ""
    is_same = key(short).startswith(key(whole[:START]))
    return short if is_same and len(short) > len(whole) else whole


def _is_shared(page: Page) -> bool:
    """Whether what is declared for previews is about this video: it names what the address names."""
    shared = page.first_meta("og:url")
    return not shared or not is_video_place(page.url) or bool(_names(shared) & _names(page.url))


def _names(url: str) -> set[str]:
    """What in an address may be a video's name: the last part of its path, and what a query has for it."""
    try:
        address = urlsplit(url)
    except ValueError:
        return set()
    asked = [value for name, value in parse_qsl(address.query) if name == "v"]
    return set(asked or [part for part in address.path.split("/") if part][-2:])


def _transcript(page: Page) -> str:
    shown = [one_line(line.text_content()) for line in page.tree.xpath(f"{TRANSCRIPT}//p")]
    return "\n".join(filter(None, shown)) or _lines(_thing(page).get("transcript"))


def _lines(declared: object) -> str:
    lines = declared.splitlines() if isinstance(declared, str) else []
    return "\n".join(filter(None, map(one_line, lines)))


def _seconds(page: Page) -> int:
    declared = _thing(page).get("duration") or page.first_meta("duration", "video:duration", "og:video:duration")
    if not isinstance(declared, str):
        return 0
    if declared.isdecimal():
        return int(declared[:6])
    found = DURATION.fullmatch(declared.strip())
    days, hours, mins, secs = (int((part or "0")[:6]) for part in found.groups()) if found else (0, 0, 0, 0)
    return ((days * 24 + hours) * 60 + mins) * 60 + secs
