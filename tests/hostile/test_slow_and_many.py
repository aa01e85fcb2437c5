"""Clients that are slow, many, greedy or never done: everybody else is served as ever.

Against the running companion.
"""

import json
import select
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest

from tests.e2e.waiting import until
from tests.hostile.besieged import JSON, capture
from tests.hostile.exchange import answers, exchange, request
from tests.hostile.pages import hostile_page

MEGABYTE = 1024 * 1024
# Against hanging only; how long it really takes is measured by scripts/bench.py hostile.
SOON = 2.0


def post(running, *headers, body=b""):
    """The bytes of a capture, sent by the program, with these headers."""
    return (
        request("POST", "/api/captures", f"Host: {running.host}", running.program, JSON, "Connection: close", *headers)
        + body
    )


@contextmanager
def connections(besieged, number, sent=b""):
    """So many connections that stay open after these bytes."""
    with ExitStack() as stack:
        opened = [
            stack.enter_context(socket.create_connection(("127.0.0.1", besieged.port), 20)) for _ in range(number)
        ]
        for connection in opened:
            connection.sendall(sent)
        yield opened


def longest_wait(besieged, times=20):
    """The longest that a paired client waits for an ordinary answer, in seconds."""
    waits = []
    for _ in range(times):
        started = time.monotonic()
        assert besieged.ask("GET", "/api/items?limit=20", besieged.program).status == 200
        waits.append(time.monotonic() - started)
    return max(waits)


def test_slow_clients_keep_nobody_waiting(besieged):
    with connections(besieged, 20, b"POST /api/captures HTTP/1.1\r\nHost: ") as slow:
        for letter in b"127.0":
            for connection in slow:
                connection.sendall(bytes([letter]))
            assert longest_wait(besieged, times=5) < SOON


def test_bodies_that_never_come_keep_nobody_waiting(besieged):
    with connections(besieged, 20, post(besieged, "Content-Length: 1000000", body=b"{")):
        assert longest_wait(besieged) < SOON


def test_many_idle_connections_keep_nobody_waiting(besieged):
    with connections(besieged, 120, b"GET /api/he"):
        assert longest_wait(besieged) < SOON


def test_pages_that_take_their_time_keep_nobody_waiting_but_each_other(fresh):
    """More of them at once than there are threads, and not one of them read yet when the others are answered."""
    page = hostile_page("formatting that overlaps")[:600_000]  # Enough for all the time that a page has.
    bodies = [json.dumps(capture(id=str(uuid4()), url=f"https://a.example/{n}", html=page)).encode() for n in range(12)]
    with connections(fresh, len(bodies)) as sending:
        for connection, body in zip(sending, bodies, strict=True):
            connection.sendall(post(fresh, f"Content-Length: {len(body)}", body=body))
        assert longest_wait(fresh, times=50) < SOON
        answered, *_ = select.select(sending, [], [], 0)
        assert not answered


def test_many_at_once_that_leave_without_an_answer_keep_nobody_waiting(besieged):
    sent = request("GET", "/api/exports/json", f"Host: {besieged.host}", besieged.program)
    for _ in range(10):
        with connections(besieged, 20, sent):
            pass
    assert longest_wait(besieged) < SOON


@pytest.fixture
def large(fresh):
    """An article of a megabyte of words."""
    page = "<article>" + "<p>Verpleegkundigen maken hun eigen rooster.</p>" * 25_000 + "</article>"
    sent = capture(html=f"<html><head><title>Groot</title></head><body>{page}</body></html>")
    answer = fresh.send("POST", "/api/captures", sent, fresh.program)
    assert answer.status == 201
    return answer.json["item"]["id"]


def test_readers_that_never_read_keep_nobody_waiting(fresh, large):
    """A large answer on each connection, and not a byte of it taken."""
    sent = request("GET", f"/api/items/{large}", f"Host: {fresh.host}", fresh.program)
    with connections(fresh, 20, sent):
        assert longest_wait(fresh) < SOON


CHUNKS = (b"100000\r\n" + b"x" * MEGABYTE + b"\r\n") * 9 + b"0\r\n\r\n"


def resident_bytes(running):
    """What the companion has in memory."""
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(running.process.process.pid)])) * 1024


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no ps")
@pytest.mark.parametrize(
    ("headers", "body"),
    [([f"Content-Length: {9 * MEGABYTE}"], b"x" * 9 * MEGABYTE), (["Transfer-Encoding: chunked"], CHUNKS)],
    ids=["announced", "chunked"],
)
def test_bodies_that_are_too_large_take_no_memory(besieged, headers, body):
    sent = post(besieged, *headers, body=body)
    before, most, done = resident_bytes(besieged), [0], threading.Event()

    def watch():
        while not done.wait(0.01):
            most[0] = max(most[0], resident_bytes(besieged))

    with ThreadPoolExecutor(5) as pool:
        watching = pool.submit(watch)
        until(lambda: most[0], "the first look at the memory")
        received = list(pool.map(lambda _: exchange(besieged.port, sent), range(8)))
        done.set()
        watching.result()
    assert [answer.status for one in received for answer in answers(one)] == [413] * 8
    assert most[0] - before <= 16 * MEGABYTE
