"""Getting in without the user: by guessing, by asking often, by being quicker, by pretending to be the companion.

Against the running companion. What the clock decides, such as a request that is two minutes old, is held by
tests/integration/test_pairing.py.
"""

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hostile.besieged import CHROME, FIREFOX, STRANGER, capture

NONCE = "ab" * 16


def signed(given, words):
    """What only the companion of this pairing can say."""
    return hmac.new(bytes.fromhex(given["proof_key"]), words.encode(), hashlib.sha256).hexdigest()


def browsers_in_settings(running):
    return running.ask("GET", "/settings", running.browser).text.count("/browsers/")


def requests_on_the_page(running):
    return running.ask("GET", "/pair", running.browser).text.count('class="digits"')


def test_guessing_the_secret_closes_the_request(fresh):
    asked = fresh.ask_to_be_let_in(CHROME)
    assert [fresh.poll(asked, CHROME, secret="wrong").status for _ in range(6)] == [401] * 5 + [429]
    refused = fresh.poll(asked, CHROME)
    fresh.assert_refused(refused, 429)
    assert refused.headers["retry-after"] == "60"
    assert requests_on_the_page(fresh) == 0
    assert fresh.submit(f"/pair/{asked['id']}/allow").status in (303, 410)
    fresh.assert_refused(fresh.poll(asked, CHROME), 429)


def test_of_many_that_collect_at_once_one_gets_the_token(fresh):
    asked = fresh.ask_to_be_let_in(CHROME)
    fresh.submit(f"/pair/{asked['id']}/allow")
    with ThreadPoolExecutor(16) as pool:
        polls = list(pool.map(lambda _: fresh.poll(asked, CHROME), range(32)))
    assert sorted(poll.status for poll in polls) == [200] + [410] * 31
    fresh.assert_refused(fresh.poll(asked, CHROME), 410, reader=CHROME)


def test_without_the_users_click_nothing_is_granted(fresh):
    asked = fresh.ask_to_be_let_in(CHROME)
    allow = f"/pair/{asked['id']}/allow"
    form = "Content-Type: application/x-www-form-urlencoded"
    for headers in [
        (),
        (fresh.browser,),
        (f"Origin: {CHROME}",),
        (fresh.program,),
        (fresh.browser, f"Origin: {CHROME}"),
    ]:
        assert fresh.ask("POST", allow, form, *headers, body=b"csrf=guess").status in (401, 403)
        assert fresh.ask("GET", allow, *headers).status in (403, 404, 405)
    assert [fresh.poll(asked, CHROME).json for _ in range(10)] == [{"status": "waiting"}] * 10
    assert requests_on_the_page(fresh) == 1


@pytest.mark.parametrize("origin", [STRANGER, FIREFOX])
def test_another_extension_can_neither_collect_nor_close_it(fresh, origin):
    asked = fresh.ask_to_be_let_in(CHROME)
    fresh.submit(f"/pair/{asked['id']}/allow")
    for secret in (asked["secret"], *["wrong"] * 6):
        fresh.assert_refused(fresh.poll(asked, origin, secret), 404)
    assert fresh.poll(asked, CHROME).status == 200


def test_a_hundred_requests_leave_one_on_the_page(fresh):
    with ThreadPoolExecutor(8) as pool:
        line = f"Origin: {CHROME}"
        replies = list(pool.map(lambda _: fresh.send("POST", "/api/pairing", {"browser": "x"}, line), range(100)))
    assert sorted(reply.status for reply in replies) == [201] * 3 + [429] * 97
    assert all(0 < int(reply.headers["retry-after"]) <= 60 for reply in replies if reply.status == 429)
    assert requests_on_the_page(fresh) == 1


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://127.0.0.1:9999", "{own}", "null", "chrome-extension://short", f"{CHROME}.evil.example",
     "file://", "safari-web-extension://x", f"x{CHROME}"],
)  # fmt: skip
def test_a_web_page_cannot_ask(besieged, origin):
    line = f"Origin: {origin.format(own=besieged.origin)}"
    answer = besieged.send("POST", "/api/pairing", {"browser": "Chrome"}, line, "Sec-Fetch-Site: cross-site")
    besieged.assert_refused(answer, 403)
    besieged.assert_refused(besieged.send("POST", "/api/proof", {"nonce": NONCE}, line), 403)
    assert requests_on_the_page(besieged) == 0


def test_a_program_that_says_nothing_of_an_origin_cannot_ask(besieged):
    besieged.assert_refused(besieged.send("POST", "/api/pairing", {"browser": "Chrome"}), 403)


def test_what_an_extension_calls_itself_is_shown_as_words(fresh):
    fresh.send("POST", "/api/pairing", {"browser": "<script>alert(1)</script>{{7*7}}"}, f"Origin: {CHROME}")
    page = fresh.ask("GET", "/pair", fresh.browser).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "<script>alert" not in page


def test_a_token_that_was_revoked_opens_nothing_from_the_next_request_on(fresh):
    given = fresh.pair(CHROME)
    token, origin = f"Authorization: Bearer {given['token']}", f"Origin: {CHROME}"
    assert fresh.send("POST", "/api/captures", capture(), token, origin).status == 201
    assert fresh.submit(f"/settings/browsers/{given['pairing_id']}/revoke").status == 303
    before = fresh.kept()
    for headers in [(token, origin), (token,)]:
        fresh.assert_refused(fresh.send("POST", "/api/captures", capture(url="https://b.example/"), *headers), 401, 403)
        fresh.assert_refused(fresh.ask("GET", "/api/items", *headers), 401, 403)
    # It learns that it is out from the companion itself, by a proof that passes for no other.
    assert fresh.send("POST", "/api/proof", {"nonce": NONCE}, origin).json == {
        "proof": signed(given, f"revoked:{NONCE}:{fresh.port}"),
        "revoked": True,
    }
    assert fresh.kept() == before


def test_a_stranger_on_another_port_cannot_pass_on_the_companions_proof(fresh):
    """It could ask the companion itself, but what that proves is its own port."""
    given, elsewhere = fresh.pair(CHROME), fresh.port + 1
    asked, ours = {"nonce": NONCE, "pairing_id": given["pairing_id"]}, signed(given, f"{NONCE}:{fresh.port}")
    for headers in [(), (f"X-Forwarded-Port: {elsewhere}",), (f"X-Forwarded-Host: 127.0.0.1:{elsewhere}",)]:
        assert fresh.send("POST", "/api/proof", asked, *headers).json == {"proof": ours}
    fresh.assert_refused(fresh.send("POST", "/api/proof", asked, f"Host: 127.0.0.1:{elsewhere}"), 421)
    for nonce in (f"{NONCE}:{elsewhere}", f"revoked:{NONCE}"):
        fresh.assert_refused(fresh.send("POST", "/api/proof", {**asked, "nonce": nonce}), 422)


def test_an_extension_can_replace_no_pairing_but_its_own(fresh):
    first = fresh.pair(CHROME)
    fresh.pair(STRANGER, replaces=first["pairing_id"])
    token = f"Authorization: Bearer {first['token']}"
    assert fresh.ask("GET", "/api/items", token, f"Origin: {CHROME}").status == 200
    assert browsers_in_settings(fresh) == 2
