"""Faults of disk and process as somebody meets them who uses the companion: over the API, and as real processes."""

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

import companion.store
from companion.editorial import extraction
from companion.settings import Settings
from companion.web.app import create_app
from companion.web.context import Companion
from tests.e2e.companion_process import CompanionProcess
from tests.integration.conftest import CONTROL, NOW, PORT, Caller, capture
from tests.unit.store.faults.failing_calls import SYNCING, fail
from tests.unit.store.faults.small_disk import MEGABYTE, RuledDisk
from tests.unit.store.searching import until

SECONDS_TO_STOP = 5


@pytest.fixture
def small(tmp_path, monkeypatch):
    return RuledDisk(2 * MEGABYTE, tmp_path / "small", monkeypatch)


def calling(folder):
    """A program that calls a companion on this folder, and the store of that companion."""
    store = companion.store.open(folder)
    settings = Settings(data=folder, zone=ZoneInfo("Europe/Amsterdam"))
    app = create_app(Companion(settings, store, PORT, CONTROL, clock=lambda: NOW, reader=extraction))
    made = Caller(app, CONTROL).post("/api/control/tokens", {"name": "a program"})
    return Caller(app, made.json["token"]), store


def article(number):
    """A capture of an article of its own, whose text does not compress."""
    words = " ".join(os.urandom(4).hex() for _ in range(800))
    page = f"<html><head><title>Artikel {number}</title></head><body><article><p>{words}.</p></article></body></html>"
    return capture(url=f"https://vakblad.example/{number}", title=f"Artikel {number}", html=page)


def titles(api):
    found, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/api/items?limit=200{cursor and f'&cursor={cursor}'}").json
        found += [item["article"]["title"] for item in page["items"]]
        cursor = page["next_cursor"]
    return sorted(found)


def test_captures_on_a_full_disk_get_507_and_reading_goes_on(small):
    api, store = calling(small.folder / "data")
    # A search index that meets a full disk half made is removed, and makes room.
    until(lambda: store.search.is_complete)
    small.fill(leave=MEGABYTE)
    kept = []
    while (reply := api.post("/api/captures", article(len(kept)))).status_code == 201:
        kept.append(reply.json["item"])
    assert reply.status_code == 507
    assert set(reply.json) == {"error", "problems"}
    small.fill()
    assert api("PATCH", f"/api/items/{kept[0]['id']}", {"commentary": "w" * 9000}).status_code == 507
    assert titles(api) == sorted(item["article"]["title"] for item in kept)
    for item in kept:
        found = api.get(f"/api/items/{item['id']}").json
        assert (found["article"]["word_count"], found["commentary"]) == (800, "")
    assert api.get("/api/exports/csv").status_code == 200
    small.make_room()
    assert api.post("/api/captures", article(9999)).status_code == 201
    store.close()
    again, store = calling(small.folder / "data")
    assert titles(again) == sorted([*(item["article"]["title"] for item in kept), "Artikel 9999"])
    store.close()


def test_after_an_error_of_the_disk_every_write_is_503_and_reading_goes_on(tmp_path, monkeypatch):
    api, store = calling(tmp_path / "data")
    item = api.post("/api/captures", article(1)).json["item"]
    fail(monkeypatch, SYNCING, errno.EIO)
    assert api("PATCH", f"/api/items/{item['id']}", {"commentary": "lost"}).status_code == 503
    monkeypatch.undo()
    for reply in (
        api("PATCH", f"/api/items/{item['id']}", {"commentary": "lost"}),
        api.post("/api/captures", article(2)),
        api("DELETE", f"/api/items/{item['id']}"),
    ):
        assert reply.status_code == 503
        assert "start Kwartier again" in reply.json["error"]
    assert api.get(f"/api/items/{item['id']}").json["commentary"] == ""
    assert titles(api) == ["Artikel 1"]
    store.close()
    again, store = calling(tmp_path / "data")
    assert again("PATCH", f"/api/items/{item['id']}", {"commentary": "kept"}).status_code == 200
    store.close()


@pytest.fixture
def running(tmp_path):
    """A real companion, in its own process."""
    made = CompanionProcess(tmp_path)
    made.start()
    yield made
    made.stop()


def send_until_it_ends(client, kept):
    """Send captures of pages until nobody answers; `kept` gets the ids of those that were acknowledged."""
    with suppress(OSError):
        while True:
            reply = client.send("POST", "/api/captures", article(uuid4().hex))
            if reply.status == 201:
                kept.append(reply.json["item"]["id"])


@pytest.mark.parametrize("end", ["terminate", "kill"])
def test_what_was_acknowledged_before_it_was_ended_is_there(running, end):
    client, kept = running.client(), []
    senders = [threading.Thread(target=send_until_it_ends, args=(client, kept)) for _ in range(3)]
    for sender in senders:
        sender.start()
    while len(kept) < 10:
        senders[0].join(0.01)
    getattr(running.process, end)()
    running.process.wait(SECONDS_TO_STOP)
    for sender in senders:
        sender.join()
    running.start()
    for item_id in kept:
        found = client.get(f"/api/items/{item_id}")
        assert found["article"]["word_count"] == 800
        assert found["article"]["text"]


def test_four_programs_that_capture_at_once_make_240_items(running):
    client = running.client()

    def send(program):
        links = (capture(url=f"https://vakblad.example/{program}/{number}", html="") for number in range(60))
        return {client.send("POST", "/api/captures", link).status for link in links}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [{201}] * 4
    found = client.get("/api/items", limit="200")
    rest = client.get("/api/items", limit="200", cursor=found["next_cursor"])
    items = [*found["items"], *rest["items"]]
    assert len({item["id"] for item in items}) == len({item["number"] for item in items}) == 240


def test_two_tabs_that_edit_one_item_at_once_lose_neither_field(running):
    client = running.client()
    item = client.send("POST", "/api/captures", capture()).json["item"]
    path, edits = f"/api/items/{item['id']}", 30

    def edit(field):
        return {client.send("PATCH", path, {field: f"{field} {number}"}).status for number in range(edits)}

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(edit, ["commentary", "topic"])) == [{200}] * 2
    found = client.get(path)
    assert (found["commentary"], found["topic"]) == (f"commentary {edits - 1}", f"topic {edits - 1}")
    assert found["revision"] == item["revision"] + 2 * edits
