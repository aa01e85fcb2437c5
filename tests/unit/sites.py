"""Servers on this machine that answer as they are told, and fetching from them."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from ipaddress import ip_address

import pytest

from companion.reading.answers import NotFetched
from companion.reading.fetch import fetch

PAGE = "<!doctype html><title>Eén</title><p>Gelezen."
HTML = "Content-Type: text/html; charset=utf-8"


def here(address):
    """This machine by one address only, so that its other addresses can stand for what is private."""
    return address == ip_address("127.0.0.1")


def reply(body=PAGE, *headers, status="200 OK"):
    """An answer as it goes over the line, with its length."""
    sent = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *(headers or [HTML]), f"Content-Length: {len(sent)}", "", ""]
    return ["\r\n".join(lines).encode() + sent]


def stream(*headers):
    """The head of an answer whose length is not told."""
    return "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode()


def redirect(location, status="302 Found"):
    return reply("", f"Location: {location}", status=status)


class Site:
    """A server that answers every request with the same pieces, and keeps what it was asked."""

    def __init__(self, listening, pieces, context=None):
        self.port = listening.getsockname()[1]
        self.requests = []
        self._listening, self._pieces, self._context = listening, pieces, context
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path="/a", host="127.0.0.1", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def _serve(self):
        with suppress(OSError):  # Closed at the end of the test.
            while True:
                line, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line):
        with suppress(OSError), line:  # The other side may hang up when it has seen enough.
            line.settimeout(20)
            if self._context:
                line = self._context.wrap_socket(line, server_side=True)
            with line:
                self.requests.append(line.recv(65536).decode("latin-1"))
                for piece in self._pieces() if callable(self._pieces) else self._pieces:
                    line.sendall(piece)


@contextmanager
def sites():
    """Opens servers, and closes them in the end."""
    opened = []

    def start(pieces, host="127.0.0.1", context=None):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened.append(socket.create_server((host, 0), family=family))
        return Site(opened[-1], pieces, context)

    try:
        yield start
    finally:
        for listening in opened:
            listening.close()


def refusal(url, **options):
    """Why there is no page."""
    with pytest.raises(NotFetched) as caught:
        fetch(url, **{"may_connect": here, **options})
    return caught.value.reason


END = b"0\r\n\r\n"


def chunked(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def drip(start, letter=b"x"):
    """A server that keeps its visitor with a letter at a time."""

    def pieces():
        yield start
        for _ in range(500):  # Ten seconds, so that a visitor with endless patience fails instead of hanging.
            time.sleep(0.02)
            yield letter

    return pieces
