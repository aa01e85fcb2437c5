"""Pairing: one extension asks, the user presses Allow, and no other extension gets anything."""

import hashlib
import hmac
from datetime import timedelta

import pytest

from companion.web.pairing import paired, revoke, seen
from tests.integration.conftest import EXTENSION, NOW, PORT, Caller, capture, kept_on_disk, pair

ASK = {"browser": "Chrome on Windows"}
ORIGIN = {"Origin": EXTENSION}
FIREFOX = "moz-extension://0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def asked(anyone):
    return anyone.post("/api/pairing", ASK, headers=ORIGIN).json


def poll(caller, asked, secret=None, origin=EXTENSION):
    return caller.post(f"/api/pairing/{asked['id']}", {"secret": secret or asked["secret"]}, headers={"Origin": origin})


def test_the_request_shows_its_browser_and_code_on_the_page(anyone, running, asked):
    [waiting] = running.pairings.waiting(NOW)
    assert (waiting.browser, waiting.code) == ("Chrome on Windows", asked["code"])
    assert len(asked["code"]) == 4
    assert poll(anyone, asked).status_code == 202


@pytest.mark.parametrize("origin", [EXTENSION, FIREFOX])
def test_after_allow_the_extension_can_send_captures(app, origin):
    extension = pair(app, origin)
    assert extension.post("/api/captures", capture(), headers=extension.origin).status_code == 201


def test_the_secrets_are_kept_only_as_hashes(extension, running):
    assert extension.pairing["pairing_id"].encode() in kept_on_disk(running)
    assert extension.token.encode() not in kept_on_disk(running)


def test_the_reply_is_given_once(anyone, running, asked):
    running.pairings.decide(asked["id"], True, NOW)
    assert poll(anyone, asked).json["status"] == "allowed"
    assert poll(anyone, asked).status_code == 410


def test_a_refused_or_late_request_gets_nothing(anyone, running, asked, monkeypatch):
    running.pairings.decide(asked["id"], False, NOW)
    assert poll(anyone, asked).status_code == 410
    late = anyone.post("/api/pairing", ASK, headers=ORIGIN).json
    monkeypatch.setattr(running, "clock", lambda: NOW + timedelta(minutes=2, seconds=1))
    assert poll(anyone, late).status_code == 410
    assert not running.pairings.waiting(running.clock())
    assert not len(running.store.pairings)


def test_without_a_click_nothing_is_granted(anyone, running, asked):
    assert [poll(anyone, asked).status_code for _ in range(20)] == [202] * 20
    assert not len(running.store.pairings)


def test_wrong_secrets_close_the_request(anyone, running, asked):
    assert [poll(anyone, asked, secret="wrong").status_code for _ in range(6)] == [401] * 5 + [429]
    refused = poll(anyone, asked)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert not running.pairings.waiting(NOW)


def test_another_extension_cannot_collect(anyone, running, asked):
    running.pairings.decide(asked["id"], True, NOW)
    assert poll(anyone, asked, origin=FIREFOX).status_code == 404


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:7715", "null", "chrome-extension://short"]
)
def test_a_web_page_cannot_ask(anyone, running, origin):
    assert anyone.post("/api/pairing", ASK, headers={"Origin": origin}).status_code == 403
    assert not running.pairings.waiting(NOW)


def test_a_program_is_told_to_use_a_token(anyone):
    response = anyone.post("/api/pairing", ASK)
    assert response.status_code == 403
    assert "kwartier token" in response.json["error"]


def test_a_hundred_requests_leave_one_waiting(anyone, running):
    statuses = [anyone.post("/api/pairing", ASK, headers=ORIGIN).status_code for _ in range(100)]
    assert statuses == [201] * 3 + [429] * 97
    assert len(running.pairings.waiting(NOW)) == 1


def test_the_companion_proves_itself_to_whom_it_is_paired_with(extension, anyone):
    nonce = "ab" * 16
    pairing_id, key = extension.pairing["pairing_id"], bytes.fromhex(extension.pairing["proof_key"])
    expected = hmac.new(key, f"{nonce}:{PORT}".encode(), hashlib.sha256).hexdigest()
    for asked, headers in (({}, ORIGIN), ({"pairing_id": pairing_id}, {}), ({"pairing_id": pairing_id}, ORIGIN)):
        assert anyone.post("/api/proof", {"nonce": nonce, **asked}, headers=headers).json == {"proof": expected}


@pytest.mark.parametrize(
    ("asked", "headers"),
    [({}, {}), ({"pairing_id": "unknown"}, {}), ({"pairing_id": "unknown"}, ORIGIN), ({}, {"Origin": FIREFOX})],
)
def test_it_proves_nothing_to_others(extension, anyone, asked, headers):
    assert anyone.post("/api/proof", {"nonce": "ab" * 16, **asked}, headers=headers).status_code == 404


def test_several_browsers_at_once_each_with_their_own_token(app, running):
    chrome, firefox = pair(app), pair(app, FIREFOX)
    assert {one["origin"] for one in paired(running.store)} == {EXTENSION, FIREFOX}
    assert chrome.get("/api/items", headers=chrome.origin).status_code == 200
    assert firefox.get("/api/items", headers=firefox.origin).status_code == 200
    assert chrome.get("/api/items", headers=firefox.origin).status_code == 403


def test_pairing_again_replaces_the_old_token(app, running, extension):
    again = pair(app)
    assert len(paired(running.store)) == 1
    assert extension.get("/api/items", headers=extension.origin).status_code == 401
    assert again.get("/api/items", headers=again.origin).status_code == 200


def test_a_call_that_is_noted_does_not_bring_a_revoked_extension_back(extension, running):
    [pairing] = list(running.store.pairings)
    revoke(running.store, pairing["id"])
    seen(running.store, pairing, NOW + timedelta(hours=2))
    assert paired(running.store) == []


def test_a_revoked_extension_is_out_at_once(extension, running, app):
    revoke(running.store, extension.pairing["pairing_id"])
    assert Caller(app, extension.token).get("/api/items").status_code == 401
