"""From a page's HTML or a PDF to its article, within limits of time and memory, in a process of its own.

Sheets with the content plan are read there too.
"""

import logging
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from companion.editorial.articles import Reading
from companion.errors import StoreError
from companion.reading.workers import Stopped, Workers

# With the start of another worker between them they stay under the five seconds in which a capture is to be answered,
# whatever its page is like. Behind several such pages it waits for a turn.
PAGE_SECONDS = 2.5
PLAIN_SECONDS = 1.0
# A PDF has no second try.
PDF_SECONDS = PAGE_SECONDS + PLAIN_SECONDS
# A plan of twelve weeks takes a twentieth of one; somebody waits for a file of 8 MB without wondering.
SHEET_SECONDS = 15.0
# While one works on a page made to hurt, the other serves everybody else.
MOST_WORKERS = 2

logger = logging.getLogger("kwartier")


class PageReader:
    """Reads pages. What takes too much is read as plain text, and if that takes too much too, not at all."""

    def __init__(self) -> None:
        self._workers = Workers(MOST_WORKERS, "pages")

    def read(self, html: str, url: str) -> Reading | None:
        """What is in the page at this address; None where it took too much to find anything.

        Raises StoreError where Kwartier stops meanwhile: sent again later, the page is read after all.
        """
        page = {"html": html, "url": url}
        return self._try({"kind": "page", **page}, PAGE_SECONDS) or self._try({"kind": "plain", **page}, PLAIN_SECONDS)

    def read_pdf(self, pdf: str, url: str) -> Reading | None:
        """What is in the PDF document at this address, given in base64; None where it took too much.

        Raises StoreError where Kwartier stops meanwhile.
        """
        return self._try({"kind": "pdf", "pdf": pdf, "url": url}, PDF_SECONDS)

    def read_sheet(self, content: bytes) -> Mapping[str, Any]:
        """The `sheets` in a file (see sheets.py), or the `problem` that keeps them from being read.

        Raises StoreError where Kwartier stops meanwhile.
        """
        reading = self._do({"kind": "sheet", "file": b64encode(content).decode()}, SHEET_SECONDS)
        return {"problem": reading} if isinstance(reading, str) else reading

    def warm(self) -> None:
        """Get ready: a page is likely to come."""
        self._workers.warm()

    def close(self) -> None:
        """Read no more."""
        self._workers.close()

    def _try(self, job: dict[str, Any], seconds: float) -> Reading | None:
        reading = self._do(job, seconds)
        return None if isinstance(reading, str) else Reading(**reading)

    def _do(self, job: dict[str, Any], seconds: float) -> Any:
        """What a worker makes of it, which is no text; else why it came to no end."""
        try:
            return self._workers.do(job, seconds)
        except Stopped as stopped:
            if stopped.why == "closed":
                raise StoreError("Kwartier is stopping. Try again when it runs.") from stopped
            logger.warning("What was sent could not be read (%s, %s)", job["kind"], stopped.why)
            return stopped.why
