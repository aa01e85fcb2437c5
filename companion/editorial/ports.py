"""What the editorial acts need of a store, so that they can be handed one without knowing which."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol


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

    def __iter__(self) -> Iterator[Any]:
        """Every record."""


class Texts(Protocol):
    """Texts found by the hash of their content."""

    def put(self, text: str, /) -> str:
        """Keep a text; the hash finds it."""

    def get(self, name: str, /) -> str:
        """The text with this hash."""

    def discard(self, name: str, /) -> None:
        """Remove the text with this hash."""


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
    def singletons(self) -> Table:
        """Records of which there is one."""

    @property
    def texts(self) -> Texts:
        """Article texts and pages."""

    def transaction(self) -> AbstractContextManager[None]:
        """What happens inside is written together or not at all."""

    def new_id(self) -> str:
        """An id that no record has."""

    def next_number(self) -> int:
        """One more than the highest number among the items."""
