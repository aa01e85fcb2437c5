"""A page or a PDF by its address, from a site that nobody vouches for."""

import codecs
import logging
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from threading import Timer
from typing import Literal, Self, TypeAlias
from urllib.parse import urljoin, urlsplit

from bs4.dammit import EncodingDetector
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse
from urllib3.util import Url, parse_url

from companion import __version__
from companion.editorial.identity import web_address
from companion.editorial.marks import without_marks
from companion.reading.addresses import MayConnect, RefusedAddress, connect, is_elsewhere

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
PAGES = ("text/html", "application/xhtml+xml")
PDF = "application/pdf"
# Sites that offer a file to be saved declare it so; what it is, its first bytes tell.
FILES = (PDF, "application/x-pdf", "application/octet-stream", "binary/octet-stream")
# Readers of PDF look for it here, since some programs write something before it.
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
# Nothing of the person's: no cookie, no referrer, no language. Of the encodings the one that is unpacked in bounds.
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; Kwartier/{__version__})",
    "Accept": ", ".join([*PAGES, PDF]),
    "Accept-Encoding": "gzip",
}
PLAIN_OR_PACKED = {"", "identity", "gzip", "x-gzip"}


class NotFetched(Exception):
    """The address gave no page; `reason` says why, in the codes of an item's `fetch`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Fetched:
    """A page, or a PDF in base64, and the address at which it was in the end.

    Where a record may not hold that address, it is the last one that it may.
    """

    url: str
    html: str = ""
    pdf: str = ""


def fetch(url: str, may_connect: MayConnect = is_elsewhere, seconds: float = SECONDS) -> Fetched:
    """The page or PDF at `url`, within `seconds`, the looking up of names aside. Raises NotFetched.

    `may_connect` is asked about every address before it is connected to, on every redirect. From https to http is
    followed as well: the site itself asks for it, and the request holds nothing to protect.
    """
    # It would put addresses of articles into a log.
    logging.getLogger("urllib3").setLevel(logging.CRITICAL)
    with _Watch(seconds) as watch:
        try:
            return _followed(url, _Dialler(may_connect, watch))
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

    may_connect: MayConnect
    watch: _Watch

    def dial(self, host: str, port: int) -> socket.socket:
        return self.watch.over(connect(host, port, self.may_connect, self.watch.seconds_left))


class _Connection(HTTPConnection):
    dialler: _Dialler

    def _new_conn(self) -> socket.socket:
        return self.dialler.dial(self._dns_host, self.port)


class _SafeConnection(_Connection, HTTPSConnection):
    """The same in TLS, which goes on comparing the certificate with the name."""


def _followed(url: str, dialler: _Dialler) -> Fetched:
    kept = url
    for _ in range(MOST_REDIRECTS + 1):
        kept = web_address(url) or kept
        with _answer(_parts(url), dialler) as answer:
            if answer.status not in REDIRECTS:
                return _fetched(kept, answer)
            url = _target(url, answer)
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
def _answer(address: Url, dialler: _Dialler) -> Iterator[HTTPResponse]:
    """The head of the answer; the body is yet to be read."""
    with closing(_connection(address)) as connection:
        connection.dialler = dialler
        connection.request("GET", address.request_uri, headers=HEADERS, preload_content=False)
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


def _fetched(url: str, answer: HTTPResponse) -> Fetched:
    if answer.status != 200:
        raise NotFetched("login" if answer.status in NOT_FOR_ALL else "answered_error")
    declared = Message()
    declared["Content-Type"] = answer.headers.get("content-type", "")
    kind = declared.get_content_type()
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if kind not in PAGES + FILES or packing not in PLAIN_OR_PACKED:
        raise NotFetched("not_a_page")
    if kind in PAGES:
        return Fetched(url, html=without_marks(_text(_body(answer), declared.get_content_charset())))
    return Fetched(url, pdf=b64encode(_body(answer, PDF_MARK)).decode())


def _body(answer: HTTPResponse, mark: bytes = b"") -> bytes:
    """What was sent. Raises NotFetched as soon as it is too much, or has not the mark that it is to begin with."""
    if (answer.length_remaining or 0) > MOST_BYTES:
        raise NotFetched("too_large")
    body = bytearray()
    # In pieces of 64 KB, unpacked too. Unless it is told to, it leaves chunks packed.
    for piece in answer.stream(decode_content=True):
        body += piece
        if len(body) > MOST_BYTES:
            raise NotFetched("too_large")
        if len(body) >= PDF_MARK_WITHIN and mark not in body[:PDF_MARK_WITHIN]:
            raise NotFetched("not_a_page")
    if mark not in body[:PDF_MARK_WITHIN]:
        raise NotFetched("not_a_page")
    return bytes(body)


def _text(body: bytes, charset: str | None) -> str:
    """The text in the encoding that the page's first bytes, the answer's head or the page itself names, else a guess.

    One broken letter does not make the whole page be taken for another encoding. Some encodings give halves of letters,
    which nothing else can write down.
    """
    return _decoded(body, charset).encode("utf-8", "replace").decode()


def _decoded(body: bytes, charset: str | None) -> str:
    body, marked = EncodingDetector.strip_byte_order_mark(body)
    declared = marked or charset or EncodingDetector.find_declared_encoding(body, is_html=True)
    try:
        name = codecs.lookup(declared or "").name
        # As all browsers do: what is said to be Latin-1 is what Windows took for it.
        return body.decode("cp1252" if name in ("iso8859-1", "ascii") else name, "replace")
    except (LookupError, ValueError):  # No encoding, or none of text.
        return _guessed(body)


def _guessed(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
