"""A second extension in the same browser, with a right to 127.0.0.1 but not let in, gets nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.conftest import EXTENSION
from tests.e2e.page_server import ENGLISH_TITLE
from tests.e2e.user import User
from tests.e2e.waiting import until

MANIFEST = {
    "manifest_version": 3,
    "name": "Another extension",
    "version": "1.0",
    "background": {"service_worker": "background.js", "scripts": ["background.js"]},
    "action": {},
    "permissions": ["declarativeNetRequestWithHostAccess"],
    "host_permissions": ["http://127.0.0.1/*"],
    "browser_specific_settings": {"gecko": {"id": "another@page.test", "strict_min_version": "142.0"}},
}
BACKGROUND = "chrome.runtime.onMessage.addListener(() => false);"

TRY = """
const [base, calls, token] = A;
const results = [];
for (const [method, path, body] of calls) {
  const headers = body ? { 'Content-Type': 'application/json' } : {};
  if (token) headers.Authorization = `Bearer ${token}`;
  const options = { method, headers, credentials: 'include', ...(body ? { body: JSON.stringify(body) } : {}) };
  results.push(await fetch(base + path, options).then(
    async (reply) => [reply.status, await reply.text()],
    (error) => [0, String(error)]));
}
return results;
"""

# Every request of this extension carries this origin from now on; with none, its own again.
PRETEND = """
const rule = { id: 1, condition: { urlFilter: '127.0.0.1', resourceTypes: ['xmlhttprequest'] } };
const requestHeaders = [{ header: 'Origin', operation: 'set', value: A[0] }];
const addRules = A[0] ? [{ ...rule, action: { type: 'modifyHeaders', requestHeaders } }] : [];
await api.declarativeNetRequest.updateSessionRules({ removeRuleIds: [1], addRules });
"""


@pytest.fixture(scope="module")
def extensions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Ours, and one that somebody else wrote."""
    folder = tmp_path_factory.mktemp("another")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), "utf-8")
    (folder / "background.js").write_text(BACKGROUND, "utf-8")
    (folder / "page.html").write_text("<!doctype html><title>Another extension</title>", "utf-8")
    return EXTENSION, folder


@pytest.fixture(scope="module")
def item(paired: User, client: Client) -> dict[str, Any]:
    """Something to steal."""
    paired.reads("/english")
    paired.clicks("saved")
    return until(lambda: client.item_titled(ENGLISH_TITLE), "the article")


def calls_on(item: dict[str, Any]) -> list[list[Any]]:
    """Everything that reads or changes something of the user's."""
    path = f"/api/items/{item['id']}"
    capture = {
        "id": "6f1c1a52-2f3b-4a5e-9a53-0d5a2f7b9c11",
        "url": "http://page.test/planted",
        "title": "Planted",
        "captured_at": "2026-03-12T07:30:00Z",
        "client": {"name": "another", "version": "1.0"},
    }
    return [
        ["GET", "/api/items", None],
        ["GET", path, None],
        ["GET", f"{path}/suggestions", None],
        ["GET", "/api/calendar?from=2026-01-01&to=2026-12-31", None],
        ["GET", "/api/cadence", None],
        ["GET", "/api/time/days?from=2026-01-01&to=2026-01-31", None],
        ["GET", "/api/exports/csv", None],
        ["GET", "/api/exports/json", None],
        ["PATCH", path, {"commentary": "changed"}],
        ["DELETE", path, None],
        ["DELETE", f"{path}/slot", None],
        ["POST", "/api/captures", capture],
        ["POST", "/api/launch-links", {"path": "/"}],
        ["POST", "/api/time/segments", {"source": "another", "segments": []}],
    ]


PAGES = ["/", "/calendar", "/plan", "/time", "/people", "/settings"]


def tries(user: User, calls: list[list[Any]], token: str | None = None) -> list[tuple[str, int, str]]:
    """What the other extension gets for each of its calls."""
    arguments = (user.companion.url, calls, token)
    answers = user.browser.in_extension("page.html", TRY, *arguments, extension=1)
    return [(f"{call[0]} {call[1]}", *answer) for call, answer in zip(calls, answers, strict=True)]


def test_it_can_ask_who_is_there(paired: User):
    [(_, status, text)] = tries(paired, [["GET", "/api/health", None]])
    assert (status, json.loads(text)["name"]) == (200, "Kwartier")


def test_without_a_token_it_gets_nothing(paired: User, client: Client, item: dict[str, Any]):
    kept = client.get(f"/api/items/{item['id']}")
    for call, status, text in tries(paired, calls_on(item)):
        assert status in {401, 403}, f"{call}: {status} {text[:200]}"
        assert ENGLISH_TITLE not in text
    assert client.get(f"/api/items/{item['id']}") == kept
    assert client.item_titled("Planted") is None


def test_a_stolen_token_changes_nothing(paired: User, client: Client, item: dict[str, Any]):
    kept = client.get(f"/api/items/{item['id']}")
    changing = [call for call in calls_on(item) if call[0] != "GET"]
    for call, status, text in tries(paired, changing, client.token):
        assert status in {401, 403}, f"{call}: {status} {text[:200]}"
    assert client.get(f"/api/items/{item['id']}") == kept
    assert client.item_titled("Planted") is None


def test_it_cannot_use_the_browsers_cookie_to_read_the_pages(paired: User, item: dict[str, Any]):
    pages = [*PAGES, f"/items/{item['id']}"]
    for call, status, text in tries(paired, [["GET", page, None] for page in pages]):
        assert status in {0, 401, 403}, f"{call}: {status}"
        assert ENGLISH_TITLE not in text


@pytest.fixture
def pretending(paired: User) -> Iterator[User]:
    """The other extension has the browser put our extension's origin in the place of its own."""
    ours = paired.browser.extension_url("").rstrip("/")
    paired.browser.in_extension("page.html", PRETEND, ours, extension=1)
    yield paired
    paired.browser.in_extension("page.html", PRETEND, None, extension=1)


def test_with_our_origin_it_gets_nothing_either(pretending: User, client: Client, item: dict[str, Any]):
    kept = client.get(f"/api/items/{item['id']}")
    for call, status, text in tries(pretending, calls_on(item)):
        assert status == 401, f"{call}: {status} {text[:200]}"
        assert ENGLISH_TITLE not in text
    changing = [call for call in calls_on(item) if call[0] != "GET"]
    for call, status, text in tries(pretending, changing, client.token):
        assert status == 403, f"{call}: {status} {text[:200]}"
    assert client.get(f"/api/items/{item['id']}") == kept
    assert client.item_titled("Planted") is None


def test_its_own_request_to_be_let_in_waits_for_the_user(paired: User):
    paired.browser.open(paired.companion.url + "/pair?waiting")
    assert paired.browser.js("return document.querySelector('.digits')") is None
    [(_, status, text)] = tries(paired, [["POST", "/api/pairing", {"browser": "Another"}]])
    assert status == 201
    asked = json.loads(text)
    poll = ["POST", f"/api/pairing/{asked['id']}", {"secret": asked["secret"]}]
    [(_, status, text)] = tries(paired, [poll])
    assert (status, json.loads(text)) == (202, {"status": "waiting"})
    [(_, status, _)] = tries(paired, [["POST", f"/api/pairing/{asked['id']}", {"secret": "wrong" * 8}]])
    assert status == 401
    paired.browser.show("/pair?waiting")
    digits = "return document.querySelector('.digits')?.textContent.trim()"
    until(lambda: paired.browser.js(digits) == asked["code"], "the request on the page that was open already")
