"""Who may call: what web pages, other extensions and other machines forge is refused, and nothing is stored.

Against the running companion, byte by byte. README.md says which case of the list each test holds.
"""

import os
import socket
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.hostile.besieged import CHROME, JSON, STRANGER, Besieged, capture
from tests.hostile.exchange import answers, exchange, request

pytestmark = pytest.mark.usefixtures("nothing_is_kept")

# One of each kind of what is served.
KINDS = ["/api/items", "/api/health", "/api/control/check", "/", "/static/kwartier.css", "/open/secret", "/nowhere",
         "/feed/secret/nl.ics"]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def let_in(besieged):
    """Who may call has what that needs before anything is tried."""
    return besieged.browser, besieged.csrf, besieged.extension


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("who", ["program", "browser"])
def test_a_name_that_resolves_to_this_machine_is_not_its_name(besieged, path, who):
    besieged.assert_refused(besieged.ask("GET", path, getattr(besieged, who), "Host: evil.example"), 421)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:{port}.evil.example", "127.0.0.1.evil.example:{port}", "0.0.0.0:{port}", "localhost:{port}", "[::1]:{port}",
        "[::ffff:127.0.0.1]:{port}", "127.1:{port}", "2130706433:{port}", "127.0.0.1.:{port}", "127.0.0.1:0{port}", "127.0.0.1:1",
        "127.0.0.1", "127.0.0.1:", "a@127.0.0.1:{port}", "127.0.0.1:{port}, 127.0.0.1:{port}", "127.0.0.1:{port}/", "",
    ],
)  # fmt: skip
def test_a_host_is_ours_to_the_letter(besieged, host):
    answer = besieged.ask("GET", "/api/items", besieged.program, f"Host: {host.format(port=besieged.port)}")
    besieged.assert_refused(answer, 421)


@pytest.mark.parametrize("hosts", [(), ("evil.example", "{own}"), ("{own}", "evil.example"), ("{own}", "{own}")])
def test_there_is_one_host(besieged, hosts):
    lines = [f"Host: {host.format(own=besieged.host)}" for host in hosts]
    sent = request("GET", "/api/items", *lines, besieged.program, "Connection: close")
    besieged.assert_refused(*answers(exchange(besieged.port, sent)), 421)


@pytest.mark.parametrize("line", ["X-Forwarded-Host: {own}", "Forwarded: host={own}", "Host_: {own}", "X-Host: {own}"])
def test_no_other_header_names_the_host(besieged, line):
    answer = besieged.ask("GET", "/api/items", besieged.program, "Host: evil.example", line.format(own=besieged.host))
    besieged.assert_refused(answer, 421)


@pytest.mark.parametrize(
    "target", ["http://evil.example/api/items", "//evil.example/api/items", "evil.example:80", "*", "?"]
)
def test_a_target_elsewhere_is_refused(besieged, target):
    besieged.assert_refused(besieged.ask("GET", target, besieged.program), 421, 404)


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("/api/items", "X-None: 0"),
        ("/api/items", "Authorization: Bearer wrong"),
        ("/api/items", "Authorization: Bearer "),
        ("/api/items", "Authorization: Basic {token}"),
        ("/api/items", "Authorization: {token}"),
        ("/api/items", "Authorization: Bearer {token}, Bearer {token}"),
        ("/api/items", "Authorization: Bearer t\u00e9ken"),
        ("/api/items", "Cookie: token={token}"),
        ("/api/items", "X-Authorization: Bearer {token}"),
        ("/api/items?token={token}&access_token={token}", "X-None: 0"),
    ],
)
def test_a_token_is_shown_as_a_bearer_and_nowhere_else(besieged, target, line):
    answer = besieged.ask("GET", target.format(token=besieged.token), line.format(token=besieged.token))
    besieged.assert_refused(answer, 401)


def test_the_cookie_of_the_pages_opens_nothing_of_the_api(besieged):
    besieged.assert_refused(besieged.ask("GET", "/api/items", besieged.browser), 401)


def test_no_token_is_in_the_log(besieged):
    assert besieged.ask("GET", f"/api/items?token={besieged.token}", besieged.program).status == 200
    assert besieged.ask("GET", f"/nowhere/{besieged.token}", besieged.program).status == 404
    assert besieged.ask("GET", f"/feed/{besieged.token}/nl.ics").status == 404
    assert besieged.token not in besieged.process.said()


ORIGINS = [
    "https://evil.example", "http://evil.example", "null", STRANGER, f"{CHROME}.evil.example", f"{CHROME}/", CHROME[:-1], CHROME.upper(),
    f" {STRANGER} {CHROME}", f"{CHROME}, {CHROME}", "moz-extension://*", "chrome-extension://*", "*", "http://127.0.0.1:1", "",
]  # fmt: skip


@pytest.mark.parametrize("origin", [*ORIGINS, "{own}"])
@pytest.mark.parametrize("who", ["program", "extension"])
def test_an_origin_that_was_not_let_in_is_refused_even_with_a_token(besieged, origin, who):
    token = besieged.program if who == "program" else besieged.extension[0]
    answer = besieged.ask("GET", "/api/items", token, f"Origin: {origin.format(own=besieged.origin)}")
    besieged.assert_refused(answer, 403)


def test_two_origins_are_none(besieged):
    token, origin = besieged.extension
    besieged.assert_refused(besieged.ask("GET", "/api/items", token, origin, "Origin: https://evil.example"), 403)
    besieged.assert_refused(besieged.ask("GET", "/api/items", token, "Origin: https://evil.example", origin), 403)


@pytest.mark.parametrize("path", ["/api/items", "/api/health", "/api/exports/csv", "/api/items/1"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("who", ["program", "browser"])
def test_an_image_or_a_script_of_a_web_page_gets_nothing(besieged, path, site, who):
    for mode in ("no-cors", "cors", "navigate"):
        answer = besieged.ask("GET", path, getattr(besieged, who), f"Sec-Fetch-Site: {site}", f"Sec-Fetch-Mode: {mode}")
        besieged.assert_refused(answer, 403)


ASKED = ("Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization,content-type")


@pytest.mark.parametrize("path", ["/api/captures", "/api/health", "/", "/static/kwartier.css"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", STRANGER])
def test_a_preflight_from_elsewhere_is_refused(besieged, path, origin):
    private = "Access-Control-Request-Private-Network: true"
    besieged.assert_refused(besieged.ask("OPTIONS", path, f"Origin: {origin}", *ASKED, private), 403)


def test_a_preflight_of_the_paired_extension_is_answered_for_it_alone(besieged):
    answer = besieged.ask("OPTIONS", "/api/captures", besieged.extension[1], *ASKED)
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == CHROME
    assert "access-control-allow-private-network" not in answer.headers
    assert "access-control-allow-credentials" not in answer.headers


FORM_TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "",
    "text/json",
    "application/json+x",
]


@pytest.mark.parametrize("media_type", FORM_TYPES)
def test_what_a_plain_form_can_send_is_refused(besieged, media_type):
    for path in ("/api/captures", "/api/pairing", "/api/proof"):
        answer = besieged.ask("POST", path, besieged.program, f"Content-Type: {media_type}", body=b"{}")
        besieged.assert_refused(answer, 415)


def test_two_content_types_are_not_json(besieged):
    answer = besieged.ask("POST", "/api/captures", besieged.program, JSON, "Content-Type: text/plain", body=b"{}")
    besieged.assert_refused(answer, 415)


@pytest.mark.parametrize(
    "path",
    [
        "//api/items", "/%61pi/items", "/api%2fitems", "/x/../api/items", "/API/items", "/api/items/", "/api//items", "/api/./items",
        "/api/%2e%2e/items", "/static/../api/items", "/static/..%2fapi/items", "/api/health/../items", "/api/health;/../items",
        "/api/items;jsessionid=1", "/api/items%00", "/api/items%3f", "/open/../api/items", "/api/items#/api/health", "/api\\items",
    ],
)  # fmt: skip
def test_odd_ways_to_write_a_path_lead_past_no_check(besieged, path):
    besieged.assert_refused(besieged.ask("GET", path), 401, 404)


@pytest.mark.parametrize(
    "path",
    ["/static/%2e%2e/guard.py", "/static/..%2fguard.py", "/static/..%5cguard.py", "/static/../guard.py", "/static//etc/passwd",
     "/static/%2fetc/passwd", "/static/%00", "/static/", "/static/.", "/static/C:/x"],
)  # fmt: skip
def test_the_static_files_are_all_that_lies_there(besieged, path):
    besieged.assert_refused(besieged.ask("GET", path), 404)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("X-None: 0", {"csrf": ""}),
        ("X-None: 0", {"csrf": "0" * 64}),
        ("X-None: 0", {"csrf": "\u00e9"}),
        ("Origin: http://127.0.0.1:9999", {}),
        ("Origin: https://evil.example", {}),
        ("Origin: null", {}),
        (f"Origin: {STRANGER}", {}),
        ("Sec-Fetch-Site: cross-site", {}),
        ("Sec-Fetch-Site: same-site", {}),
        ("Sec-Fetch-Mode: cors", {}),
    ],
)
def test_a_form_is_taken_from_our_own_page_alone(besieged, header, fields):
    for path in ("/language", "/pair/1234/allow"):
        besieged.assert_refused(besieged.submit(path, header, **fields), 403)


def test_a_form_of_our_own_page_is_taken(besieged):
    assert besieged.submit("/language", language="nl").status == 303


def test_the_cookie_is_for_this_site_and_out_of_the_reach_of_scripts(fresh):
    """Before any page: the link that lets the browser in gives it."""
    path = fresh.launch_path()
    cookie = fresh.ask("GET", path).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert "set-cookie" not in fresh.ask("GET", path).headers


@pytest.mark.parametrize(
    "path", ["/", "/settings", "/pair", "/nowhere", "/open/secret", "/api/health", "/static/kwartier.css"]
)
def test_nothing_may_be_framed_and_nothing_runs_that_is_not_ours(besieged, path):
    headers = besieged.ask("GET", path, besieged.browser, "Accept: text/html").headers
    policy = headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert {"frame-ancestors 'none'", "default-src 'none'", "base-uri 'none'"} <= set(policy.split("; "))
    assert not [word for word in ("unsafe", "http:", "https:", "*", "blob:") if word in policy]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def addresses_of_this_machine():
    found = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None) if ":" not in info[4][0]}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # Sends nothing: it only asks by which address one would.
            found.add(probe.getsockname()[0])
        except OSError:  # No way out at all.
            return sorted(found)
    return sorted(found)


def test_it_listens_on_this_machine_alone(besieged):
    for address in [*addresses_of_this_machine(), "127.0.0.2", "::1"]:
        if address != "127.0.0.1":
            with pytest.raises(OSError), socket.create_connection((address, besieged.port), 2):
                pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the profile's folders to the user by itself")
def test_another_user_of_this_machine_can_read_no_file(tmp_path):
    before = os.umask(0)
    try:
        running = Besieged(tmp_path)
        running.send("POST", "/api/captures", capture(commentary="Mine."), running.program)
        assert open_to_others(running) == []
        running.process.stop()
        running.process.data.chmod(0o755)
        (running.process.data / "lock").chmod(0o666)
        running.process.start()
        assert open_to_others(running) == []
        assert "were open to others" in running.process.said()
    finally:
        os.umask(before)
        running.process.stop()


def open_to_others(running):
    """What of the data folder, with the secret of the commands in it, others than the user may read or write."""
    data = running.process.data
    assert (data / "companion.json").is_file()
    return [path for path in (data, *data.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_guessing_tokens_is_slowed_down_and_who_is_paired_is_served(fresh):
    token, origin = fresh.extension
    with ThreadPoolExecutor(8) as guessing:
        guesses = [guessing.submit(fresh.ask, "GET", "/api/items", f"Authorization: Bearer {n}") for n in range(200)]
        served = [fresh.ask("GET", "/api/items", token, origin).status for _ in range(60)]
    refused = [guess.result() for guess in guesses]
    assert [answer.status for answer in refused].count(401) == 30
    assert {answer.status for answer in refused} == {401, 429}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused if answer.status == 429)
    assert served == [200] * 60


def test_sixty_right_requests_at_once_are_all_answered_and_nothing_is_lost(fresh):
    token, origin = fresh.extension
    sent = [capture(id=str(uuid4()), url=f"https://vakblad.example/{number}") for number in range(60)]
    with ThreadPoolExecutor(60) as pool:
        replies = list(pool.map(lambda one: fresh.send("POST", "/api/captures", one, token, origin), sent))
    assert [reply.status for reply in replies] == [201] * 60
    kept = fresh.ask("GET", "/api/items?limit=200", fresh.program).json["items"]
    assert {item["id"] for item in kept} == {reply.json["item"]["id"] for reply in replies}
