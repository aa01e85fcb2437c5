"""What a site answers when a page is fetched: pages, other things, too much, and too slowly."""

import gzip
import socket
import time
from base64 import b64decode

import pytest

from companion.reading.answers import MOST_BYTES
from companion.reading.fetch import fetch
from tests.unit.sites import END, HTML, PAGE, chunked, drip, here, redirect, refusal, reply, sites, stream

MEGABYTE = 1024 * 1024


@pytest.fixture
def serve():
    with sites() as start:
        yield start


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(status="404 Not Found"), "answered_error"),
        (reply(status="503 Later"), "answered_error"),
        (reply("", status="204 No Content"), "answered_error"),
        (reply(status="206 Partial Content"), "answered_error"),
        (reply(status="401 Unauthorized"), "login"),
        (reply(status="403 Forbidden"), "login"),
        (reply("No PDF.", "Content-Type: application/pdf"), "not_a_page"),
        (reply("No PDF.", "Content-Type: application/octet-stream"), "not_a_page"),
        (reply("x" * 1024 + "%PDF-1.7", "Content-Type: application/pdf"), "not_a_page"),
        (reply("", "Content-Type: application/pdf"), "not_a_page"),
        (reply(PAGE, "X-Nothing: said"), "not_a_page"),
        (reply(PAGE, "Content-Type: text"), "not_a_page"),
        (reply(PAGE, HTML, "Content-Encoding: br"), "not_a_page"),
        (reply(PAGE, HTML, "Content-Encoding: gzip, gzip"), "not_a_page"),
        (reply(PAGE, HTML, "Content-Encoding: gzip"), "unreachable"),
        ([stream(HTML, "Content-Length: 1000") + b"half"], "unreachable"),
        ([stream(HTML, "Transfer-Encoding: chunked") + b"zz\r\n"], "unreachable"),
        ([b"220 mail.example ESMTP\r\n"], "unreachable"),
        ([], "unreachable"),
        ([b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 200], "unreachable"),
        ([b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 70_000], "unreachable"),
    ],
)
def test_an_answer_without_a_page_says_what_it_is(serve, answer, reason):
    assert refusal(serve(answer).url()) == reason


def test_what_is_no_page_is_not_read(serve):
    def endless(kind):
        yield stream(f"Content-Type: {kind}")
        for _ in range(100):
            yield b"x" * MEGABYTE

    for kind in ("video/mp4", "application/octet-stream", "application/pdf"):
        assert refusal(serve(lambda kind=kind: endless(kind)).url()) == "not_a_page"


@pytest.mark.parametrize("kind", ["application/pdf", "application/PDF; name=a", "application/octet-stream"])
@pytest.mark.parametrize("body", [b"%PDF-1.7 \xff", b"a mail's head " * 20 + b"%PDF-1.4"])
def test_a_pdf_is_handed_on_as_it_is(serve, kind, body):
    found = fetch(serve(reply(body, f"Content-Type: {kind}")).url(), here)
    assert (b64decode(found.pdf), found.html) == (body, "")


@pytest.mark.parametrize(
    "answer",
    [
        reply(gzip.compress(PAGE.encode()), HTML, "Content-Encoding: gzip"),
        [stream(HTML, "Content-Encoding: GZIP") + gzip.compress(PAGE.encode())],
        [stream(HTML, "Transfer-Encoding: chunked") + chunked(PAGE[:20].encode()) + chunked(PAGE[20:].encode()) + END],
        [stream(HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked") + chunked(gzip.compress(PAGE.encode())) + END],
        reply(PAGE, HTML, "Content-Encoding: identity"),
    ],
    ids=["packed", "packed, of no length", "chunks", "packed chunks", "plain"],
)  # fmt: skip
def test_a_page_is_unpacked(serve, answer):
    assert fetch(serve(answer).url(), here).html == PAGE


def test_no_page_passes_for_a_copy_of_the_extensions(serve):
    page = '<html data-kwartier="seen"><p hidden>Gelezen.'
    assert fetch(serve(reply(page)).url(), here).html == page.replace("kwartier", "elsewhere")


def bomb(copies):
    """So many times 10 million spaces, in 10 KB each."""
    return gzip.compress(b" " * 10_000_000) * copies


def endless_body():
    yield stream(HTML)
    for _ in range(100):
        yield b"x" * MEGABYTE


def endless_chunks():
    yield stream(HTML, "Transfer-Encoding: chunked")
    for _ in range(100):
        yield chunked(b"x" * MEGABYTE)


@pytest.mark.parametrize(
    "answer",
    [
        endless_body,
        endless_chunks,
        [stream(HTML, "Content-Length: 10000000000") + b"x"],
        reply(bomb(100), HTML, "Content-Encoding: gzip"),
        [stream(HTML, "Content-Encoding: gzip", "Transfer-Encoding: chunked") + chunked(bomb(100))],
        reply(gzip.compress(b" " * 1000 * MEGABYTE), HTML, "Content-Encoding: gzip"),
    ],
    ids=["endless", "endless chunks", "10 GB announced", "bomb", "chunked bomb", "bomb in one"],
)
def test_too_much_is_stopped_at_ten_megabytes(serve, answer):
    assert refusal(serve(answer).url()) == "too_large"


def test_nearly_ten_megabytes_are_read(serve):
    page = " " * (MOST_BYTES - 100)
    assert len(fetch(serve(reply(page)).url(), here).html) == len(page)
    packed = reply(gzip.compress(page.encode()), HTML, "Content-Encoding: gzip")
    assert len(fetch(serve(packed).url(), here).html) == len(page)


@pytest.mark.parametrize(
    "answer",
    [
        drip(stream(HTML)),
        drip(stream(HTML, "Content-Length: 1000000")),
        drip(stream(HTML, "Transfer-Encoding: chunked"), chunked(b"x")),
        drip(stream(HTML, "Content-Encoding: gzip") + gzip.compress(b"x"), gzip.compress(b"")),
        drip(b""),
        drip(b"HTTP/1.1 200 OK\r\nX-Long: "),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        drip(redirect("/b")[0][:-4]),
    ],
    ids=["body", "body of a length", "chunks", "empty packages", "status", "header", "wait a moment", "redirect"],
)
def test_too_slow_is_given_up(serve, answer):
    started = time.monotonic()
    assert refusal(serve(answer).url(), seconds=0.3) == "too_slow"
    assert time.monotonic() - started < 5


def test_silence_is_given_up_before_tls_too(serve):
    site = serve(drip(b""))
    assert refusal(site.url(scheme="https"), seconds=0.3) in ("too_slow", "unreachable")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refusal(f"https://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.3) == "too_slow"


def test_the_time_is_for_all_redirects_together(serve):
    def later():
        time.sleep(0.2)
        return redirect("/b")

    assert refusal(serve(later).url(), seconds=0.5) == "too_slow"


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("één".encode(), "text/html; charset=utf-8", "één"),
        ("één".encode("latin-1"), "text/html; charset=ISO-8859-1", "één"),
        ("“één”".encode("cp1252"), "text/html; charset=iso-8859-1", "“één”"),
        ("één".encode("utf-8-sig"), "text/html; charset=iso-8859-1", "één"),
        ("één".encode("utf-16"), "text/html", "één"),
        ('<meta charset="cp1252">“één”'.encode("cp1252"), "text/html", '<meta charset="cp1252">“één”'),
        ('<?xml version="1.0" encoding="iso-8859-2"?>ł'.encode("iso-8859-2"), "application/xhtml+xml", '<?xml version="1.0" encoding="iso-8859-2"?>ł'),
        ("één".encode(), "text/html", "één"),
        ("één".encode("cp1252"), "text/html", "één"),
        ("één".encode() + b" \xff", "text/html; charset=utf-8", "één �"),
        ("één".encode(), "text/html; charset=nonsense", "één"),
        ("één".encode(), "TEXT/HTML; Charset=\"UTF-8\"", "één"),
        ("één".encode(), "text/html; charset=hex", "één"),
        ("één".encode(), "text/html; charset=idna", "één"),
        ("één".encode(), "text/html; charset=a\0b", "één"),
        (b"", "text/html", ""),
        (b"half +2AA-", "text/html; charset=utf-7", "half ?"),
        (rb"half \udc00", "text/html; charset=unicode_escape", "half ?"),
    ],
)  # fmt: skip
def test_the_letters_are_read_as_they_were_meant(serve, body, header, text):
    assert fetch(serve(reply(body, f"Content-Type: {header}")).url(), here).html == text


def test_no_log_names_the_page(serve, caplog):
    """Headers that cannot be read are told to the log by the library, with the address."""
    site = serve([stream(HTML, "no header", "Content-Length: 3") + b"one"])
    assert fetch(site.url("/secret"), here).html == "one"
    assert "secret" not in caplog.text
