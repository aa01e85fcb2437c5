"""The real server against requests that no well-behaved client sends, byte by byte."""

import socket
import time
from contextlib import suppress

import pytest

from tests.e2e.companion_process import CompanionProcess

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    process = CompanionProcess(tmp_path_factory.mktemp("raw"))
    process.start()
    process.token = process.run("token", "raw")
    yield process
    process.stop()


def exchange(running, request, patience=20):
    """The answer to these bytes; it may come before all of them are sent."""
    with socket.create_connection(("127.0.0.1", running.port), patience) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # It may have answered already and closed its end.
            connection.sendall(request)
        answer = b""
        with suppress(ConnectionResetError):  # What it had to say has arrived by then.
            while more := connection.recv(65536):
                answer += more
        return answer


def get(running, target="/api/items", host=None, headers=()):
    """A request for the items with a valid token."""
    lines = [f"GET {target} HTTP/1.1", f"Authorization: Bearer {running.token}", "Connection: close"]
    if host is None:
        lines.append(f"Host: 127.0.0.1:{running.port}")
    elif host:
        lines += [f"Host: {name}" for name in host.split("|")]
    return ("\r\n".join([*lines, *headers]) + "\r\n\r\n").encode()


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer else None


def test_a_plain_request_is_answered(running):
    assert status(exchange(running, get(running))) == 200


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example|127.0.0.1:{port}", "127.0.0.1:{port}|evil.example", "127.0.0.1:{port}|127.0.0.1:{port}"])  # fmt: skip
def test_a_missing_wrong_or_double_host_is_refused(running, host):
    assert status(exchange(running, get(running, host=host.format(port=running.port)))) in (400, 421)


def test_an_absolute_target_on_another_host_is_refused(running):
    assert status(exchange(running, get(running, target="http://evil.example/api/items"))) in (400, 421)


def test_a_refusal_is_json_and_names_no_server(running):
    answer = exchange(running, get(running, host="evil.example"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\nServer:" not in head
    assert body.startswith(b'{"error"')


POST = "POST /api/captures HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("headers", "body", "statuses"),
    [
        (f"Content-Length: {9 * MEGABYTE}\r\n", b"x" * 9 * MEGABYTE, {413}),
        ("Transfer-Encoding: chunked\r\n", (b"100000\r\n" + b"x" * MEGABYTE + b"\r\n") * 9 + b"0\r\n\r\n", {413}),
        (f"X-Long: {'x' * 20_000}\r\n", b"", {431}),
        ("Content-Length: -5\r\n", b"", {400}),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n", {400, 415, 422}),
        ("Transfer-Encoding: chunked\r\n", b"zz\r\n", {400}),
    ],
    ids=["announced 9 MB", "chunked 9 MB", "20 KB header", "negative length", "length and chunked", "broken chunk"],
)
def test_odd_bodies_and_headers_are_refused(running, headers, body, statuses):
    request = (POST.format(port=running.port, token=running.token) + headers + "\r\n").encode() + body
    assert status(exchange(running, request)) in statuses


def test_tls_on_the_port_is_refused(running):
    assert status(exchange(running, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n")) == 400


def test_slow_clients_keep_nobody_waiting(running):
    slow = []
    try:
        for _ in range(20):
            connection = socket.create_connection(("127.0.0.1", running.port), 20)
            connection.sendall(b"POST /api/captures HTTP/1.1\r\nHost: ")
            slow.append(connection)
        started = time.monotonic()
        assert status(exchange(running, get(running))) == 200
        assert time.monotonic() - started < 2
    finally:
        for connection in slow:
            connection.close()


def test_nothing_was_stored_by_any_of_it(running):
    assert running.client("afterwards").items() == []
