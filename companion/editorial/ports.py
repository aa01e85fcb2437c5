"""What the editorial acts need of a store, so that they can be handed one without knowing which."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from companion.editorial.articles import Reading


class Table(Protocol):
    """Records that carry their own `id`."""

    def find(self, record_id: str, /) -> Mapping[str, Any] | None:
        """The record with this id, or None."""

    def put(self, record: Mapping[str, Any], /) -> None:
        """Add the record, or put it in the place of the one with the same id."""

    def put_all(self, records: list[Mapping[str, Any]], /) -> None:
        """As `put`, for many records in one write."""

    def discard(self, record_id: str, /) -> None:
        """Take the record out, if it is there."""

    def find_by(self, index: str, key: str, /) -> list[Any]:
        """The records that the index of this name has under this key."""

    def newest(self, index: str, key: str, /, before: Any = None, limit: int | None = None) -> list[Any]:
        """At most `limit` records that a sorted index has under this key, the last first, from below `before` on."""

    def oldest(self, index: str, key: str, /) -> Any:
        """The record that a sorted index has first under this key, None where there is none."""

    def __iter__(self) -> Iterator[Any]:
        """Every record."""


class Texts(Protocol):
    """Texts found by the hash of their content."""

    def put(self, text: str, /) -> str:
        """Keep a text, inside the transaction that names it; the hash finds it."""

    def get(self, name: str, /) -> str:
        """The text with this hash."""


class Search(Protocol):
    """Finds items by the words in them and in their articles."""

    def find(self, query: str, before: int | None = None, /) -> Iterator[str]:
        """The ids of the items that match, newest first, with numbers below `before`; read as far as they are taken."""


class Reader(Protocol):
    """Finds the article in a page, or in a PDF document, that nobody vouches for."""

    def read(self, html: str, url: str, /) -> Reading | None:
        """What is in the page at this address; None where it took too much to find anything."""

    def read_pdf(self, pdf: str, url: str, /) -> Reading | None:
        """What is in the document at this address, which is given in base64; None where it took too much."""


class Store(Protocol):
    """Tables by noun, and transactions over them."""

    @property
    def items(self) -> Table:
        """Curation items."""

    @property
    def slots(self) -> Table:
        """Slots that differ from what the cadence yields."""

    @property
    def segments(self) -> Table:
        """Measured time."""

    @property
    def busy_calendars(self) -> Table:
        """When the user is busy, by calendar."""

    @property
    def singletons(self) -> Table:
        """Records of which there is one."""

    @property
    def texts(self) -> Texts:
        """Article texts and pages."""

    @property
    def search(self) -> Search:
        """Full-text search over the items."""

    def transaction(self) -> AbstractContextManager[None]:
        """What happens inside is written together or not at all."""

    def forget_texts(self, names: Iterable[str | None], /) -> None:
        """Remove these texts at the end of the transaction under way, except those that an item still names."""

    def new_id(self) -> str:
        """An id that no record has."""

    def next_number(self) -> int:
        """One more than the highest number among the items."""
