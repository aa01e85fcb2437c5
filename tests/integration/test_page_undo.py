"""Undo: back to the very state an act left from, or nothing where things changed since."""

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo

SLOT, OTHER = "2026-11-24-tue", "2026-11-26-thu"
CHANGED = "Things changed in the meantime"


@pytest.fixture
def path(api):
    return f"/items/{api.post('/api/captures', capture()).json['item']['id']}"


def state(api, path):
    item = api.get(f"/api{path}").json
    return item["status"], item["slot_id"]


def slot_of(api, slot_id=SLOT):
    found = api.get("/api/calendar?from=2026-11-23&to=2026-11-29").json["slots"]
    return next((slot for slot in found if slot["id"] == slot_id), None)


def put(browser, path, slot_id=SLOT):
    return send(browser, "/place", item_id=path.removeprefix("/items/"), slot_id=slot_id, next=path)


def become(browser, path, status):
    return send(browser, f"{path}/status", status=status, next=path)


def set_status(api, path, status):
    assert api("PATCH", f"/api{path}", {"status": status}).status_code == 200


def act(browser, path, name):
    """Does this to the article; the page offers to undo it."""
    if name == "placed":
        return put(browser, path)
    if name == "moved":
        return put(browser, path, OTHER)
    if name == "released":
        return send(browser, f"{path}/release", next=path)
    return become(browser, path, name)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("queued", "placed"), ("queued", "published"), ("queued", "dropped"),
        ("dropped", "placed"), ("dropped", "published"),
        ("planned", "moved"), ("planned", "released"), ("planned", "published"), ("planned", "dropped"),
    ],
)  # fmt: skip
def test_it_goes_back_to_the_state_it_left_from(api, browser, path, before, name):
    if before == "dropped":
        set_status(api, path, "dropped")
    elif before == "planned":
        put(browser, path)
    left_from, slot = state(api, path), slot_of(api)
    page = act(browser, path, name)
    assert state(api, path) != left_from
    page = undo(browser, page)
    assert state(api, path) == left_from
    assert slot_of(api) == slot
    assert api.get(f"/api{path}").json["published_at"] is None
    assert page.said()
    assert page.find("#said form") == [], "an undo is not undone"


@pytest.mark.parametrize("name", ["placed", "dropped"])
def test_an_old_undo_leaves_a_published_post_alone(api, browser, path, name):
    if name == "dropped":
        put(browser, path)
    page = act(browser, path, name)
    put(browser, path)
    set_status(api, path, "published")
    assert undo(browser, page).said().startswith(CHANGED)
    assert state(api, path) == ("published", SLOT)


def test_an_old_undo_of_a_release_leaves_a_new_slot_alone(api, browser, path):
    put(browser, path)
    page = act(browser, path, "released")
    put(browser, path, OTHER)
    assert undo(browser, page).said().startswith(CHANGED)
    assert state(api, path) == ("planned", OTHER)


def test_a_slot_that_was_taken_meanwhile_stays_taken(api, browser, path):
    put(browser, path)
    page = act(browser, path, "released")
    second = api.post("/api/captures", capture(url="https://vakblad.example/2", html=None)).json["item"]["id"]
    put(browser, f"/items/{second}")
    assert undo(browser, page).said().startswith(CHANGED)
    assert (state(api, path), slot_of(api)["item_id"]) == (("queued", None), second)


def test_a_slot_that_the_cadence_has_no_more_is_said_calmly(api, browser, path):
    put(browser, path)
    page = act(browser, path, "released")
    assert api("PUT", "/api/cadence", {"entries": []}).status_code == 200
    page = undo(browser, page)
    assert (page.status, state(api, path)) == (200, ("queued", None))
    assert page.said().startswith(CHANGED)


def test_undoing_a_publication_holds_where_the_cadence_changed(api, browser, path):
    put(browser, path)
    page = act(browser, path, "published")
    assert api("PUT", "/api/cadence", {"entries": []}).status_code == 200
    undo(browser, page)
    assert state(api, path) == ("planned", SLOT)


def test_pressing_undo_twice_does_it_once(api, browser, path):
    set_status(api, path, "dropped")
    page = put(browser, path)
    undo(browser, page)
    assert undo(browser, page).said().startswith(CHANGED)
    assert state(api, path) == ("dropped", None)


def test_what_changed_nothing_offers_no_undo(browser, path):
    become(browser, path, "dropped")
    page = become(browser, path, "dropped")
    assert page.said().endswith("is dropped.")
    assert page.find("#said form") == []


def test_words_written_meanwhile_are_no_hindrance(api, browser, path):
    page = put(browser, path)
    api("PATCH", f"/api{path}", {"commentary": "Mijn kijk."})
    undo(browser, page)
    assert (state(api, path), api.get(f"/api{path}").json["commentary"]) == (("queued", None), "Mijn kijk.")


def test_not_published_after_all_goes_back_to_its_slot(api, browser, path):
    put(browser, path)
    become(browser, path, "published")
    post_url = "https://example.com/post"
    api("PATCH", f"/api{path}", {"post_url": post_url})
    page = fill(browser, show(browser, path), "#end form[action$=status]")
    assert page.said().endswith("is not published, and has its slot again.")
    assert (state(api, path), slot_of(api)["status"]) == (("planned", SLOT), "planned")
    undo(browser, page)
    assert (state(api, path), slot_of(api)["status"]) == (("published", SLOT), "published")
    assert api.get(f"/api{path}").json["post_url"] == post_url


def test_an_undone_refusal_that_is_gone_is_said_calmly(api, browser, path):
    page = send(browser, f"{path}/decline", slot_id=SLOT, next=path)
    api("PATCH", f"/api{path}", {"declined_slots": []})
    assert undo(browser, page).said().startswith(CHANGED)


def test_a_slot_opened_meanwhile_is_left_alone(api, browser, path):
    page = send(browser, f"/slots/{SLOT}/skip", next="/calendar")
    send(browser, f"/slots/{SLOT}/restore", next="/calendar")
    assert undo(browser, page).said().startswith(CHANGED)
    put(browser, path)
    assert undo(browser, page).said().startswith(CHANGED)
    assert slot_of(api)["status"] == "planned"


def test_an_article_that_is_gone_is_said_calmly(api, browser, path):
    page = send(browser, f"{path}/status", status="dropped", next="/")
    assert api("DELETE", f"/api{path}").status_code == 204
    assert undo(browser, page).said().startswith(CHANGED)
    for what in ("release", "decline", "delete", "later-views"):
        assert send(browser, f"{path}/{what}", slot_id=SLOT).said().startswith(CHANGED), what


@pytest.mark.parametrize("fields", [{"was": "planned"}, {"was": "nonsense"}, {"now": "published"}, {"item": ""}])
def test_an_undo_that_makes_no_sense_changes_nothing(api, browser, path, fields):
    page = put(browser, path)
    left = {"was": "queued", "now": "planned", "to": SLOT, "item": path.removeprefix("/items/")}
    sent = send(browser, "/undo", act="placed", next="/", **(left | fields))
    assert sent.status in (200, 422)
    assert sent.said() in ("", page.said()) or sent.said().startswith(CHANGED)
    assert state(api, path) == ("planned", SLOT)
