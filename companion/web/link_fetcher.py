"""Fetching the pages of links in the background: whoever saved one has their answer already."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime

from companion.editorial.articles import UNREADABLE, WAITING, Reading
from companion.editorial.links import NO_TEXT, note_failure, take_page, waiting_links
from companion.editorial.ports import Reader
from companion.reading.workers import Stopped, Workers
from companion.store import Store
from companion.web.background import Background

# A page that takes longer is kept as a link. The fetching itself gives up at 20 seconds and says why; this is what
# ends it where even that hangs, such as in a name server that does not answer.
FETCH_SECONDS = 21.0
# A slow site does not hold up the link behind it.
MOST_AT_ONCE = 2


class LinkFetcher:
    """Fetches what waits, in the order in which it came. Its threads start with the first link."""

    def __init__(
        self, store: Store, reader: Reader, clock: Callable[[], datetime], workers: Workers | None = None
    ) -> None:
        self._store, self._reader, self._clock = store, reader, clock
        self._workers = workers or Workers(MOST_AT_ONCE, "links")
        self._background = Background(self._fetch, MOST_AT_ONCE, "a link's page")
        # Of the turns at reading pages, links take one: a click is waited for, a link is not.
        self._reading = threading.Lock()

    def ask(self, item_id: str) -> None:
        """Fetch the page of this item soon, once, however often that is asked."""
        self._background.ask(item_id)

    def resume(self) -> None:
        """Go on with what waits: left by an earlier companion, or because its page could not be kept."""
        for item in waiting_links(self._store):
            self.ask(item["id"])

    def stop(self) -> None:
        """Fetch no more; what waits is fetched by the next companion."""
        self._background.stop(self._workers.close)

    def _fetch(self, item_id: str) -> None:
        item = self._store.items.find(item_id)
        if item is None or item.get("fetch") != WAITING:
            return
        fetched = self._page_at(item["article"]["url"])
        reading = self._read(fetched) if "url" in fetched else None
        if self._background.is_stopping:
            return  # What came of it may come of the stopping.
        if reading is None:
            reason = fetched.get("reason") or (UNREADABLE if fetched.get("pdf") else NO_TEXT)
            note_failure(self._store, item_id, reason, self._clock())
        else:
            take_page(self._store, item_id, reading, fetched.get("pdf") or fetched["html"], self._clock())

    def _read(self, fetched: Mapping[str, str]) -> Reading | None:
        with self._reading:
            if fetched.get("pdf"):
                return self._reader.read_pdf(fetched["pdf"], fetched["url"])
            return self._reader.read(fetched["html"], fetched["url"])

    def _page_at(self, url: str) -> dict[str, str]:
        """The final address and the HTML or the PDF there, or the reason why there is none."""
        try:
            fetched: dict[str, str] = self._workers.do({"kind": "link", "url": url}, FETCH_SECONDS)
            return fetched
        except Stopped as stopped:
            return {"reason": "unreachable" if stopped.why == "crashed" else stopped.why}
