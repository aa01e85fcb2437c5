"""Requests byte by byte, and the answers to them: what well-behaved clients cannot send or do not show."""

import http.client
import io
import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

# Nothing here takes long; this only keeps a test from hanging.
PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """One answer. `headers` are by their names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


class _Received(io.BytesIO):
    """Bytes that have all arrived, as http.client wants a socket; the end of one answer does not close the next."""

    def makefile(self, *_: object) -> io.BytesIO:
        return self

    def close(self) -> None:
        """Stay open."""


def request(method: str, target: str, *headers: str, body: bytes = b"") -> bytes:
    """The bytes of a request; a body brings its length, unless a header says otherwise."""
    lines = [f"{method} {target} HTTP/1.1", *headers]
    names = {line.partition(":")[0].lower() for line in headers}
    if body and not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def exchange(port: int, sent: bytes, patience: float = PATIENCE) -> bytes:
    """All that comes back until the companion closes the connection; it may answer before everything is sent."""
    with socket.create_connection(("127.0.0.1", port), patience) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # It may have answered already and closed its end.
            connection.sendall(sent)
        return b"".join(_parts(connection))


def _parts(connection: socket.socket) -> Iterator[bytes]:
    with suppress(ConnectionResetError):  # What it had to say has arrived by then.
        while part := connection.recv(1 << 16):
            yield part


def answers(received: bytes, *methods: str) -> list[Answer]:
    """The answers in these bytes, in their order; `methods` are those of the requests, since HEAD has no body."""
    content, found, asked = _Received(received), [], iter(methods)
    while content.tell() < len(received):
        response = http.client.HTTPResponse(content, method=next(asked, "GET"))
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        found.append(Answer(response.status, headers, response.read()))
    return found
