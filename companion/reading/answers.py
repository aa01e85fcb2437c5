"""Answers of sites that nobody vouches for: where they are asked is checked, how long and how much is bounded."""

import logging
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from threading import Timer
from typing import Literal, Self, TypeAlias
from urllib.parse import urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse
from urllib3.util import Url, parse_url

from companion import __version__
from companion.editorial.identity import web_address
from companion.reading.addresses import MayConnect, RefusedAddress, connect

Reason: TypeAlias = Literal[
    "refused_address", "unreachable", "too_slow", "too_large", "not_a_page", "answered_error", "login"
]

# Our choice: a person waits for it, and a site that is up answers within a few seconds.
SECONDS = 20.0
# Our choice: twice what the extension sends of a page. It holds for what is unpacked.
MOST_BYTES = 10 * 1024 * 1024
# Shorteners and moved sites take two or three; browsers give up at 20.
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# What is said to who did not log in, or is not let in at all.
NOT_FOR_ALL = {401, 403, 407}
# Nothing of the person's: no cookie, no referrer, no language. Of the encodings the one that is unpacked in bounds.
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; Kwartier/{__version__})",
    "Accept-Encoding": "gzip",
}
PLAIN_OR_PACKED = {"", "identity", "gzip", "x-gzip"}


class NotFetched(Exception):
    """The address gave nothing of use; `reason` says why, in the codes of an item's `fetch`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Answer:
    """The head of an answer, whose body is yet to be read, and the address at which it was in the end.

    Where a record may not hold that address, it is the last one that it may.
    """

    url: str
    response: HTTPResponse

    @property
    def kind(self) -> str:
        """The media type that it declares."""
        return self._declared().get_content_type()

    @property
    def charset(self) -> str | None:
        """The encoding that it declares."""
        return self._declared().get_content_charset()

    @property
    def can_be_unpacked(self) -> bool:
        """Whether it is plain, or packed in the one way that was asked for."""
        return self.response.headers.get("content-encoding", "").strip().lower() in PLAIN_OR_PACKED

    def header(self, name: str) -> str:
        """What this header says; empty where there is none."""
        return str(self.response.headers.get(name, ""))

    def require_page(self) -> None:
        """Raises NotFetched where it is not what was asked for, but a word that it cannot be had."""
        if self.response.status != 200:
            raise NotFetched("login" if self.response.status in NOT_FOR_ALL else "answered_error")

    def body(self, mark: bytes = b"", within: int = 0) -> bytes:
        """What was sent, unpacked.

        Raises NotFetched as soon as it is too much, or has not the mark that is to stand `within` its first bytes.
        """
        if (self.response.length_remaining or 0) > MOST_BYTES:
            raise NotFetched("too_large")
        body = bytearray()
        # In pieces of 64 KB, unpacked too. Unless it is told to, it leaves chunks packed.
        for piece in self.response.stream(decode_content=True):
            body += piece
            if len(body) > MOST_BYTES:
                raise NotFetched("too_large")
            if len(body) >= within and mark not in body[:within]:
                raise NotFetched("not_a_page")
        if mark not in body[:within]:
            raise NotFetched("not_a_page")
        return bytes(body)

    def _declared(self) -> Message:
        declared = Message()
        declared["Content-Type"] = self.response.headers.get("content-type", "")
        return declared


@dataclass(frozen=True)
class Terms:
    """Where an answer may come from.

    `may_connect` is asked about every address before it is connected to, on every redirect; where `some_will_do`, a
    name may lead to others as well, which are left out. From https to http is followed, as the site itself asks for
    it, unless the address `is_secret`: then nobody on the way is to read it.
    """

    may_connect: MayConnect
    some_will_do: bool = False
    is_secret: bool = False

    def require_step(self, url: str, target: str) -> None:
        """Raises NotFetched where a redirect may not lead from `url` to `target`."""
        if self.is_secret and url.lower().startswith("https:") and not target.lower().startswith("https:"):
            raise NotFetched("refused_address")


@contextmanager
def answer_at(url: str, headers: Mapping[str, str], terms: Terms, seconds: float) -> Iterator[Answer]:
    """The answer at `url`, within `seconds`, the looking up of names aside.

    Raises NotFetched, also while it is read.
    """
    # It would put addresses of articles into a log.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    with _Watch(seconds) as watch:
        try:
            with _followed(url, {**HEADERS, **headers}, _Dialler(terms, watch)) as answer:
                yield answer
        except RefusedAddress as error:
            raise NotFetched("refused_address") from error
        except (OSError, HTTPException, HTTPError) as error:
            raise NotFetched("unreachable") from error


class _Watch:
    """Cuts connections off when the time is up, wherever the other side keeps us waiting; NotFetched comes of that."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._is_over = False
        self._lines: list[socket.socket] = []
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for line in self._lines:
            line.close()
        # What is cut off can look like an end; so this goes before any result and any other reason.
        if self._is_over:
            raise NotFetched("too_slow")

    @property
    def seconds_left(self) -> float:
        return max(0.001, self._end - time.monotonic())

    def over(self, line: socket.socket) -> socket.socket:
        """The same connection, watched from now on."""
        # A handle of its own: TLS takes the given one over.
        self._lines.append(line.dup())
        if self._is_over:
            self._cut()
        return line

    def _cut(self) -> None:
        self._is_over = True
        for line in self._lines:
            with suppress(OSError):  # It has ended by itself.
                line.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class _Dialler:
    """How connections are made: where to is checked, and how long they last."""

    terms: Terms
    watch: _Watch

    def dial(self, host: str, port: int) -> socket.socket:
        terms = self.terms
        return self.watch.over(
            connect(host, port, terms.may_connect, self.watch.seconds_left, some_will_do=terms.some_will_do)
        )


class _Connection(HTTPConnection):
    dialler: _Dialler

    def _new_conn(self) -> socket.socket:
        return self.dialler.dial(self._dns_host, self.port)


class _SafeConnection(_Connection, HTTPSConnection):
    """The same in TLS, which goes on comparing the certificate with the name."""


@contextmanager
def _followed(url: str, headers: Mapping[str, str], dialler: _Dialler) -> Iterator[Answer]:
    kept = url
    for _ in range(MOST_REDIRECTS + 1):
        kept = web_address(url) or kept
        with _asked(_parts(url), headers, dialler) as response:
            if response.status not in REDIRECTS:
                yield Answer(kept, response)
                return
            target = _target(url, response)
        dialler.terms.require_step(url, target)
        url = target
    raise NotFetched("answered_error")


def _parts(url: str) -> Url:
    """An address taken apart, with a name beyond ASCII as the net spells it."""
    try:
        address = urlsplit(url)
        if address.scheme not in ("http", "https") or not address.hostname or "@" in address.netloc:
            raise NotFetched("refused_address")
        netloc = address.netloc.encode("idna").decode("ascii")
        return parse_url(address._replace(netloc=netloc).geturl())
    except ValueError as error:
        raise NotFetched("unreachable") from error


@contextmanager
def _asked(address: Url, headers: Mapping[str, str], dialler: _Dialler) -> Iterator[HTTPResponse]:
    """The head of the answer; the body is yet to be read."""
    with closing(_connection(address)) as connection:
        connection.dialler = dialler
        connection.request("GET", address.request_uri, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as answer:
            yield answer


def _connection(address: Url) -> _Connection:
    host = str(address.host).strip("[]")
    if address.scheme == "http":
        return _Connection(host, address.port or 80, timeout=None)
    from truststore import SSLContext  # What the system trusts: a company's own certificates too.

    return _SafeConnection(host, address.port or 443, timeout=None, ssl_context=SSLContext(ssl.PROTOCOL_TLS_CLIENT))


def _target(url: str, answer: HTTPResponse) -> str:
    """Where a redirect leads."""
    location = answer.headers.get("location")
    if not location:
        raise NotFetched("answered_error")
    try:
        # Sites write accents as they are; http.client takes every byte for a letter.
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError as error:
        raise NotFetched("unreachable") from error
