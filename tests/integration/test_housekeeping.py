"""What the companion does by itself with backups and texts, and backups as they are sent."""

import errno
import gc
import os
import threading
from datetime import timedelta

import pytest

from companion.errors import StoreError
from companion.store.backups.dated import backup_days
from companion.web import housekeeping as module
from companion.web.housekeeping import Housekeeping
from tests.integration.conftest import CONTROL, NOW, Caller
from tests.integration.forms import show


def test_a_look_makes_the_backup_of_today_in_the_users_zone(running, housekeeping, item_id):
    running.clock = lambda: NOW.replace(hour=23, minute=30)  # Half past midnight in Amsterdam.
    housekeeping.look()
    assert [day.isoformat() for day in backup_days(running.store.folder)] == ["2026-11-23"]


def test_a_look_removes_the_texts_that_nobody_needs(running, housekeeping):
    running.store.texts.put("nobody's")
    housekeeping.look()
    assert list(running.store.texts.names()) == []


def test_the_settings_tell_where_the_backups_are_and_how_to_go_back(browser, running, housekeeping, item_id):
    said = show(browser, "/settings").text()
    assert "within an hour" in said
    assert f"restore FILE --set-aside --data {running.store.folder}" in said
    housekeeping.look()
    running.clock = lambda: NOW + timedelta(days=1)
    running.store.singletons.put({"id": "cadence", "entries": []})
    housekeeping.look()
    said = show(browser, "/settings").text()
    assert "2, the last of 23 November" in said
    last = running.store.folder / "backups" / "2026-11-23.tsv.gz"
    assert f"restore {last} --set-aside --data {running.store.folder}" in said


def test_a_backup_that_fails_is_said_until_one_is_made(browser, running, housekeeping, item_id, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        housekeeping.look()
    assert "The disk is full" in show(browser, "/").text(".notice")
    housekeeping.look()
    assert not show(browser, "/").find(".notice")
    assert backup_days(running.store.folder)


def test_a_text_that_cannot_be_backed_up_is_told(browser, running, housekeeping, item_id):
    next((running.store.folder / "texts").glob("??/*.zlib")).write_bytes(b"damaged")
    housekeeping.look()
    assert "Ploegendienst" in show(browser, "/").text(".notice")


def test_a_text_of_an_item_without_a_title_is_told_too(browser, running, housekeeping):
    name = running.store.texts.put("a text")
    running.store.items.put({"id": "bare", "number": 1, "text_hash": name})
    running.store.texts.path(name).write_bytes(b"damaged")
    housekeeping.look()
    assert "An article without a title" in show(browser, "/").text(".notice")


def test_a_backup_that_fails_keeps_nothing_else_from_being_done(running, housekeeping, item_id):
    running.store.texts.put("nobody's")
    needed = len(list(running.store.texts.names())) - 1
    (running.store.folder / "backups").write_bytes(b"a file in the way")
    housekeeping.look()
    assert running.backup_error
    assert len(list(running.store.texts.names())) == needed


def test_what_else_fails_is_not_said_of_the_backup(running, housekeeping, item_id, monkeypatch):
    def refuse():
        raise StoreError("The data folder cannot be read or written: Permission denied")

    monkeypatch.setattr(running.store, "collect_orphans", refuse)
    housekeeping.look()
    assert running.backup_error is None
    assert backup_days(running.store.folder)


@pytest.mark.parametrize("fault", [lambda path: path.write_bytes(b"damaged"), lambda path: path.unlink()])
def test_a_damaged_text_of_which_there_is_a_copy_is_put_back_and_nothing_is_said(browser, api, running, item_id, fault):
    Housekeeping(running).look()
    text = api.get(f"/api/items/{item_id}").json["article"]["text"]
    path = running.store.texts.path(running.store.items.find(item_id)["text_hash"])
    fault(path)
    Housekeeping(running).look()
    assert api.get(f"/api/items/{item_id}").json["article"]["text"] == text
    assert not show(browser, "/").find(".notice")


def test_all_texts_are_looked_at_once_a_day(running, housekeeping, item_id):
    housekeeping.look()
    path = running.store.texts.path(running.store.items.find(item_id)["text_hash"])
    path.unlink()
    housekeeping.look()
    assert not path.exists()
    running.clock = lambda: NOW + timedelta(days=1)
    housekeeping.look()
    assert path.exists()


def test_while_nothing_can_be_kept_a_backup_is_still_made(running, housekeeping, fails, item_id):
    fails()
    housekeeping.look()
    assert backup_days(running.store.folder)
    assert running.backup_error is None


def test_it_looks_by_itself_and_ends_when_it_is_told(running, item_id):
    housekeeping = Housekeeping(running, first_look=0.01)
    housekeeping.start()
    for _ in range(1000):
        if backup_days(running.store.folder):
            break
        housekeeping._stop.wait(0.01)
    housekeeping.stop()
    assert not housekeeping._thread.is_alive()
    assert backup_days(running.store.folder)


def test_a_laptop_that_slept_does_soon_what_became_due_meanwhile(running, item_id, monkeypatch):
    monkeypatch.setattr(module, "WAKE_SECONDS", 0.01)
    housekeeping = Housekeeping(running, first_look=3600)
    looked = threading.Event()
    monkeypatch.setattr(housekeeping, "look", looked.set)
    housekeeping.start()
    assert not looked.wait(0.1)
    running.clock = lambda: NOW + timedelta(hours=8)
    assert looked.wait(10)
    housekeeping.stop()


# A backup over HTTP


def test_a_backup_is_sent_in_parts(running, app, api):
    for number in range(30):
        running.store.texts.put(os.urandom(40_000).hex())
        text = running.store.texts.put(os.urandom(40_000).hex())
        running.store.items.put({"id": f"{number}", "number": number, "text_hash": text, "page_hash": None})
    answer = Caller(app, CONTROL).get("/api/control/backup", buffered=False)
    sizes = [len(part) for part in answer.iter_encoded()]
    assert sum(sizes) > 1_000_000
    assert max(sizes) < 200_000


def test_a_download_that_is_broken_off_holds_nothing_up(running, app, api, item_id):
    answer = Caller(app, CONTROL).get("/api/control/backup", buffered=False)
    next(answer.iter_encoded())
    answer.close()
    gc.collect()
    assert api("DELETE", f"/api/items/{item_id}").status_code == 204
    assert list(running.store.texts.names()) == []


@pytest.mark.parametrize("is_begun", [True, False], ids=["in the middle", "before it began"])
def test_two_backups_are_sent_at_a_time_and_no_more(app, browser, item_id, is_begun):
    caller = Caller(app, CONTROL)
    paused = [caller.get("/api/control/backup?format=json", buffered=False) for _ in range(2)]
    if is_begun:
        for answer in paused:
            next(answer.iter_encoded())
    refused = caller.get("/api/control/backup")
    assert (refused.status_code, "Two backups are being saved already" in refused.json["error"]) == (503, True)
    assert browser.get("/backup").status_code == 503
    for answer in paused:
        answer.close()
        assert browser.get("/backup").status_code == 200


def test_only_a_browser_that_is_let_in_can_save_a_backup(anyone, browser, api):
    assert anyone.get("/backup").status_code == 403
    saved = browser.get("/backup")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="kwartier-2026-11-22.zip"'
    assert api.get("/api/control/backup").status_code == 403
