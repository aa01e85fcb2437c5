"""What `kwartier add` sends, and what it says came of it."""

import time
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from companion import __version__
from companion.editorial.articles import is_final
from companion.editorial.marks import without_marks
from companion.errors import Invalid, NotFound

# A little more than the companion takes to fetch a page and to read it.
WAIT_SECONDS = 30.0
LOOK_SECONDS = 0.2
PDF_MARK = b"%PDF-"
# As many as the contract takes in base64, and a request holds.
MOST_PDF_BYTES = 5_900_000
WHY = {
    "refused_address": "its address leads to your own network, or is none that Kwartier opens by itself",
    "unreachable": "the site could not be reached",
    "too_slow": "the site took too long",
    "too_large": "the page is too large",
    "not_a_page": "the address leads to something other than a web page or a PDF",
    "answered_error": "the site does not show it to Kwartier",
    "no_text": "no article was found in the page",
    "no_article": "there is no article here",
    "login": "the page is behind a login",
    "wall": "the site first wants to see a person with a browser",
    "locked": "the PDF asks for a password",
    "scanned": "the PDF is a scan: only pictures, no text",
    "unreadable": "the PDF is damaged, or too heavy to read",
    "waiting": "the page has not come yet; Kwartier goes on trying while it runs",
}


def capture_of(source: str, url: str | None, view: str) -> dict[str, Any]:
    """The capture of a link, whose page may be fetched, or of a saved page or PDF. Raises Invalid."""
    from companion.editorial.extraction import page_address
    from companion.editorial.times import instant

    capture = {"id": str(uuid4()), "title": "", "captured_at": instant(datetime.now(UTC)), "commentary": view,
               "client": {"name": "kwartier add", "version": __version__}}  # fmt: skip
    if source.startswith(("http://", "https://")):
        return {**capture, "url": source, "fetch": True}
    content = _content(source)
    if PDF_MARK in content[:1024]:
        return {**capture, "pdf": _pdf(content), "url": url or _without_address()}
    html = without_marks(content.decode("utf-8", "replace"))
    return {**capture, "html": html, "url": url or page_address(html) or _without_address()}


def _pdf(content: bytes) -> str:
    if len(content) > MOST_PDF_BYTES:
        raise Invalid.field("FILE-OR-URL", f"a PDF of more than {MOST_PDF_BYTES:,} bytes is only taken by its address")
    return b64encode(content).decode()


def _content(source: str) -> bytes:
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Invalid.field("FILE-OR-URL", f"{source} cannot be read: {error.strerror}") from error


def _without_address() -> str:
    raise Invalid.field("--url", "the file does not say which address it is of; name it with --url")


def add(client: Any, capture: dict[str, Any], seconds: float = WAIT_SECONDS) -> str:
    """Sends the capture, waits for its page where that is fetched, at most so many seconds, and says what is kept."""
    receipt = client.post("/api/captures", capture)
    item = receipt["item"]
    known = f"Known already: {receipt['article']['title']}"
    if receipt["known"] and item.get("fetch") != "waiting":
        return known
    try:
        item = _settled(client, item, seconds)
    except NotFound:  # It led to an article that was there, and has gone into that one.
        return known
    if not item["link_only"]:
        return f"Saved: {item['article']['title']}"
    why = item.get("fetch") or "no_text"
    return f"Saved as a link only: {WHY[why]}.{_advice(item['article'], why)}"


def _advice(article: dict[str, Any], why: str) -> str:
    """What the user can do about it; "" where that is nothing."""
    if is_final(why, article["kind"]):
        return ""
    browser = " in Chrome or Edge" if article["kind"] == "pdf" else ""
    return f" Open {article['url']}{browser} and click Kwartier's icon there."


def _settled(client: Any, item: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The item once its page is fetched or is not going to be, or as it is when the time is up."""
    end = time.monotonic() + seconds
    while item.get("fetch") == "waiting" and time.monotonic() < end:
        time.sleep(LOOK_SECONDS)
        found: dict[str, Any] = client.get(f"/api/items/{item['id']}")
        item = found
    return item
