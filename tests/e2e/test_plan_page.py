"""The content plan in the browser: edited in its table with the mouse and with the keys, what is said where a change
cannot be kept, and its way out to another program and back."""

from typing import Any

import pytest

from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client
from tests.e2e.hands import press, read
from tests.e2e.test_accessibility import AXE, RUN
from tests.e2e.user import User
from tests.e2e.waiting import until
from tests.e2e.week_ahead import MONDAY, OTHER, SLOT, SUNDAY, THURSDAY, captured
from tests.e2e.workbooks import choose, edited, saved

SAID = "return document.querySelector('#said p')?.textContent ?? ''"
LEDE = "return document.querySelector('.lede')?.textContent ?? ''"
PROBLEM = "return document.querySelector('#plan .problem')?.textContent ?? ''"
FOCUS = """
const { activeElement: at } = document, cell = at.closest('[data-cell]');
return cell ? `${cell.closest('tr').id} ${cell.dataset.cell} ${at.name ?? ''}`.trim() : '';
"""
TYPE = "document.activeElement.value = A[0]"


@pytest.fixture(scope="module")
def marketer(user: User, client: Client) -> User:
    """The person at the laptop, let in, with an article in a slot and two in the queue, on the plan of that week."""
    items = [client.send("POST", "/api/captures", captured(number)).json["item"]["id"] for number in range(3)]
    assert client.send("PUT", f"/api/items/{items[0]}/slot", {"slot_id": SLOT}).status == 200
    user.is_let_in()
    user.browser.open(f"{user.companion.url}/plan?from={MONDAY}&to={SUNDAY}")
    # What is said and changed from here on appears without another page.
    user.browser.js("window.isSamePage = true")
    return user


def slot(client: Client, slot_id: str = SLOT) -> dict[str, Any]:
    found = client.get("/api/calendar", **{"from": str(MONDAY), "to": SUNDAY})["slots"]
    return next(one for one in found if one["id"] == slot_id)


def planned(client: Client) -> dict[str, Any]:
    """The article in the slot."""
    item: dict[str, Any] = client.get(f"/api/items/{slot(client)['item_id']}")
    return item


def sees(user: User, words: str, where: str = SAID) -> None:
    """Waits for the line that confirms a change, or for what is said of one that cannot be kept."""
    until(lambda: words in (read(user.browser, where) or ""), lambda: f"{words!r}, and saw {shown(user)!r}")


def shown(user: User) -> str:
    return str(read(user.browser, "return document.body.innerText"))


def is_at(user: User, place: str) -> None:
    """Waits until this cell or field takes the keys."""
    until(lambda: read(user.browser, FOCUS) == place, lambda: f"{place!r}, and was at {read(user.browser, FOCUS)!r}")


def cell(name: str, line: str = SLOT) -> str:
    return f"[id='line-{line}'] [data-cell='{name}']"


def goes_to(user: User, name: str, line: str = SLOT) -> None:
    user.browser.js("document.querySelector(A[0]).focus()", cell(name, line))


def test_a_click_turns_a_cell_into_its_field_and_undo_takes_it_back_in_place(marketer: User, client: Client):
    marketer.browser.click(cell("topic"))
    is_at(marketer, f"line-{SLOT} topic topic")
    press(marketer.browser, *"Sleep", "Enter")
    sees(marketer, "Saved.")
    is_at(marketer, f"line-{SLOT} topic")
    assert planned(client)["topic"] == "Sleep"
    assert "Sleep" in marketer.browser.js("return document.querySelector(A[0]).innerText", cell("topic"))
    marketer.browser.click("#said button")
    sees(marketer, "Undone.")
    assert planned(client)["topic"] == ""
    assert marketer.browser.js("return window.isSamePage")


def test_with_the_keys_alone_from_cell_to_cell(marketer: User, client: Client):
    goes_to(marketer, "when")
    press(marketer.browser, "ArrowRight", "ArrowRight", "F2")
    press(marketer.browser, *"Night", "Tab")
    is_at(marketer, f"line-{SLOT} view commentary")
    press(marketer.browser, *"Mine", "Tab")
    is_at(marketer, f"line-{SLOT} making creation_needed")
    press(marketer.browser, "Tab")
    is_at(marketer, f"line-{SLOT} making creation_ready")
    press(marketer.browser, " ", "Enter")
    is_at(marketer, f"line-{SLOT} making")
    until(lambda: planned(client).get("creation_ready"), "what is ready to be kept")
    item = planned(client)
    assert (item["topic"], item["commentary"]) == ("Night", "Mine")
    press(marketer.browser, "ArrowDown", "ArrowDown", "ArrowUp")
    is_at(marketer, f"line-{OTHER} making")


def test_escape_leaves_a_cell_as_it_was(marketer: User, client: Client):
    goes_to(marketer, "view")
    press(marketer.browser, "Enter", *" and more", "Escape")
    is_at(marketer, f"line-{SLOT} view")
    assert marketer.browser.js("return document.querySelector(A[0]).innerText", cell("view")).strip() == "Mine"
    assert planned(client)["commentary"] == "Mine"


def test_what_cannot_be_says_so_at_the_cell_and_what_was_typed_stays(marketer: User, client: Client):
    goes_to(marketer, "when")
    press(marketer.browser, "Enter", "Tab")
    marketer.browser.js("document.querySelector(A[0]).value = A[1]", f"{cell('when')} [name=time]", "23:00")
    press(marketer.browser, "Enter")
    sees(marketer, "Choose a time within your working hours", PROBLEM)
    assert marketer.browser.js("return document.querySelector(A[0]).value", f"{cell('when')} [name=time]") == "23:00"
    assert slot(client)["time"] == "08:40"
    marketer.browser.js("document.querySelector(A[0]).focus()", f"{cell('when')} [name=time]")
    press(marketer.browser, "Escape")


def test_what_was_changed_elsewhere_is_asked_about(marketer: User, client: Client):
    goes_to(marketer, "people")
    press(marketer.browser, "Enter", *"Anna Vos")
    path = f"/api/items/{slot(client)['item_id']}"
    assert client.send("PATCH", path, {"people": ["Ben Smit"]}).status == 200
    press(marketer.browser, "Enter")
    sees(marketer, "It was also changed elsewhere, to: Ben Smit.", PROBLEM)
    press(marketer.browser, "Enter")
    until(lambda: planned(client)["people"] == ["Anna Vos"], "the answer to be kept")


def test_a_companion_that_is_away_costs_no_word(marketer: User, client: Client):
    goes_to(marketer, "hashtags")
    press(marketer.browser, "Enter", *"#sleep")
    marketer.companion.stop()
    press(marketer.browser, "Enter")
    sees(marketer, "Kwartier cannot be reached just now.", PROBLEM)
    marketer.companion.start()
    press(marketer.browser, "Enter")
    until(lambda: planned(client)["hashtags"] == ["sleep"], "the hashtag to be kept")
    is_at(marketer, f"line-{SLOT} hashtags")


def test_an_article_of_the_queue_is_given_its_date(marketer: User, client: Client):
    waiting = client.get("/api/items", status="queued")["items"][0]
    marketer.browser.click(cell("when", waiting["id"]))
    is_at(marketer, f"line-{waiting['id']} when date")
    marketer.browser.js(TYPE, THURSDAY)
    press(marketer.browser, "Enter")
    sees(marketer, "Moved to Thursday")
    is_at(marketer, f"line-{OTHER} when")
    assert slot(client, OTHER)["item_id"] == waiting["id"]
    marketer.browser.click("#said button")
    sees(marketer, "Undone.")
    assert slot(client, OTHER)["item_id"] is None
    assert marketer.browser.js("return window.isSamePage")


def goes_to_plan(user: User) -> None:
    """The plan of the week, with what goes out and comes back unfolded."""
    user.browser.open(f"{user.companion.url}/plan?from={MONDAY}&to={SUNDAY}")
    user.browser.click("#along > summary")


def test_what_another_program_edited_comes_home_and_goes_back(marketer: User, client: Client):
    browser, before = marketer.browser, planned(client)
    goes_to_plan(marketer)
    workbook = saved(browser, "#along a[href*='/export/xlsx']")
    edits = {
        SLOT: {"Topic": "Contracts", "Hashtags": "#licence", "Commentary": "-5% is a lot"},
        OTHER: {"Creation needed": "video"},
    }
    # Meanwhile in Kwartier one of these cells is changed, too.
    assert client.send("PATCH", f"/api/items/{before['id']}", {"hashtags": ["courts"]}).status == 200
    meanwhile = planned(client)

    choose(browser, "#plan-file", edited(workbook, edits))
    browser.click("#bring-back button")
    sees(marketer, "2 lines change. 1 needs your decision.", LEDE)
    assert (planned(client), slot(client, OTHER).get("creation_needed")) == (meanwhile, None)
    if isinstance(browser, Chromium):
        browser.page.evaluate(AXE.read_text("utf-8"))
        assert browser.js(RUN) == []

    browser.click("input[value=theirs]")
    browser.click("#plan-import button.primary")
    sees(marketer, "The edits from the file are in the plan.")
    after = planned(client)
    assert (after["topic"], after["hashtags"], after["commentary"]) == ("Contracts", ["licence"], "-5% is a lot")
    assert slot(client, OTHER)["creation_needed"] == "video"

    goes_to_plan(marketer)
    browser.click("#bring-back form[action$='/undo'] button")
    sees(marketer, "Undone.")
    assert (planned(client), slot(client, OTHER).get("creation_needed")) == (meanwhile, None)
