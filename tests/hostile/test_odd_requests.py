"""Requests that bend HTTP, and cookies that others set: refused, or read as one thing only, and never by a detour.

Against the running companion, byte by byte. The refusals of the server library itself (400, 431, 501) are plain text.
"""

import pytest

from tests.hostile.besieged import JSON, STRANGER
from tests.hostile.exchange import answers, exchange, request

MEGABYTE = 1024 * 1024

pytestmark = pytest.mark.usefixtures("nothing_is_kept")


@pytest.fixture(scope="module", autouse=True)
def let_in(besieged):
    """Who may call has what that needs before anything is tried."""
    return besieged.browser, besieged.csrf


def post(besieged, *headers, body=b""):
    """The bytes of a capture, sent by the program, with these headers."""
    return (
        request(
            "POST", "/api/captures", f"Host: {besieged.host}", besieged.program, JSON, "Connection: close", *headers
        )
        + body
    )


CHUNKS = (b"100000\r\n" + b"x" * MEGABYTE + b"\r\n") * 9 + b"0\r\n\r\n"
HIDDEN = b"0\r\n\r\nDELETE /api/items/1 HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ([f"Content-Length: {9 * MEGABYTE}"], b"x" * 9 * MEGABYTE, 413),
        (["Content-Length: 10737418240"], b"x", 413),
        (["Transfer-Encoding: chunked"], CHUNKS, 413),
        (["Content-Encoding: gzip", "Content-Length: 2"], b"{}", 415),
        (["Content-Encoding: identity, br", "Content-Length: 2"], b"{}", 415),
        ([f"X-Long: {'x' * 20_000}"], b"", 431),
        ([f"X-{n}: {n}" for n in range(3000)], b"", 431),
        (["Content-Length: -5"], b"", 400),
        (["Content-Length: +2"], b"{}", 400),
        (["Content-Length: 0x2"], b"{}", 400),
        (["Content-Length: 2", "Content-Length: 3"], b"{} ", 400),
        (["Content-Length: 6", "Transfer-Encoding: chunked"], HIDDEN, 400),
        (["Transfer-Encoding: chunked", "Content-Length: 0"], HIDDEN, 400),
        (["Transfer-Encoding: chunked"], b"zz\r\n", 400),
        (["Transfer-Encoding: chunked"], b"-2\r\n{}\r\n0\r\n\r\n", 400),
        (["Transfer-Encoding: chunked"], b"2\r\n{}xx\r\n0\r\n\r\n", 400),
        (["Transfer-Encoding : chunked"], HIDDEN, 400),
        (["Transfer-Encoding: \x0bchunked"], HIDDEN, 400),
        (["Transfer-Encoding: xchunked"], HIDDEN, 501),
        (["Transfer-Encoding: gzip, chunked"], HIDDEN, 501),
        (["X: a\nHost: evil.example"], b"", 400),
        (["X: a\rHost: evil.example"], b"", 400),
        (["X: a\0b"], b"", 400),
        (["X Y: a"], b"", 400),
        (["no colon"], b"", 400),
        ([": no name"], b"", 400),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused(besieged, headers, body, status):
    [answer] = answers(exchange(besieged.port, post(besieged, *headers, body=body)))
    assert answer.status == status
    assert besieged.token not in answer.text
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 50 + b"\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET  /api/items HTTP/1.1\r\n\r\n",
        b"get /api/items HTTP/1.1\r\n\r\n",
        b"GET /api/items HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"\r\n\r\n\r\nGET /api/items\r\n\r\n",
        b" GET /api/items HTTP/1.0\r\n\r\n",
        b"\0" * 1000 + b"\r\n\r\n",
    ],
    ids=lambda sent: repr(sent[:30]),
)
def test_what_is_no_request_is_refused(besieged, sent):
    received = exchange(besieged.port, sent)
    assert int(received.split(b" ", 2)[1]) in (400, 421)


def test_a_length_of_thousands_of_digits_is_refused(besieged):
    """With an answer or without one, but not with a wait."""
    received = exchange(besieged.port, post(besieged, "Content-Length: " + "9" * 5000))
    assert not received or received.startswith(b"HTTP/1.1 400")


METHODS = ["TRACE", "TRACK", "CONNECT", "PROPFIND", "PURGE", "FOO", "DEBUG"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/api/items", "/api/health", "/", "/static/kwartier.css"])
def test_a_method_that_nobody_needs_does_nothing(besieged, method, path):
    besieged.assert_refused(besieged.ask(method, path, besieged.program, besieged.browser, "X-Secret: echo"), 405)


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_changes_no_method(besieged, header):
    besieged.assert_refused(besieged.ask("POST", "/api/items", besieged.program, f"{header}: GET"), 405)
    assert besieged.ask("GET", "/api/items", besieged.program, f"{header}: DELETE").status == 200


@pytest.mark.parametrize("path", ["/api/items", "/", "/settings"])
def test_a_head_is_refused_as_a_get_would_be(besieged, path):
    assert besieged.ask("HEAD", path).status in (401, 403)
    assert besieged.ask("HEAD", path, besieged.program, besieged.browser, "Sec-Fetch-Site: cross-site").status == 403


def test_requests_in_one_go_are_each_checked_by_themselves(besieged):
    host = f"Host: {besieged.host}"
    items = [
        request("GET", "/api/items", host, besieged.program),
        request("GET", "/api/items", host),
        request("GET", "/api/items", host, besieged.program, "Origin: https://evil.example"),
        request("GET", "/api/items", "Host: evil.example", besieged.program),
        request("GET", "/api/items", host, besieged.program, "Connection: close"),
    ]
    assert [answer.status for answer in answers(exchange(besieged.port, b"".join(items)))] == [200, 401, 403, 421, 200]


def test_leave_to_send_is_no_leave_to_enter(besieged):
    lines = [f"Host: {besieged.host}", JSON, "Expect: 100-continue", "Connection: close"]
    received = exchange(besieged.port, request("POST", "/api/captures", *lines, body=b"{}"))
    [answer] = answers(received.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n"))
    besieged.assert_refused(answer, 401)


@pytest.mark.parametrize("path", ["/api/items", "/api/health", "/"])
@pytest.mark.parametrize("origin", ["https://evil.example", STRANGER])
def test_no_web_socket_is_opened(besieged, path, origin):
    upgrade = (
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {'A' * 22}==",
    )
    host = f"Host: {besieged.host}"
    asked = request("GET", path, host, besieged.program, f"Origin: {origin}", *upgrade)
    refused, next_answer = answers(
        exchange(besieged.port, asked + request("GET", "/api/health", host, "Connection: close"))
    )
    besieged.assert_refused(refused, 400, 403)
    assert next_answer.status == 200


def test_a_part_of_a_file_is_a_part_of_that_file(besieged):
    whole = besieged.ask("GET", "/static/kwartier.css").body
    part = besieged.ask("GET", "/static/kwartier.css", "Range: bytes=2-5")
    assert (part.status, part.body) == (206, whole[2:6])
    for odd in ("bytes=" + ",".join(["0-"] * 1000), "bytes=9999999999-", "bytes=5-2", "bytes=-", "lines=1-2"):
        answer = besieged.ask("GET", "/static/kwartier.css", f"Range: {odd}")
        assert answer.status in (200, 416)
        assert len(answer.body) <= len(whole)


@pytest.mark.parametrize(
    "path", ["/?" + "a" * 15_000, "/" + "a" * 15_000, "/api/items?" + "&".join(f"a{n}=1" for n in range(2000))]
)
def test_very_long_addresses_are_answered(besieged, path):
    assert besieged.ask("GET", path, besieged.program, besieged.browser).status in (200, 404)


def test_a_cookie_that_another_port_set_lets_nobody_in(besieged):
    name, _, value = besieged.browser.removeprefix("Cookie: ").partition("=")
    browser_id, _, secret = value.partition(".")
    for odd in (
        "",
        ".",
        browser_id,
        f"{browser_id}.",
        f".{secret}",
        f"{browser_id}.{secret}x",
        f"{browser_id}.{'x' * 4000}",
        "\u00e9.\u00e9",
    ):
        besieged.assert_refused(besieged.ask("GET", "/settings", f"Cookie: {name}={odd}"), 403)
    for other in ("kwartier", "kwartier_0000000000000000", name.upper(), f"__Host-{name}"):
        besieged.assert_refused(besieged.ask("GET", "/settings", f"Cookie: {other}={value}"), 403)


def test_other_cookies_do_no_harm(besieged):
    ours = besieged.browser.removeprefix("Cookie: ")
    many = "; ".join(f"c{n}={'x' * 20}" for n in range(100))
    for line in (f"{many}; {ours}", f"{ours}; {many}", f'a="; {ours}', f"=; ;;a=b=c; {ours}"):
        assert besieged.ask("GET", "/settings", f"Cookie: {line}").status in (200, 403)
    assert besieged.ask("GET", "/settings", f"Cookie: {many}; {ours}").status == 200


def test_a_cookie_of_the_same_name_from_another_port_does_not_shut_the_user_out(besieged):
    ours = besieged.browser.removeprefix("Cookie: ")
    name = ours.partition("=")[0]
    for line in (f"{name}=planted; {ours}", f"{ours}; {name}=planted"):
        assert besieged.ask("GET", "/settings", f"Cookie: {line}").status == 200
