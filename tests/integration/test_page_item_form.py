"""The form of an article that stays open while the article changes elsewhere: nobody's words are lost."""

import threading

import pytest

from companion.editorial import curation
from companion.web.pages.item_form import digest
from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show

VIEW = "Wie erover mag meepraten, blijft."


@pytest.fixture
def path(api):
    return f"/items/{api.post('/api/captures', capture(commentary='Eerst dit.')).json['item']['id']}"


def stored(api, path):
    return api.get(f"/api{path}").json


def elsewhere(api, path, **changes):
    """As the popup does, while a page with the form is open."""
    assert api("PATCH", f"/api{path}", changes).status_code == 200


def press_save(browser, page, **fields):
    return fill(browser, page, "#item-form", **fields)


def older(running, path, **fields):
    """Puts in the store what the contract does not take any more."""
    item = running.store.items.find(path.removeprefix("/items/"))
    running.store.items.put({**item, **fields})


def test_what_was_not_touched_is_not_written(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, commentary=VIEW, people=["Sanne de Wit"], hashtags=["slaap"], creation_needed="photo")
    assert press_save(browser, page, topic="Slaap").said() == "Saved."
    item = stored(api, path)
    assert (item["commentary"], item["topic"], item["people"]) == (VIEW, "Slaap", ["Sanne de Wit"])
    assert (item["hashtags"], item["creation_needed"]) == (["slaap"], "photo")


def test_saving_without_a_change_writes_nothing(api, browser, path):
    elsewhere(
        api, path, commentary="  Twee regels\n\nmet wit eromheen. ", topic=" Slaap ", people=["Jansen, Piet", "a;b"]
    )
    before = stored(api, path)
    assert press_save(browser, show(browser, path)).said() == "Saved."
    assert stored(api, path) == before


def test_a_field_changed_on_both_sides_is_shown_with_both(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, commentary=f"{VIEW}\n\nEn nog iets.")
    page = press_save(browser, page, commentary="Wat ik typte.", topic="Slaap")
    assert page.status == 409
    assert page.text("#commentary") == "Wat ik typte."
    assert page.text("#commentary-problem") == (
        "It was also changed elsewhere, on 22 November, 13:00, to what stands below. "
        "Save again to keep what stands in the field."
    )
    assert [line.text for line in page.find("#commentary-elsewhere p")] == [VIEW, "En nog iets."]
    assert "commentary-problem" in page.find("#commentary")[0].get("aria-describedby")
    assert page.find("#item-form [role=alert]")
    assert stored(api, path)["commentary"].startswith(VIEW)
    assert stored(api, path)["topic"] == ""
    assert press_save(browser, page).said() == "Saved."
    assert (stored(api, path)["commentary"], stored(api, path)["topic"]) == ("Wat ik typte.", "Slaap")


def test_it_is_asked_again_where_it_changed_again(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, commentary=VIEW)
    page = press_save(browser, page, commentary="Wat ik typte.")
    elsewhere(api, path, commentary="Toch nog anders.")
    page = press_save(browser, page)
    assert (page.status, page.text("#commentary-elsewhere")) == (409, "Toch nog anders.")
    assert stored(api, path)["commentary"] == "Toch nog anders."


@pytest.mark.parametrize(
    ("field", "value", "typed", "shown"),
    [
        ("people", ["Sanne de Wit"], "Jan Brouwer", "Sanne de Wit"),
        ("hashtags", ["slaap"], "#zorg", "#slaap"),
        ("topic", "Slaap", "Zorg", "Slaap"),
        ("creation_needed", "video", "photo", "a video"),
    ],
)
def test_each_field_shows_what_stands_elsewhere(api, browser, path, field, value, typed, shown):
    page = show(browser, path)
    elsewhere(api, path, **{field: value})
    page = press_save(browser, page, **{field: typed})
    assert (page.status, page.text(f"#{field}-elsewhere")) == (409, shown)
    assert dict(page.find("#item-form")[0].form_values())[field] == typed
    assert stored(api, path)[field] == value


def test_a_view_emptied_elsewhere_is_said_so(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, commentary="")
    page = press_save(browser, page, commentary="Wat ik typte.")
    assert page.text("#commentary-problem").startswith("It was also emptied elsewhere")
    assert page.find("#commentary-elsewhere") == []


def test_the_same_on_both_sides_is_no_difference(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, commentary=VIEW)
    assert press_save(browser, page, commentary=VIEW).said() == "Saved."


def test_too_long_and_changed_elsewhere_says_both(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, topic="Slaap")
    page = press_save(browser, page, topic="x" * 201)
    assert page.status == 409
    assert page.text("#topic-problem").startswith("At most 200 characters. It was also changed")
    assert (page.text("#topic-elsewhere"), stored(api, path)["topic"]) == ("Slaap", "Slaap")


def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(api, browser, path):
    page = send(browser, path, commentary="Uit een oude bladzijde.")
    assert (page.status, stored(api, path)["commentary"]) == (409, "Eerst dit.")


def test_the_question_in_dutch(api, browser, path):
    page = show(browser, path)
    elsewhere(api, path, topic="Slaap")
    browser.client.set_cookie("kwartier_language", "nl", domain="127.0.0.1")
    page = press_save(browser, page, topic="Zorg")
    assert page.text("#topic-problem").startswith("Dit is ook elders veranderd, op 22 november, 13:00")


def test_quotes_that_came_meanwhile_stay(api, browser, path):
    page = show(browser, path)
    api.post("/api/captures", capture(quotes=[{"text": "daalde fors"}]))
    assert press_save(browser, page, new_quote="zelf het rooster").said() == "Saved."
    assert [quote["text"] for quote in stored(api, path)["quotes"]] == ["daalde fors", "zelf het rooster"]


def test_what_was_asked_about_quotes_stands_where_another_field_is_at_fault(api, browser, path):
    elsewhere(api, path, quotes=[{"text": "daalde fors"}])
    page = show(browser, path)
    page = press_save(
        browser, page, topic="x" * 201, new_quote="zelf het rooster", remove_quote=digest("daalde fors")
    )  # fmt: skip
    assert (page.status, page.text("#new_quote")) == (422, "zelf het rooster")
    assert page.find("input[name=remove_quote]")[0].get("checked") is not None
    assert press_save(browser, page, topic="Slaap").said() == "Saved."
    assert stored(api, path)["quotes"] == [{"text": "zelf het rooster"}]


def test_an_article_with_more_quotes_than_fit_now_can_be_saved(api, browser, running, path):
    older(running, path, quotes=[{"text": f"passage {number}"} for number in range(120)])
    assert press_save(browser, show(browser, path), topic="Slaap").said() == "Saved."
    page = press_save(browser, show(browser, path), remove_quote=digest("passage 7"))
    assert (page.said(), len(stored(api, path)["quotes"])) == ("Saved.", 119)
    page = press_save(browser, show(browser, path), new_quote="Nog een.")
    assert (page.status, len(stored(api, path)["quotes"])) == (422, 119)
    assert page.text("#new_quote") == "Nog een."


def test_saving_waits_for_a_change_that_is_under_way(api, browser, running, path):
    page, answers = show(browser, path), []
    saving = threading.Thread(target=lambda: answers.append(press_save(browser, page, commentary="Wat ik typte.")))
    with running.store.transaction():
        saving.start()
        # Time to read what is about to change, were it not to wait.
        saving.join(0.3)
        curation.edit_item(running.store, path.removeprefix("/items/"), {"commentary": VIEW}, running.clock())
    saving.join(10)
    assert answers[0].status == 409
    assert stored(api, path)["commentary"] == VIEW


def test_a_view_that_would_grow_too_long_is_left_as_it_is(api, browser, path):
    elsewhere(api, path, commentary="x" * 49_999)
    api.post("/api/captures", capture(commentary="En later dat."))
    page = send(browser, f"{path}/later-views", act="add", view=digest("En later dat."))
    assert page.said().startswith("Together they would be longer than a view can be")
    item = stored(api, path)
    assert (len(item["commentary"]), len(item["later_views"])) == (49_999, 1)


def test_a_later_view_that_is_gone_is_said_calmly(api, browser, path):
    page = send(browser, f"{path}/later-views", act="add", view=digest("Nooit geschreven."))
    assert page.said().startswith("Things changed in the meantime")
    assert stored(api, path)["commentary"] == "Eerst dit."


@pytest.mark.parametrize("year", [2000, 2100])
def test_a_capture_from_a_clock_that_was_far_off_is_shown(api, browser, year):
    sent = capture(url="https://vakblad.example/klok", html=None, captured_at=f"{year}-01-01T00:00:00Z")
    item = api.post("/api/captures", sent).json["item"]
    again = {**sent, "id": capture()["id"], "commentary": "Later."}
    elsewhere(api, f"/items/{item['id']}", commentary="Eerst.")
    assert api.post("/api/captures", again).status_code == 200
    for page in ("/", "/?week=2026-W49", f"/items/{item['id']}", "/plan", "/calendar", "/people"):
        assert show(browser, page).status == 200, page
    assert show(browser, f"/items/{item['id']}").text(".said .view") == "Later."
