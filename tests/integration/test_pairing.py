"""Pairing: one extension asks, the user presses Allow, and no other extension gets anything."""

import hashlib
import hmac
from datetime import timedelta

import pytest

from companion.errors import StoreFull
from companion.web import paired_browsers
from companion.web.paired_browsers import let_go_of_unused, paired, revoke, seen
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


def test_two_browsers_that_load_one_folder_share_an_origin_and_are_both_let_in(app, running):
    chrome, edge = pair(app), pair(app, browser="Edge on Windows")
    assert chrome.get("/api/items", headers=chrome.origin).status_code == 200
    assert edge.get("/api/items", headers=edge.origin).status_code == 200
    revoke(running.store, chrome.pairing["pairing_id"], NOW)
    assert chrome.get("/api/items", headers=chrome.origin).status_code == 401
    assert edge.get("/api/items", headers=edge.origin).status_code == 200


def test_both_of_them_can_ask_at_once_and_are_told_apart(anyone, running):
    for browser in ("Chrome on Windows", "Edge on Windows"):
        anyone.post("/api/pairing", {"browser": browser}, headers=ORIGIN)
    waiting = running.pairings.waiting(NOW)
    assert len({ask.browser for ask in waiting}) == len({ask.code for ask in waiting}) == 2


def test_pairing_again_replaces_what_this_browser_had(app, running, extension):
    again = pair(app, replaces=extension.pairing["pairing_id"])
    assert len(paired(running.store)) == 1
    assert extension.get("/api/items", headers=extension.origin).status_code == 401
    assert again.get("/api/items", headers=again.origin).status_code == 200


def test_another_extension_replaces_nothing(app, running, extension):
    pair(app, FIREFOX, replaces=extension.pairing["pairing_id"])
    assert extension.get("/api/items", headers=extension.origin).status_code == 200


def test_a_browser_that_was_shut_out_can_be_sure_of_it(app, running, extension, anyone):
    pairing_id, key = extension.pairing["pairing_id"], bytes.fromhex(extension.pairing["proof_key"])
    revoke(running.store, pairing_id, NOW)
    assert proven_over(anyone, pairing_id, key)
    let_go_of_unused(running.store, NOW + timedelta(days=399))
    assert proven_over(anyone, pairing_id, key)
    let_go_of_unused(running.store, NOW + timedelta(days=401))
    assert not len(running.store.pairings)


def proven_over(anyone, pairing_id, key):
    expected = hmac.new(key, f"revoked:{'ab' * 16}:{PORT}".encode(), hashlib.sha256).hexdigest()
    told = anyone.post("/api/proof", {"nonce": "ab" * 16, "pairing_id": pairing_id}, headers=ORIGIN)
    return told.json == {"proof": expected, "revoked": True}


def test_one_that_is_being_replaced_can_be_sure_of_it_should_the_new_token_be_lost(app, extension, anyone):
    pair(app, replaces=extension.pairing["pairing_id"])
    assert proven_over(anyone, extension.pairing["pairing_id"], bytes.fromhex(extension.pairing["proof_key"]))


@pytest.mark.parametrize(
    ("calls", "after", "stays"),
    [
        (0, timedelta(minutes=50), True),
        (0, timedelta(minutes=70), False),
        (1, timedelta(days=170), True),
        (1, timedelta(days=190), False),
    ],
)
def test_browsers_that_never_came_or_are_long_gone_leave_the_list(extension, running, calls, after, stays):
    for _ in range(calls):
        assert extension.get("/api/items", headers=extension.origin).status_code == 200
    let_go_of_unused(running.store, NOW + after)
    assert bool(paired(running.store)) is stays


def test_a_token_that_is_not_fetched_in_time_is_not_given_out(anyone, running, asked, monkeypatch):
    running.pairings.decide(asked["id"], True, NOW)
    monkeypatch.setattr(running, "clock", lambda: NOW + timedelta(minutes=5))
    assert poll(anyone, asked).status_code == 410


def test_a_full_disk_does_not_cost_the_users_click(anyone, running, asked, monkeypatch):
    def no_room(*_):
        raise StoreFull("The disk is full.")

    running.pairings.decide(asked["id"], True, NOW)
    with monkeypatch.context() as failing:
        failing.setattr(paired_browsers, "pair", no_room)
        assert poll(anyone, asked).status_code == 507
    assert poll(anyone, asked).json["status"] == "allowed"


def test_of_two_pairings_of_one_origin_the_valid_one_is_proven(app, running, anyone):
    first, second = pair(app), pair(app, browser="Edge on Windows")
    revoke(running.store, first.pairing["pairing_id"], NOW)
    key = bytes.fromhex(second.pairing["proof_key"])
    expected = hmac.new(key, f"{'ab' * 16}:{PORT}".encode(), hashlib.sha256).hexdigest()
    assert anyone.post("/api/proof", {"nonce": "ab" * 16}, headers=ORIGIN).json == {"proof": expected}


def test_a_call_that_is_noted_does_not_bring_a_revoked_extension_back(extension, running):
    [pairing] = list(running.store.pairings)
    revoke(running.store, pairing["id"], NOW)
    seen(running.store, pairing, NOW + timedelta(hours=2))
    assert paired(running.store) == []


def test_a_revoked_extension_is_out_at_once(extension, running, app):
    revoke(running.store, extension.pairing["pairing_id"], NOW)
    assert Caller(app, extension.token).get("/api/items").status_code == 401
