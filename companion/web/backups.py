"""Backups as the companion sends them: in parts, while others go on reading and writing."""

from collections.abc import Callable, Iterator

from flask import Response

from companion.store import Store
from companion.store.backups.archive import archive, document
from companion.store.journal.lines import State
from companion.store.texts import Texts
from companion.web.context import companion

Maker = Callable[[State, Texts], Iterator[bytes]]


def send_archive(kept: Store) -> Response:
    """Everything, as a ZIP archive. Raises StoreError while as many are sent as may be at a time."""
    return _send(kept, archive, "application/zip")


def send_document(kept: Store) -> Response:
    """Everything, as one JSON document. Raises StoreError as `send_archive` does."""
    return _send(kept, document, "application/json")


def _send(kept: Store, make: Maker, mimetype: str) -> Response:
    end = companion().downloads.begin()
    answer = Response(_parts(kept, make), mimetype=mimetype)
    answer.call_on_close(end)
    return answer


def _parts(kept: Store, make: Maker) -> Iterator[bytes]:
    with kept.keeping_texts():
        yield from make(kept.state(), kept.texts)
