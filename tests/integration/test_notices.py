"""What every page says when the data folder is in trouble, to whom, and how it goes away again."""

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import send, show

PAGES = ["/", "/calendar", "/plan", "/time", "/people", "/settings", "/welcome"]


def lost(item_id, title, still_there=True, table="items"):
    return {"table": table, "id": item_id, "title": title, "still_there": still_there}


def damage(running, *records, **more):
    notice = {"id": "n1", "kind": "damage", "files": ["journal-00000001.tsv"], "lost": list(records), **more}
    running.store.notices.put(notice)


@pytest.mark.parametrize("path", PAGES)
def test_without_trouble_no_page_says_anything(browser, path):
    assert not show(browser, path).find(".notice")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("language", "words", "advice"),
    [
        ("en", "Nothing new can be kept", "Save a backup"),
        ("nl", "Er kan nu niets nieuws bewaard worden", "Reservekopie bewaren"),
    ],
)
def test_every_page_says_that_nothing_can_be_kept(browser, fails, path, language, words, advice):
    fails()
    page = show(browser, path, language)
    assert page.status == 200
    assert words in page.text("[role=alert] .title")
    assert advice in page.text("[role=alert]")
    assert "backup kwartier.zip --data" in page.text("[role=alert] code")


def test_while_nothing_can_be_kept_all_can_be_read_and_saved(browser, api, fails, item_id):
    fails()
    assert "Ploegendienst" in show(browser, f"/items/{item_id}").text("h1")
    assert api.get("/api/items").json["items"][0]["id"] == item_id
    assert browser.get("/backup").data.startswith(b"PK")
    refused = api.post("/api/captures", capture(url="https://example.com/another"))
    assert (refused.status_code, set(refused.json)) == (503, {"error", "problems"})


def test_a_browser_that_is_not_let_in_is_told_no_more_than_that(anyone, running, fails, item_id):
    damage(running, lost(item_id, "A private title"))
    assert show(anyone, "/").status == 403
    fails()
    page = show(anyone, "/")
    assert page.status == 403
    assert "Nothing new can be kept" in page.text("[role=alert]")
    assert "private" not in page.text()
    assert str(running.store.folder) not in page.answer.text


def test_damage_names_the_articles_and_leads_to_those_that_are_there(browser, running, item_id):
    damage(
        running, lost(item_id, "Still here"), lost("gone", "No more", still_there=False), lost("s1", "", table="slots")
    )
    page = show(browser, "/calendar")
    said = page.text(".notice")
    assert "Still here" in said
    assert "No more (is gone)" in said
    assert "1 other change" in said
    assert str(running.store.folder / "damaged") in page.text(".notice code")
    assert [link.get("href") for link in page.find(".notice a")] == [f"/items/{item_id}", "/settings#backups"]


GONE = lost("gone", "No more", still_there=False)
HERE = lost("here", "Still here")
NOTHING = "nothing that you kept is lost"
UNNAMED = "Some of the latest changes may be lost"
REST = "Everything else is there."
COPY = "A copy of the damaged file"
BACKUP = "A backup may have it."
AGAIN = "Keep what is gone once more"
SENTENCES = {NOTHING, UNNAMED, REST, COPY, BACKUP, AGAIN}


@pytest.mark.parametrize(
    ("records", "fields", "said"),
    [
        ([], {}, {NOTHING, COPY}),
        ([], {"is_complete": True, "copies": True}, {NOTHING, COPY}),
        ([], {"is_complete": True, "copies": False}, {NOTHING}),
        ([], {"is_complete": False, "copies": True}, {UNNAMED, BACKUP, COPY}),
        ([], {"is_complete": False, "copies": False}, {UNNAMED, BACKUP}),
        ([HERE], {}, {REST, COPY}),
        ([HERE], {"is_complete": True, "copies": False}, {REST}),
        ([HERE], {"is_complete": False, "copies": True}, {UNNAMED, BACKUP, COPY}),
        ([HERE, GONE], {"is_complete": True, "copies": True}, {AGAIN, BACKUP, REST, COPY}),
        ([HERE, GONE], {"is_complete": False, "copies": False}, {UNNAMED, BACKUP}),
        ([lost("s", "", table="slots")], {"is_complete": True, "copies": False}, {REST}),
    ],
)
def test_damage_says_no_more_and_no_less_than_is_known(browser, running, records, fields, said):
    damage(running, *records, **fields)
    text = show(browser, "/").text(".notice")
    assert {sentence for sentence in SENTENCES if sentence in text} == said


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Where backups are", "The last one is of 22 November"),
        ("nl", "Waar reservekopieën staan", "De laatste is van 22 november"),
    ],
)
def test_damage_leads_to_the_last_backup(browser, running, housekeeping, item_id, language, before, after):
    damage(running, GONE, is_complete=False)
    [link] = show(browser, "/calendar", language).find(".notice a")
    assert (link.get("href"), link.text_content()) == ("/settings#backups", before)
    running.store.notices.discard("n1")
    housekeeping.look()
    damage(running, GONE, is_complete=False)
    [link] = show(browser, "/calendar", language).find(".notice a")
    assert link.text_content() == after
    assert show(browser, "/settings", language).find("#backups")


def test_of_much_damage_the_first_articles_are_named_and_the_rest_counted(browser, running):
    damage(running, *(lost(str(number), f"Title {number}", still_there=False) for number in range(30)))
    said = show(browser, "/").text(".notice")
    assert "Title 4" in said
    assert "Title 5" not in said
    assert "and 25 more" in said


def test_a_title_is_shown_as_words(browser, running):
    damage(running, lost("x", "<script>alert(1)</script>", still_there=False))
    page = show(browser, "/")
    assert "<script>alert(1)</script>" in page.text(".notice")
    assert not page.find(".notice script")


def test_what_was_seen_is_not_said_again_and_the_page_is_the_same(browser, running):
    damage(running)
    page = show(browser, "/calendar?from=2026-11-30")
    form = page.find(".notice form")[0]
    fields = {name: value for name, value in form.form_values() if name != "csrf"}
    after = send(browser, form.get("action"), follow=False, **fields)
    assert (after.status, after.answer.headers["Location"]) == (303, "/calendar?from=2026-11-30")
    assert not show(browser, "/").find(".notice")
    assert send(browser, "/notices/unknown/dismiss", follow=False).status == 303


def test_a_notice_is_dismissed_from_our_own_page_only(browser, running):
    damage(running)
    refused = send(browser, "/notices/n1/dismiss", csrf="wrong")
    assert refused.status == 403
    assert show(browser, "/").find(".notice")
