"""Who may call, looked at from inside: no endpoint and no page is open by oversight, and a fault of ours tells nothing.

The attacks themselves are tried on the running companion, in tests/hostile.
"""

import pytest

from tests.integration.conftest import CONTROL, ORIGIN, Caller, capture, pair

STRANGER = "chrome-extension://" + "b" * 32


def assert_refused(response, *statuses):
    assert response.status_code in statuses, response.data
    assert set(response.json) == {"error", "problems"}
    assert "Traceback" not in response.text
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_token_belongs_to_its_origin(app, extension, api):
    other = pair(app, STRANGER)
    assert extension.get("/api/items", headers=extension.origin).status_code == 200
    assert extension.get("/api/items").status_code == 200
    assert extension.get("/api/items", headers=other.origin).status_code == 403
    assert api.get("/api/items", headers=extension.origin).status_code == 403


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


def test_a_page_can_be_linked_to_but_not_embedded_or_fetched_from_elsewhere(browser):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    assert browser.get("/welcome", headers=link).status_code == 200
    for mode in ("no-cors", "cors"):
        assert_refused(browser.get("/welcome", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode}), 403)


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
