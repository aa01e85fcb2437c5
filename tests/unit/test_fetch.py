"""A page by its address: where it may lead, and what goes along."""

import json
import shutil
import socket
import ssl
import subprocess
from collections import deque
from pathlib import Path
from typing import get_args

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import contract
from companion.reading.answers import NotFetched, Reason
from companion.reading.fetch import fetch
from tests.unit.sites import HTML, PAGE, here, redirect, refusal, reply, sites


@pytest.fixture
def serve():
    with sites() as start:
        yield start


def test_its_reasons_are_those_of_the_contract():
    choices = json.loads(Path("shared_schema/item.json").read_text("utf-8"))["properties"]["fetch"]["anyOf"][0]["enum"]
    assert set(get_args(Reason)) == set(choices) - {
        "waiting",
        "no_text",
        "no_article",
        "wall",
        "locked",
        "scanned",
        "unreadable",
    }


def test_a_page_comes_with_its_address(serve):
    site = serve(reply())
    found = fetch(site.url("/één?vraag=ja&q=a b#daar"), here)
    assert (found.url, found.html) == (site.url("/%C3%A9%C3%A9n?vraag=ja&q=a%20b#daar"), PAGE)
    assert site.requests[0].startswith("GET /%C3%A9%C3%A9n?vraag=ja&q=a%20b HTTP/1.1\r\n")


def test_nothing_of_the_person_goes_along(monkeypatch, serve):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    site = serve(reply(PAGE, HTML, "Set-Cookie: a=1; Path=/"))
    fetch(site.url(), here)
    fetch(site.url(), here)
    names = {line.partition(":")[0].lower() for line in site.requests[1].splitlines()[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding"}


def test_the_open_net_alone_is_asked_unless_told_otherwise(serve):
    site = serve(reply())
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(NotFetched) as caught:
            fetch(site.url(host=host))
        assert caught.value.reason in ("refused_address", "unreachable"), host
    assert site.requests == []


def test_what_is_around_this_machine_is_not_asked_unless_told_otherwise(monkeypatch):
    card = psutil._ntuples.snicaddr(socket.AF_INET, "81.2.3.4", "255.255.255.0", None, None)
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: {"ethernet": [card]})
    with pytest.raises(NotFetched, match="refused_address"):
        fetch("http://81.2.3.5/", seconds=0.1)


def test_the_sixth_version_of_addresses_works_as_well(serve):
    try:
        site = serve(reply(), host="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert fetch(site.url(host="[::1]"), lambda address: address.is_loopback).html == PAGE
    assert f"\r\nHost: [::1]:{site.port}\r\n" in site.requests[0]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1/a", "refused_address"),
        ("file:///etc/hosts", "refused_address"),
        ("javascript:alert(1)", "refused_address"),
        ("http:///a", "refused_address"),
        ("http://naam@127.0.0.1/", "refused_address"),
        ("http://naam:woord@127.0.0.1/", "refused_address"),
        ("http://[::1/", "unreachable"),
        ("http://127.0.0.1:99999/", "unreachable"),
        (f"http://{'a' * 64}.example/", "unreachable"),
        ("http://a..example/", "unreachable"),
        ("http://127.0.0.1:0/", "unreachable"),
        ("http://a\0b/", "unreachable"),
    ],
)
def test_an_address_that_is_none_is_refused(url, reason):
    assert refusal(url) == reason


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=40))
def test_whatever_the_address_there_is_a_reason(url):
    with pytest.raises(NotFetched):
        fetch(url, lambda _: False)


def test_nobody_at_the_door_is_said(serve):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert refusal(f"http://127.0.0.1:{port}/") == "unreachable"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_followed(serve, status):
    site = serve(reply())
    start = serve(redirect(site.url("/b"), status))
    assert fetch(start.url(), here).url == site.url("/b")


def test_a_redirect_may_leave_out_the_site_and_write_accents_as_they_are(serve):
    turns = deque([redirect("é/b?c"), reply()])
    site = serve(lambda: [piece if isinstance(piece, bytes) else piece.encode() for piece in turns.popleft()])
    assert fetch(site.url("/a/"), here).url == site.url("/a/%C3%A9/b?c")
    assert site.requests[1].startswith("GET /a/%C3%A9/b?c HTTP/1.1")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.2:{port}/", "refused_address"),
        ("http://169.254.169.254/latest/meta-data/", "refused_address"),
        ("//[::1]:{port}/", "refused_address"),
        ("http://naam@127.0.0.1:{port}/", "refused_address"),
        ("file:///etc/hosts", "refused_address"),
        ("javascript:alert(1)", "refused_address"),
        ("http://[::1/", "unreachable"),
        ("", "answered_error"),
        ("http://127.0.0.1:{port}/again", "answered_error"),
    ],
)
def test_a_redirect_to_where_it_may_not_lead_ends_there(serve, location, reason):
    target = serve(reply())
    site = serve(lambda: redirect(location.format(port=site.port if "again" in location else target.port)))
    assert refusal(site.url()) == reason
    assert target.requests == []


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("/a b<c>", "/a%20b%3Cc%3E"),
        ("/a\x01b", "/a%01b"),
        ("/é?x=ü#" + "ö" * 10, "/%C3%A9?x=%C3%BC#" + "%C3%B6" * 10),
        ("/b#" + "c" * 2500, "/a"),
        ("/b?" + "c" * 2500, "/a"),
        ("/" + "é" * 500, "/a"),
    ],
)
def test_wherever_a_redirect_leads_the_address_is_one_that_a_record_may_hold(serve, location, kept):
    turns = deque([redirect(location), reply()])
    site = serve(turns.popleft)
    found = fetch(site.url("/a"), here)
    assert (found.url, found.html) == (site.url(kept), PAGE)
    assert contract.check("web_address", found.url) == []


def test_the_last_address_on_the_way_that_a_record_may_hold_is_kept(serve):
    turns = deque([redirect("/b"), redirect("/" + "c" * 2500), reply()])
    site = serve(turns.popleft)
    assert fetch(site.url("/a"), here).url == site.url("/b")


def test_five_redirects_are_enough(serve):
    turns = deque([redirect("/b")] * 5 + [reply()])
    assert fetch(serve(turns.popleft).url(), here).html == PAGE
    turns = deque([redirect("/b")] * 6 + [reply()])
    assert refusal(serve(turns.popleft).url()) == "answered_error"
    assert len(turns) == 1


def test_a_name_server_that_changes_its_mind_gains_nothing(monkeypatch, serve):
    """The first answer may be connected to, the second not: it is never asked for between the check and the call."""
    told = deque(["127.0.0.1", "127.0.0.2"])
    inside = serve(reply())
    site = serve(lambda: redirect(f"http://changing.example:{inside.port}/"))
    asked = []

    def look_up(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (told.popleft(), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert refusal(f"http://changing.example:{site.port}/") == "refused_address"
    assert (len(site.requests), inside.requests, asked) == (1, [], ["changing.example"] * 2)


def test_a_name_beyond_ascii_is_looked_up_as_the_net_spells_it(monkeypatch, serve):
    site, asked = serve(reply()), []

    def look_up(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    fetch(site.url(host="bücher.example"), here)
    assert asked == ["xn--bcher-kva.example"]
    assert f"Host: xn--bcher-kva.example:{site.port}\r\n" in site.requests[0]


@pytest.fixture
def certificate(tmp_path):
    """A certificate for `site.example` that nobody but this test trusts."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("there is no openssl to make a certificate with")
    key, made = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=site.example",
         "-addext", "subjectAltName=DNS:site.example", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context


@pytest.fixture
def everything_is_here(monkeypatch):
    def look_up(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.usefixtures("everything_is_here")
def test_a_certificate_that_nobody_vouches_for_is_not_believed(serve, certificate):
    site = serve(reply(), context=certificate[1])
    assert refusal(site.url(host="site.example", scheme="https")) == "unreachable"
    assert site.requests == []


@pytest.mark.usefixtures("everything_is_here")
@pytest.mark.skipif("sys.platform != 'linux'", reason="elsewhere the system's own list of certificates counts")
def test_the_certificate_is_for_the_name_and_not_for_the_address(monkeypatch, serve, certificate):
    made, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    site = serve(reply(), context=context)
    assert fetch(site.url(host="site.example", scheme="https"), here).html == PAGE
    assert f"Host: site.example:{site.port}\r\n" in site.requests[0]
    assert refusal(site.url(host="other.example", scheme="https")) == "unreachable"
    from_there = serve(redirect(serve(reply()).url(host="site.example")), context=context)
    assert fetch(from_there.url(host="site.example", scheme="https"), here).html == PAGE
