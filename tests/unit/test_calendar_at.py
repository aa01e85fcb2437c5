"""Calendars by their addresses: what a site answers, where it may lead, and how much of it is taken."""

import gzip
import logging
import socket
from contextlib import contextmanager
from io import BytesIO
from ipaddress import ip_address

import psutil
import pytest
from urllib3.response import HTTPResponse

from companion.reading import addresses, answers
from companion.reading.addresses import is_not_this_machine
from companion.reading.calendar_at import calendar_at
from tests.unit.calendars import calendar, event
from tests.unit.sites import chunked, drip, here, redirect, reply, sites, stream

ICS = calendar("X-WR-CALNAME:Werk", event("DTSTART:20261124T090000Z", "DURATION:PT30M"))
DAYS = ("Europe/Amsterdam", "2026-11-01", "2027-01-31")
CALENDAR = "Content-Type: text/calendar; charset=utf-8"
LOGIN = "<!doctype html><title>Sign in</title><form><input type=email><input type=password></form>"


@pytest.fixture
def site():
    with sites() as start:
        yield start


def asked(url, tags=None, **options):
    return calendar_at(url, tags or {}, DAYS, **{"may_connect": here, **options})


@pytest.mark.parametrize(
    "kind",
    [
        "text/calendar; charset=utf-8",
        "text/plain",
        "application/octet-stream",
        "application/ics",
        "text/html",
        "nonsense",
    ],
)
def test_a_calendar_is_one_whatever_it_is_declared_as(site, kind):
    found = asked(site(reply(ICS, f"Content-Type: {kind}")).url())
    assert (found["name"], found["events"], found["unread"]) == ("Werk", 1, 0)


def test_it_may_be_packed_or_in_chunks(site):
    packed = gzip.compress(ICS)
    assert asked(site(reply(packed, CALENDAR, "Content-Encoding: gzip")).url())["events"] == 1
    pieces = [stream(CALENDAR, "Transfer-Encoding: chunked"), chunked(ICS[:40]), chunked(ICS[40:]), b"0\r\n\r\n"]
    assert asked(site(pieces).url())["events"] == 1


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (reply("<!doctype html><title>Calendar</title>"), "not_a_calendar"),
        (reply(LOGIN), "login"),
        (reply("", status="401 Unauthorized"), "login"),
        (reply("", status="403 Forbidden"), "login"),
        (reply("", status="404 Not Found"), "gone"),
        (reply("", status="410 Gone"), "gone"),
        (reply("", status="429 Too Many Requests"), "answered_error"),
        (reply("", status="304 Not Modified"), "answered_error"),
        (reply("", status="500 Internal Server Error"), "answered_error"),
        (reply(ICS, CALENDAR, "Content-Encoding: br"), "not_a_page"),
        (reply(gzip.compress(bytes(11_000_000)), CALENDAR, "Content-Encoding: gzip"), "too_large"),
        ([stream(CALENDAR, "Content-Length: 99999999999")], "too_large"),
        ([stream(CALENDAR, "Content-Length: 999"), ICS], "unreachable"),
        ([b"what?\r\n"], "unreachable"),
    ],
)
def test_what_is_no_calendar_says_what_it_is(site, answer, problem):
    assert asked(site(answer).url()) == {"problem": problem}


def test_a_site_that_keeps_its_visitor_is_left(site):
    assert asked(site(drip(stream(CALENDAR))).url(), seconds=0.3) == {"problem": "too_slow"}


def test_a_moved_calendar_is_found_and_a_moved_one_that_leads_back_here_is_not(site):
    there = site(reply(ICS, CALENDAR))
    assert asked(site(redirect(there.url())).url())["events"] == 1
    for target in (there.url(host="127.0.0.2"), "file:///etc/passwd", "http://user:word@127.0.0.1/"):
        assert asked(site(redirect(target)).url()) == {"problem": "refused_address"}
    assert len(there.requests) == 1


@pytest.mark.parametrize(
    ("url", "target", "is_followed"),
    [
        ("https://agenda.example/private-1a2b/a.ics", "http://agenda.example/private-1a2b/a.ics", False),
        ("HTTPS://agenda.example/private-1a2b/a.ics", "HTTP://elsewhere.example/", False),
        ("https://agenda.example/private-1a2b/a.ics", "https://elsewhere.example/a.ics", True),
        ("http://intranet/a.ics", "http://intranet/b.ics", True),
    ],
)
def test_an_address_that_is_a_secret_is_not_sent_on_where_it_can_be_read_on_the_way(
    monkeypatch, url, target, is_followed
):
    asked_for = []

    @contextmanager
    def answering(address, _headers, _dialler):
        asked_for.append(address.url)
        status, headers = (302, {"location": target}) if len(asked_for) == 1 else (200, {})
        yield HTTPResponse(BytesIO(ICS), headers=headers, status=status, preload_content=False)

    monkeypatch.setattr(answers, "_asked", answering)
    found = asked(url)
    assert (len(asked_for) == 2, found.get("problem")) == (is_followed, None if is_followed else "refused_address")


def test_what_did_not_change_is_not_sent_again(site):
    first = site(reply(ICS, CALENDAR, 'ETag: "abc"', "Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT"))
    found = asked(first.url())
    assert (found["etag"], found["last_modified"]) == ('"abc"', "Sun, 22 Nov 2026 10:00:00 GMT")
    again = site(reply("", status="304 Not Modified"))
    assert asked(again.url(), {"If-None-Match": found["etag"]}) == {"unchanged": True}
    assert 'If-None-Match: "abc"' in again.requests[0]


@pytest.mark.parametrize("header", [f'ETag: "{"a" * 5000}"', "ETag: \u00ff", f"Last-Modified: {'a' * 200}"])
def test_a_header_that_fills_the_record_is_not_kept(site, header):
    found = asked(site([piece.replace(b"\xc3", b"") for piece in reply(ICS, CALENDAR, header)]).url())
    assert (found["etag"], found["last_modified"]) == (None, None)


def test_nothing_of_an_address_is_logged_or_told_to_the_site(site, caplog):
    caplog.set_level(logging.DEBUG)
    there = site(reply(ICS, CALENDAR))
    asked(there.url("/private-1a2b3c/basic.ics"))
    asked(site(reply("", status="500 Error")).url("/private-1a2b3c/basic.ics"))
    assert "1a2b3c" not in caplog.text
    assert "Referer" not in there.requests[0]
    assert "Cookie" not in there.requests[0]


NOT_HERE = {
    "this machine": "127.0.0.1 127.8.8.8 ::1 0.0.0.0 0.1.2.3 :: 192.168.1.20 10.8.0.2 2a02:a210::5 64:ff9b::7f00:1 64:ff9b::c0a8:114",
    "the cable, where clouds keep their keys": "169.254.169.254 169.254.0.1 fe80::1 fe80::1%eth0 64:ff9b::a9fe:a9fe",
    "many at once, or none": "224.0.0.1 239.1.1.1 ff02::1 255.255.255.255 240.0.0.1",
    "another address in disguise": "::ffff:127.0.0.1 ::127.0.0.1 2002:7f00:1:: 2001:0:808:808::1",
}


@pytest.fixture
def in_an_office(monkeypatch):
    cards = [
        (socket.AF_INET, "127.0.0.1"),
        (socket.AF_INET, "192.168.1.20"),
        (socket.AF_INET, "10.8.0.2"),
        (socket.AF_INET6, "2a02:a210::5"),
    ]
    told = {"card": [psutil._ntuples.snicaddr(family, address, None, None, None) for family, address in cards]}
    monkeypatch.setattr(addresses.psutil, "net_if_addrs", lambda: told)


@pytest.mark.usefixtures("in_an_office")
@pytest.mark.parametrize(
    ("why", "address"), [(why, address) for why, found in NOT_HERE.items() for address in found.split()]
)
def test_this_machine_is_not_asked_for_a_calendar(why, address):
    assert not is_not_this_machine(ip_address(address)), why


@pytest.mark.usefixtures("in_an_office")
@pytest.mark.parametrize(
    "address",
    "192.168.1.21 10.8.0.3 172.16.0.1 100.64.0.1 8.8.8.8 fd12:3456::1 2a02:a210::6 2606:4700::1111 64:ff9b::a00:1".split(),
)
def test_the_company_s_network_and_the_open_net_are(address):
    assert is_not_this_machine(ip_address(address))


def test_a_server_of_the_office_is_asked_at_its_address_and_not_on_the_cable(site, monkeypatch):
    there = site(reply(ICS, CALENDAR))
    found = [(socket.AF_INET6, "fe80::1%eth0"), (socket.AF_INET, "127.0.0.1")]
    told = [(family, socket.SOCK_STREAM, 6, "", (address, there.port)) for family, address in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)
    assert asked(f"http://agenda.local:{there.port}/a.ics")["events"] == 1
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told[:1])
    assert asked(f"http://agenda.local:{there.port}/a.ics") == {"problem": "refused_address"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{}/",
        "http://localhost:{}/",
        "http://2130706433:{}/",
        "http://[::ffff:127.0.0.1]:{}/",
        "http://0.0.0.0:{}/",
    ],
)
def test_unless_told_otherwise_no_spelling_of_this_machine_is_asked(site, url):
    there = site(reply(ICS, CALENDAR))
    assert calendar_at(url.format(there.port), {}, DAYS)["problem"] in ("refused_address", "unreachable")
    assert there.requests == []
