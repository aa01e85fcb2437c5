"""Replan: shown before anything moves, carried out as far as it is ticked, and taken back in one step."""

from urllib.parse import urlencode

import pytest

from companion.editorial.curation import get_item
from companion.editorial.planning import replan
from companion.editorial.planning.calendar import get_slot
from tests.integration.conftest import capture
from tests.integration.forms import send, show, undo
from tests.integration.meetings import AMSTERDAM, keep_busy

CHANGED = "Things changed in the meantime"


def keep(api, number):
    new = capture(url=f"https://site{number}.example/{number}", title=f"Article {number}")
    return api.post("/api/captures", new).json["item"]["id"]


@pytest.fixture
def waiting(api):
    """Three articles in the queue."""
    return [keep(api, number) for number in range(3)]


def places(api, ids):
    return [api.get(f"/api/items/{item_id}").json["slot_id"] for item_id in ids]


def ticked(page):
    return [box.get("value") for box in page.find(".moves input[checked]")]


def rows(page):
    return [" ".join(row.text_content().split()) for row in page.find(".moves > li")]


def test_nothing_to_move_is_said(browser):
    page = show(browser, "/calendar/replan")
    assert (page.status, page.find("form[action$=replan]")) == (200, [])
    assert "Nothing would move." in page.text()


def test_what_would_move_is_shown_and_nothing_moves(api, browser, waiting):
    page = show(browser, "/calendar/replan")
    shown = rows(page)
    assert len(shown) == 3
    assert all("the queue" in row for row in shown)
    assert len(ticked(page)) == 3
    assert page.find(".moves .reasons li")
    assert page.text(".lede").startswith("These articles could have a slot.")
    assert page.text("button.primary") == "Put what is ticked there"
    assert places(api, waiting) == [None, None, None]


def test_what_is_ticked_moves_and_goes_back_in_one_step(api, browser, waiting):
    page = show(browser, "/calendar/replan")
    page = send(browser, "/calendar/replan", step=ticked(page)[:2])
    assert page.said() == "The plan is changed as you chose."
    assert sorted(place is not None for place in places(api, waiting)) == [False, True, True]
    assert undo(browser, page).said() == "Undone."
    assert places(api, waiting) == [None, None, None]
    assert undo(browser, page).said().startswith(CHANGED)


def test_a_post_that_was_accepted_is_shown_with_where_it_stands(api, browser, waiting):
    """Two posts in one week while the weeks after have none: one of them would move."""
    for item_id, slot_id in zip(waiting, ["2026-11-24-tue", "2026-11-26-thu"], strict=False):
        api("PUT", f"/api/items/{item_id}/slot", {"slot_id": slot_id})
    page = show(browser, "/calendar/replan")
    assert any("26 Nov" in row or "24 Nov" in row for row in rows(page))
    before = places(api, waiting)
    page = send(browser, "/calendar/replan", step=ticked(page))
    assert places(api, waiting) != before
    undo(browser, page)
    assert places(api, waiting) == before


def test_a_post_that_would_leave_says_why_and_what_comes_free(api, browser, waiting):
    for item_id, slot_id in zip(waiting, ["2026-12-08-tue", "2026-12-10-thu"], strict=False):
        api("PUT", f"/api/items/{item_id}/slot", {"slot_id": slot_id})
    page = show(browser, "/calendar/replan")
    row = next(row for row in page.find(".moves > li") if "the queue" not in row.text_content())
    [why] = [" ".join(line.text_content().split()) for line in row.cssselect(".leaves:not(.muted)")]
    assert why.startswith("The week that it leaves has another post. ")
    assert why.endswith(" Dec, 08:40 comes free.")
    assert row.cssselect("input[checked]")


def offer(monkeypatch, api, running, *moves):
    """Articles stand in these slots, and the planner would move each from one to another."""
    for item_id, before, _ in moves:
        api("PUT", f"/api/items/{item_id}/slot", {"slot_id": before})
    found = [
        replan.Move(get_item(running.store, item_id), *(get_slot(running.store, one, AMSTERDAM) for one in slots), [])
        for item_id, *slots in moves
    ]
    monkeypatch.setattr(replan, "preview", lambda *_: replan.Preview(found, 0))


@pytest.mark.parametrize(
    ("before", "view", "unticked"),
    [
        ("2026-12-08-tue", "My view.", "Not ticked, as your view on it is written."),
        ("2026-11-24-tue", "", "Not ticked, as it goes out within two days."),
        ("2026-12-08-tue", "", ""),
    ],
)
def test_what_is_at_hand_moves_only_if_it_is_ticked(
    api, browser, running, waiting, monkeypatch, before, view, unticked
):
    api("PATCH", f"/api/items/{waiting[0]}", {"commentary": view})
    keep_busy(running, f"{before[:10]} 08:30-09:30")
    offer(monkeypatch, api, running, (waiting[0], before, "2026-12-17-thu"), (waiting[1], "2026-12-10-thu", before))
    first, follows = show(browser, "/calendar/replan").find(".moves > li")
    assert "Your calendar has something at the time that it has now." in first.text_content()
    assert "comes free" not in first.text_content()
    assert [line.text for line in first.cssselect(".warn")] == [unticked] * bool(unticked)
    assert bool(first.cssselect("input[checked]")) == bool(follows.cssselect("input[checked]")) == (not unticked)
    assert ("the post in that slot is not either" in follows.text_content()) == bool(unticked)


def test_a_post_that_stays_in_its_week_is_not_said_to_leave_it(api, browser, running, waiting, monkeypatch):
    offer(monkeypatch, api, running, (waiting[0], "2026-12-08-tue", "2026-12-10-thu"))
    assert show(browser, "/calendar/replan").text(".leaves") == "Tue 8 Dec, 08:40 comes free."


def test_with_nothing_ticked_all_stays(api, browser, waiting):
    assert send(browser, "/calendar/replan").said() == "It stays where it was."
    assert places(api, waiting) == [None, None, None]


@pytest.mark.parametrize(
    "step",
    [
        {"item": "nothing", "after": "2026-11-24-tue"},
        {"item": "{item}", "before": "2026-11-26-thu", "after": "2026-11-24-tue"},
        {"item": "{item}", "after": "9999-99-99-x"},
        {"item": "{item}", "after": "\x00"},
        {"item": "{item}", "after": "2026-11-24-tue' OR 1=1"},
        {},
    ],
)
def test_a_step_that_does_not_fit_moves_nothing(api, browser, waiting, step):
    first = ticked(show(browser, "/calendar/replan"))[0]
    wrong = urlencode({name: value.replace("{item}", waiting[0]) for name, value in step.items()})
    page = send(browser, "/calendar/replan", step=[first, wrong])
    assert page.said().startswith(CHANGED)
    assert places(api, waiting) == [None, None, None]


def test_what_moved_meanwhile_stays_and_the_rest_too(api, browser, waiting):
    page = show(browser, "/calendar/replan")
    api("PUT", f"/api/items/{waiting[0]}/slot", {"slot_id": "2026-12-17-thu"})
    assert send(browser, "/calendar/replan", step=ticked(page)).said().startswith(CHANGED)
    assert places(api, waiting) == ["2026-12-17-thu", None, None]
