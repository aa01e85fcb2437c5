"""Who may call: forged requests are refused with a short JSON body, and nothing is stored.

The numbers are those of the list of attacks on servers of this shape that the project keeps: rebinding, forged
origins, forms posted from elsewhere, tokens guessed or misplaced, paths written in odd ways.
"""

import pytest

from tests.integration.conftest import CONTROL, EXTENSION, HOST, ORIGIN, Caller, capture, pair

STRANGER = "chrome-extension://" + "b" * 32


def assert_refused(response, *statuses):
    assert response.status_code in statuses, response.data
    assert set(response.json) == {"error", "problems"}
    assert "Traceback" not in response.text
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"{HOST}.evil.example", "127.0.0.1.evil.example:7715", "0.0.0.0:7715", "127.0.0.1:7716", "127.0.0.1", "localhost:7715", "", f"{HOST}, {HOST}"],
)  # fmt: skip
def test_another_host_is_refused_even_with_a_token(api, host):
    assert_refused(api.get("/api/items", headers={"Host": host}), 421)


def test_a_target_on_another_host_is_refused(api):
    request = {"environ_overrides": {"REQUEST_URI": "http://evil.example/api/items"}}
    assert_refused(api.get("/api/items", **request), 421)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {CONTROL}"},
        {"Authorization": CONTROL},
        {"Authorization": "Bearer t\u00e9ken"},
    ],
)
def test_without_a_valid_token_there_is_no_answer(anyone, headers):
    assert_refused(anyone.get("/api/items", headers=headers), 401)


def test_a_token_in_the_query_or_a_cookie_does_not_count(anyone, browser, api):
    assert_refused(anyone.get(f"/api/items?token={api.token}&access_token={api.token}"), 401)
    assert_refused(browser.get("/api/items"), 401)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", STRANGER, f"{EXTENSION}.evil.example", EXTENSION[:-1], ORIGIN, "moz-extension://*", EXTENSION.upper(), f"{EXTENSION}/"],
)  # fmt: skip
def test_an_origin_that_was_not_let_in_is_refused_even_with_a_token(extension, api, origin):
    for caller in (extension, api):
        assert_refused(caller.get("/api/items", headers={"Origin": origin}), 403)


def test_a_token_belongs_to_its_origin(app, extension, api):
    other = pair(app, STRANGER)
    assert extension.get("/api/items", headers=extension.origin).status_code == 200
    assert extension.get("/api/items").status_code == 200
    assert extension.get("/api/items", headers=other.origin).status_code == 403
    assert api.get("/api/items", headers=extension.origin).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_web_page_cannot_make_the_browser_call(extension, site):
    assert_refused(extension.get("/api/items", headers={"Sec-Fetch-Site": site}), 403)
    assert_refused(extension.get("/api/health", headers={"Sec-Fetch-Site": site}), 403)


def test_preflights_are_answered_for_a_paired_origin_only(app, extension):
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    allowed = extension("OPTIONS", "/api/captures", headers={**extension.origin, **asked})
    assert allowed.status_code == 204
    assert allowed.headers["Access-Control-Allow-Origin"] == EXTENSION
    assert "Access-Control-Allow-Private-Network" not in allowed.headers
    for origin in ("https://evil.example", "null", STRANGER):
        assert_refused(extension("OPTIONS", "/api/captures", headers={"Origin": origin, **asked}), 403)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_what_a_plain_form_can_send_is_refused(api, running, media_type):
    response = api.post("/api/captures", data=b"{}", headers={"Content-Type": media_type})
    assert_refused(response, 415)
    assert not len(running.store.items)


def test_a_compressed_body_is_refused(api):
    assert_refused(api.post("/api/captures", {}, headers={"Content-Encoding": "gzip"}), 415)


@pytest.mark.parametrize(
    "path",
    ["//api/items", "/%61pi/items", "/x/../api/items", "/API/items", "/api/items/", "/api//items", "/api/%2e%2e/items"],
)
def test_odd_ways_to_write_a_path_lead_nowhere(anyone, path):
    response = anyone.get(path)
    assert response.status_code in (401, 404)
    assert "items" not in response.json


def test_every_endpoint_of_the_api_is_closed_without_a_token(app, anyone):
    open_to_all = {"open.get_health", "open.post_proof", "open.post_pairing", "open.post_pairing_poll"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    assert len(rules) > 20
    for rule in rules:
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if rule.endpoint not in open_to_all:
                path = rule.rule.replace("<", "").replace(">", "")
                assert_refused(anyone(method, path, json={} if method != "GET" else None), 401, 429)


def test_every_page_is_closed_to_a_browser_that_was_not_let_in(app, anyone):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages.") and "GET" in rule.methods:
            response = anyone.get(rule.rule.replace("<", "").replace(">", ""), headers={"Accept": "text/html"})
            assert response.status_code == 403, rule
            assert "kwartier open" in response.text


def test_health_is_open_and_says_only_what_this_is(anyone):
    assert set(anyone.get("/api/health").json) == {"name", "version", "contract"}


@pytest.mark.parametrize("path", ["/api/control/backup", "/api/control/check"])
def test_the_commands_endpoints_need_the_control_secret(api, extension, app, path):
    assert_refused(api.get(path), 403)
    assert extension.get(path, headers=extension.origin).status_code == 403
    assert Caller(app, CONTROL).get(path).status_code == 200


def test_guessing_tokens_is_slowed_down_and_a_paired_client_is_not(anyone, extension):
    statuses = [anyone.get("/api/items", headers={"Authorization": f"Bearer {n}"}).status_code for n in range(200)]
    assert set(statuses) == {401, 429}
    refused = anyone.get("/api/items")
    assert int(refused.headers["Retry-After"]) > 0
    answered = [extension.get("/api/items", headers=extension.origin).status_code for _ in range(60)]
    assert set(answered) == {200}


def test_a_form_needs_its_token_and_our_own_origin(browser):
    form = {"csrf": browser.csrf, "language": "nl"}
    fine = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
    assert browser.post("/language", data=form, headers=fine).status_code == 303
    for data, headers in (
        ({"language": "nl"}, fine),
        ({**form, "csrf": "wrong"}, fine),
        ({**form, "csrf": "é"}, fine),
        (form, {**fine, "Origin": "http://127.0.0.1:9999"}),
        (form, {**fine, "Origin": "null"}),
        (form, {**fine, "Sec-Fetch-Site": "cross-site"}),
        (form, {**fine, "Sec-Fetch-Site": "same-site"}),
    ):
        assert_refused(browser.post("/language", data=data, headers=headers), 403)


def test_a_page_can_be_linked_to_but_not_embedded_or_fetched_from_elsewhere(browser):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    assert browser.get("/welcome", headers=link).status_code == 200
    for mode in ("no-cors", "cors"):
        assert_refused(browser.get("/welcome", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode}), 403)


def test_pages_may_not_be_framed_and_run_no_inline_script(browser):
    headers = browser.get("/welcome").headers
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"


def test_a_launch_link_lets_a_browser_in_once(api, anyone, app):
    url = api.post("/api/launch-links", {"path": "/welcome"}).json["url"]
    opened = anyone.get(url.removeprefix(ORIGIN))
    cookie = opened.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "/welcome" in opened.text
    assert anyone.get("/welcome").status_code == 200
    second = Caller(app)
    assert second.get(url.removeprefix(ORIGIN)).status_code == 303
    assert second.get("/welcome").status_code == 403


def test_a_fault_of_ours_tells_nothing_of_what_lies_behind_it(api, running, caplog, monkeypatch):
    monkeypatch.setattr(running, "clock", lambda: 1 / 0)
    response = api.post("/api/captures", capture(commentary="my private words"))
    assert_refused(response, 500)
    assert "division" not in response.text
    assert "ZeroDivisionError" in caplog.text
    assert "private" not in caplog.text


def test_large_bodies_are_refused(api, running):
    assert_refused(
        api.post("/api/captures", data=b"x" * (9 * 1024 * 1024), headers={"Content-Type": "application/json"}), 413
    )
    assert not len(running.store.items)
