"""A line of the plan that became another one while it was edited: nothing typed is lost or put where it does not belong."""

import pytest

from tests.integration.forms import show
from tests.integration.plan_lines import OTHER, PLAN, SLOT, edit, fields, planned, queued, save, stored
from tests.integration.slots import slots


@pytest.fixture
def item(api):
    return planned(api)


@pytest.fixture
def waiting(api):
    return queued(api)


@pytest.mark.parametrize(
    ("name", "value", "typed", "told"),
    [
        ("commentary", "Elders.", "Hier.", "to: Elders."),
        ("commentary", "", "Hier.", "emptied elsewhere"),
        ("creation_needed", "video", "photo", "to: video."),
        ("creation_link", "elders", "hier", "to: elders."),
    ],
)
def test_what_was_changed_on_both_sides_is_asked_about(api, browser, item, name, value, typed, told):
    page = edit(browser)
    api("PATCH", f"/api/items/{item}", {name: value})
    page = save(browser, page, **{name: typed, "topic": "Slaap"})
    assert (page.status, fields(page)[name], fields(page)["topic"]) == (409, typed, "Slaap")
    assert told in page.text(f"#edit-{name}-problem")
    assert (stored(api, item)[name], stored(api, item)["topic"]) == (value, "")
    assert save(browser, page).said() == "Saved."
    assert (stored(api, item)[name], stored(api, item)["topic"]) == (typed, "Slaap")


@pytest.mark.parametrize(("then", "told"), [({"kind": "own"}, "to: own post."), ({"kind": "ad_hoc"}, "to: ad hoc.")])
def test_a_word_of_a_list_is_told_as_it_reads(api, browser, then, told):
    page = edit(browser, OTHER)
    api("PATCH", f"/api/slots/{OTHER}", then)
    typed = "own" if then["kind"] == "ad_hoc" else "ad_hoc"
    assert told in save(browser, page, kind=typed).text("#edit-kind-problem")


def test_what_became_of_it_meanwhile_is_told_in_words(api, browser):
    own = api.post("/api/slots", {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Eigen"}).json["id"]
    page = edit(browser, own)
    api("PATCH", f"/api/slots/{own}", {"status": "published"})
    assert "to: Published." in save(browser, page, status="skipped").text("#edit-status-problem")


def test_a_slot_that_moved_meanwhile_is_asked_about(api, browser, item):
    page = edit(browser)
    api("PATCH", f"/api/slots/{SLOT}", {"starts_at": "2026-11-25T09:00:00Z"})
    page = save(browser, page, date="2026-11-27")
    assert (page.status, page.text("#edit-date-problem")[:48]) == (
        409,
        "It was also changed elsewhere, to: 2026-11-25. S",
    )
    assert save(browser, page).said() == "Moved to Friday 27 November, 10:00."


def test_what_was_placed_meanwhile_is_not_moved_without_asking(api, browser, waiting):
    page = edit(browser, waiting)
    api("PUT", f"/api/items/{waiting}/slot", {"slot_id": OTHER})
    page = save(browser, page, date="2026-11-24")
    assert page.status == 409
    assert slots(api)[OTHER]["item_id"] == waiting


def release(api, item):
    assert api("DELETE", f"/api/items/{item}/slot").status_code == 200


@pytest.mark.parametrize("typed", [{"commentary": "Over de ander."}, {"status": "dropped"}, {"date": "2026-11-25"}])
def test_what_was_meant_for_one_article_is_not_done_to_another(api, browser, item, waiting, typed):
    api("PATCH", f"/api/items/{item}", {"commentary": ""})
    page = edit(browser)
    release(api, item)
    api("PUT", f"/api/items/{waiting}/slot", {"slot_id": SLOT})
    before = stored(api, waiting), slots(api)[SLOT]
    page = save(browser, page, **typed)
    assert (page.status, page.text("#edit-line-problem")[:26]) == (409, "“Later” stands here now. S")
    assert typed.items() <= fields(page).items()
    assert (stored(api, waiting), slots(api)[SLOT]) == before
    # Whoever saves again means that one.
    assert save(browser, page).status == 200
    assert (stored(api, waiting), slots(api)[SLOT]) != before


def test_nothing_is_asked_where_nothing_was_typed(api, browser, item):
    page = edit(browser)
    release(api, item)
    assert save(browser, page).said() == "Saved."


def test_a_view_on_an_article_that_left_is_there_to_copy(api, browser, item):
    page = edit(browser)
    release(api, item)
    page = save(browser, page, commentary="Lang over <nagedacht>. " * 4, topic="Slaap")
    assert page.status == 409
    assert page.text("#edit-line-problem").startswith("No article stands here any more.")
    assert page.find("#edit-commentary[readonly]")[0].text == "Lang over <nagedacht>. " * 4
    assert page.text("#edit-commentary-problem").endswith("Copy what you want to keep.")
    assert slots(api)[SLOT]["topic"] == ""
    assert save(browser, page).said() == "Saved."
    assert (slots(api)[SLOT]["topic"], stored(api, item)["commentary"]) == ("Slaap", "Mijn kijk.")


def test_a_slot_that_was_filled_meanwhile_is_asked_about(api, browser, waiting):
    page = edit(browser, OTHER)
    api("PUT", f"/api/items/{waiting}/slot", {"slot_id": OTHER})
    page = save(browser, page, topic="Voor wat er nog komt")
    assert (page.status, stored(api, waiting)["topic"]) == (409, "")


def test_a_post_that_went_out_meanwhile_is_not_moved_in_silence(api, browser, item):
    page = edit(browser)
    api("PATCH", f"/api/items/{item}", {"status": "published"})
    page = save(browser, page, date="2026-11-25", kind="own")
    assert (page.status, page.find("#edit-date[readonly]")[0].get("value")) == (409, "2026-11-25")
    assert page.text("#edit-kind-problem").startswith("This cannot be changed here any more.")
    assert slots(api)[SLOT]["date"] == "2026-11-24"


def to_copy(page):
    return [field.get("value") for field in page.find("input[readonly]")]


@pytest.mark.parametrize("status", ["dropped", "published"])
def test_an_article_that_waits_no_more_gets_no_date(api, browser, waiting, status):
    page = edit(browser, waiting)
    api("PATCH", f"/api/items/{waiting}", {"status": status})
    page = save(browser, page, date="2026-11-24", commentary="Toch nog.")
    assert page.status == 404
    assert to_copy(page) == ["2026-11-24", "Toch nog."]
    assert [link.get("href") for link in page.find("main .actions a")] == [PLAN, f"/items/{waiting}"]
    assert (stored(api, waiting)["status"], slots(api)[SLOT]["item_id"]) == (status, None)
    page = edit(browser, waiting)
    assert (page.status, page.find(".editing"), page.text(".lede")) == (200, [], "No post has its slot yet.")


def test_what_was_typed_in_a_line_that_is_gone_is_there_to_copy(api, browser):
    own = api.post("/api/slots", {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Eigen"}).json["id"]
    page = edit(browser, own)
    api("DELETE", f"/api/slots/{own}")
    page = save(browser, page, commentary="Drie roosters.", kind="nonsense")
    assert (page.status, page.text("h1"), page.text("label")) == (404, "This line is gone", "Your view")
    assert page.text("#gone").endswith("Copy what you want to keep.")
    assert to_copy(page) == ["Drie roosters."]


def test_the_address_of_an_answer_shows_the_line_again(browser, item):
    page = edit(browser)
    action = page.find(".editing form")[0].get("action")
    answer = browser.get(action)
    assert answer.headers["Location"] == f"{PLAN}&edit={SLOT}#line-{SLOT}"
    assert show(browser, "/plan/rows/nothing?weeks=4").status == 302
