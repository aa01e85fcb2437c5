"""With the browser let in: what one click does on an article, on one known already, on a feed, on other pages; and
that what is typed or chosen on the companion's own pages is not lost."""

from typing import Any

from tests.e2e.companion_process import Client
from tests.e2e.hands import read
from tests.e2e.page_server import DUTCH_TITLE, ENGLISH_QUOTE, ENGLISH_TITLE, PLAIN_TITLE, numbered_title
from tests.e2e.user import OWN_PAGE, User, is_shown, written_view
from tests.e2e.waiting import until

VIEW = "My own words, which nobody may change."
SAID = "return document.querySelector('#said p')?.textContent ?? ''"

TRY_WITHOUT_A_CLICK = """
const results = [];
for (const tab of (await api.tabs.query({})).filter((tab) => tab.url === undefined)) {
  const injection = { target: { tabId: tab.id }, func: () => document.title };
  results.push(await api.scripting.executeScript(injection).then(() => 'read', (error) => String(error)));
}
return results;
"""
ASK_WITHOUT_A_CLICK = """
const states = [];
for (const tab of (await api.tabs.query({})).filter((tab) => tab.url === undefined))
  states.push((await api.runtime.sendMessage({ type: 'save', tab: { id: tab.id } })).value.state);
return states;
"""


def saved(user: User, client: Client, path: str, title: str) -> dict[str, Any]:
    """Reads a page, clicks, and waits until the companion has it."""
    user.reads(path)
    user.clicks("saved")
    return until(lambda: client.item_titled(title), f"{title} in the companion")


def test_without_a_click_no_page_can_be_read(paired: User, client: Client):
    paired.reads("/numbered/1")
    results = paired.browser.in_extension(OWN_PAGE, TRY_WITHOUT_A_CLICK)
    assert results
    assert "read" not in results
    states = paired.browser.in_extension(OWN_PAGE, ASK_WITHOUT_A_CLICK)
    assert set(states) == {"browser-page"}
    assert client.item_titled(numbered_title(1)) is None


def test_another_address_of_an_article_opens_the_item_with_its_view_untouched(paired: User, client: Client):
    item = saved(paired, client, "/english?utm_source=newsletter&utm_medium=email", ENGLISH_TITLE)
    assert client.send("PATCH", f"/api/items/{item['id']}", {"commentary": VIEW}).status == 200
    kept = client.get(f"/api/items/{item['id']}")

    paired.reads("/english/amp?fbclid=abc123#share")
    popup = paired.clicks("known")
    until(lambda: written_view(popup) == VIEW, "the view in the popup")
    assert paired.sees(popup, "#title") == ENGLISH_TITLE
    assert not is_shown(popup, "#undo")
    paired.browser.close_popup()

    assert client.get(f"/api/items/{item['id']}") == kept
    assert client.item_titled(ENGLISH_TITLE) is not None


def test_a_save_can_be_undone_and_done_again(paired: User, client: Client):
    saved(paired, client, "/plain", PLAIN_TITLE)
    popup = paired.browser.popup()
    paired.writes(popup, "A thought that stays.")
    popup.click("#undo")
    paired.sees_state(popup, "undone")
    assert client.item_titled(PLAIN_TITLE) is None

    popup.click("#curate-now")
    paired.sees_state(popup, "saved")
    item = until(lambda: client.item_titled(PLAIN_TITLE), "the article again")
    until(lambda: client.get(f"/api/items/{item['id']}")["commentary"] == "A thought that stays.", "its view again")
    assert written_view(popup) == "A thought that stays."


def test_selected_text_becomes_a_quote(paired: User, client: Client):
    paired.reads("/dutch")
    select(paired, "#p1")
    popup = paired.clicks("saved")
    item = until(lambda: client.item_titled(DUTCH_TITLE), "the article")
    [quote] = item["quotes"]
    assert quote["text"] == paired.browser.js("return document.querySelector('#p1').textContent")
    assert quote["text"][:40] in paired.sees(popup, "#quotes")
    assert item["commentary"] == ""


def test_a_passage_selected_later_joins_the_item(paired: User, client: Client):
    paired.reads("/english")
    body = """
    const text = document.querySelector('#p1').firstChild;
    const start = text.data.indexOf(A[0]);
    getSelection().setBaseAndExtent(text, start, text, start + A[0].length);
    """
    paired.browser.js(body, ENGLISH_QUOTE)
    paired.clicks("known", "saved")
    until(lambda: quotes_of(client, ENGLISH_TITLE) == [ENGLISH_QUOTE], "the passage with the item")


def quotes_of(client: Client, title: str) -> list[str]:
    item = client.item_titled(title)
    return [quote["text"] for quote in item["quotes"]] if item else []


def select(user: User, selector: str) -> None:
    """Selects a whole paragraph, as a triple click does."""
    user.browser.js("getSelection().selectAllChildren(document.querySelector(A[0]))", selector)


def test_what_is_typed_about_an_article_outlives_a_click_beside_it(paired: User, client: Client):
    item = saved(paired, client, "/numbered/3", numbered_title(3))
    paired.browser.close_popup()
    paired.browser.open(f"{paired.companion.url}/items/{item['id']}")
    too_long = "x" * 201
    paired.browser.js("document.querySelector('#topic').value = A[0]", too_long)
    paired.browser.click("#item-form button.primary")
    until(lambda: read(paired.browser, "return Boolean(document.querySelector('#topic-problem'))"), "the problem")

    paired.browser.js("document.querySelector('#commentary').value = A[0]", VIEW)
    paired.browser.click(".chip[value=evergreen]")
    until(lambda: "Changed." in str(read(paired.browser, SAID)), "the correction")
    assert paired.browser.js("return document.querySelector('#commentary').value") == VIEW
    assert paired.browser.js("return document.querySelector('#topic').value") == too_long
    assert paired.browser.js("return document.querySelector('#unsaved').checkVisibility()")

    paired.browser.js("document.querySelector('#topic').value = ''")
    paired.browser.click("#item-form button.primary")
    until(lambda: "Saved." in str(read(paired.browser, SAID)), "the view to be saved")
    kept = client.get(f"/api/items/{item['id']}")
    assert (kept["commentary"], kept["topic"], kept["freshness"]) == (VIEW, "", "evergreen")
    assert not paired.browser.js("return document.querySelector('#unsaved').checkVisibility()")


def test_a_file_that_is_too_large_is_told_as_soon_as_it_is_chosen(paired: User):
    paired.browser.open(f"{paired.companion.url}/settings")
    choose = """
    const field = document.querySelector('#calendar-file'), chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(A[0])], 'agenda.ics'));
    field.files = chosen.files;
    field.dispatchEvent(new Event('change'));
    return field.validationMessage;
    """
    assert paired.browser.js(choose, 20_000_000).startswith("It is larger than 8 MB.")
    assert paired.browser.js(choose, 1_000_000) == ""


def test_a_feed_shows_today_and_is_saved_only_when_asked(paired: User, client: Client):
    count = len(client.items())
    paired.reads("/feed")
    popup = paired.clicks("ask")
    assert "min" in paired.sees(popup, "#today-line")
    assert popup.js("return document.activeElement.id") == "curate-now"
    assert len(client.items()) == count

    popup.click("#curate-now")
    paired.sees_state(popup, "saved")
    assert len(client.items()) == count + 1


def test_the_companions_own_page_shows_today_only(paired: User, client: Client):
    count = len(client.items())
    paired.browser.open(paired.companion.url + "/")
    popup = paired.clicks("browser-page")
    assert "min" in paired.sees(popup, "#today-line")
    assert not is_shown(popup, "#curate-now")
    assert not is_shown(popup, "#view")
    assert len(client.items()) == count


def test_the_worker_may_end_at_any_moment(paired: User, client: Client):
    paired.browser.stop_worker()
    paired.reads("/numbered/7")
    popup = paired.clicks("saved")
    paired.browser.stop_worker()
    paired.writes(popup, "Written after the worker had ended.")
    paired.browser.stop_worker()
    paired.sees(popup, "#suggestion")
    popup.click("#place")
    paired.sees(popup, "#planned")
    item = until(lambda: client.item_titled(numbered_title(7)), "the article")
    until(lambda: client.get(f"/api/items/{item['id']}")["commentary"], "the view")
    kept = client.get(f"/api/items/{item['id']}")
    assert kept["commentary"] == "Written after the worker had ended."
    assert kept["status"] == "planned"
