"""The edited plan comes back: what it changes is shown first, decided on, taken over in one step and undone in one."""

import csv
import errno
import io
import os

import openpyxl
import pytest

from companion.exports import FORMATS
from tests.integration.conftest import capture
from tests.integration.forms import send, send_file, show, undo
from tests.integration.plan_imports import FORM, THU, TUE, bring, edit, press, row, words, workbook


@pytest.fixture
def planned(api):
    """An article in the slot of Tuesday, with a view."""
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": TUE})
    return item


def test_an_edit_is_shown_taken_over_and_undone_in_one_step(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap", People="Anna de Vries; Ben Smit", Preparation=45)
    edit(book, THU, Topic="Nachtdienst")
    before = row(api), row(api, THU)
    page = bring(browser, book)
    assert page.text(".lede") == "plan van Anna.xlsx: 2 lines change. 3 lines stay as they are."
    assert words(page, ".cells dt") == ["Topic", "People", "Preparation", "Topic"]
    assert words(page, ".cells del") == ["25 min"]
    assert words(page, ".cells ins") == ["Slaap", "Anna de Vries; Ben Smit", "45 min", "Nachtdienst"]
    assert (row(api), row(api, THU)) == before
    page = press(browser, page)
    assert page.said() == "The edits from the file are in the plan."
    assert [row(api)[name] for name in ("Topic", "People", "Preparation")] == ["Slaap", "Anna de Vries; Ben Smit", "45"]
    assert row(api, THU)["Topic"] == "Nachtdienst"
    assert undo(browser, page).said() == "Undone."
    assert (row(api), row(api, THU)) == before


def test_what_was_changed_on_both_sides_is_decided_line_by_line(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Uit het bestand", Hashtags="#slaap")
    edit(book, THU, Topic="Ook uit het bestand")
    api("PATCH", f"/api/items/{planned['id']}", {"topic": "Uit Kwartier"})
    api("PATCH", f"/api/slots/{THU}", {"topic": "Ook uit Kwartier"})
    page = bring(browser, book)
    assert page.text(".lede").startswith("plan van Anna.xlsx: 1 line changes. 2 need your decision.")
    assert words(page, ".sides")[0] == "In Kwartier: Uit Kwartier In the file: Uit het bestand"
    assert not page.find(".decision [type=radio][checked]")
    page = press(browser, page)
    assert (row(api)["Topic"], row(api)["Hashtags"], row(api, THU)["Topic"]) == (
        "Uit Kwartier",
        "#slaap",
        "Ook uit Kwartier",
    )
    assert len(page.find(".decision")) == 2
    assert not words(page, ".also")
    keys = [radio.get("name") for radio in page.find(".decision [value=ours]")]
    page = press(browser, page, **{keys[0]: "theirs", keys[1]: "ours"})
    assert (row(api)["Topic"], row(api, THU)["Topic"]) == ("Uit het bestand", "Ook uit Kwartier")
    assert page.text("h1") == "Content plan"


def test_what_is_not_ticked_stays_and_is_asked_no_more(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap")
    page = bring(browser, book)
    path = page.find(FORM)[0].get("action")
    page = press(browser, page, take=[])
    assert page.said() == "Nothing was taken over; the plan is as it was."
    assert row(api)["Topic"] == ""
    assert "nothing more to take over; what you left stays as it is." in show(browser, path).text(".lede")


def test_a_plan_that_changed_since_is_shown_anew(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap")
    page = bring(browser, book)
    api("PATCH", f"/api/items/{planned['id']}", {"topic": "Anders"})
    page = press(browser, page)
    assert page.status == 409
    assert "changed since you saw this page" in page.text("[role=alert]")
    assert (row(api)["Topic"], len(page.find(".decision"))) == ("Anders", 1)


def test_what_cannot_be_says_where_it_stands_and_why_and_the_rest_goes_on(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap", Time="laat", Kind="feest", Title="Een andere titel")
    edit(book, THU, Date="2026-11-28")
    page = bring(browser, book)
    said = page.text()
    assert "Column Time: This is no time. Write it as 08:40." in said
    assert "Column Kind: This word is not one of the list." in said
    assert "Stays as it is, as the article says it: Title." in said
    assert "That lies outside your working hours. This line stays as it is." in said
    assert "row 3, November 2026" in said
    press(browser, page)
    assert (row(api)["Topic"], row(api)["Kind"], row(api, THU)["Date"]) == ("Slaap", "commentary", "2026-11-26")


def test_a_new_line_becomes_an_own_post_once(browser, api):
    book = workbook(browser)
    sheet = book.worksheets[0]
    free = 2 + sum(bool(cell.value) for (cell,) in sheet["P2:P60"])
    for column, value in (("A", "2026-11-25"), ("B", "10:30"), ("F", "Eigen verhaal")):
        sheet[f"{column}{free}"] = value
    page = press(browser, bring(browser, book))
    assert page.said() == "The edits from the file are in the plan."
    rows = csv.DictReader(
        io.StringIO(api.get("/api/exports/csv?from=2026-11-25&to=2026-11-25").data.decode("utf-8-sig"))
    )
    assert [(each["Time"], each["Kind"], each["Topic"]) for each in rows] == [("10:30", "own", "Eigen verhaal")]
    assert "nothing to take over" in bring(browser, book).text(".lede")


def test_a_line_that_is_gone_is_named_and_left(browser, api):
    added = api.post("/api/slots", {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Weg"}).json["id"]
    book = workbook(browser)
    api("DELETE", f"/api/slots/{added}")
    edit(book, added, Topic="Toch")
    page = bring(browser, book)
    assert "1 is not in this plan." in page.text(".lede")
    assert not page.find(FORM)


def test_a_view_is_shown_by_the_words_that_changed(browser, api, planned):
    view = "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken. " * 4
    api("PATCH", f"/api/items/{planned['id']}", {"commentary": view})
    book = workbook(browser)
    edit(book, TUE, Commentary=view.replace("zelf", "samen", 1))
    page = bring(browser, book)
    assert words(page, ".words del") == ["was: zelf"]
    assert words(page, ".words ins") == ["becomes: samen"]
    assert page.text(".words").endswith("het rooster maken.…") or "…" in page.text(".words")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a file first."),
        (b"   \n", "This file is empty."),
        (b"Datum;Tijd\r\n2026-11-24;08:40\r\n", "This file has no column Id"),
        (b"ID;Naam\r\n1;Bakker\r\n", "This file has a column Id, but no lines of the plan."),
        (b"%PDF-1.7 \x00", "This is no spreadsheet."),
        (b"PK\x03\x04 broken", "This file cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "This file has a password."),
    ],
)
def test_a_file_that_is_no_plan_says_what_to_do(browser, content, sentence):
    page = send_file(browser, "/plan/import", content, "plan.xlsx")
    assert (page.status, sentence in page.text(".problem")) == (422, True)
    assert page.find("form[enctype] [name=file]")


def test_a_file_that_is_too_large_is_told_so_at_its_field(browser):
    page = send_file(browser, "/plan/import", b"x" * (8 * 1024 * 1024 + 1), "plan.xlsx")
    assert (page.status, "larger than 8 MB" in page.text(".problem")) == (413, True)


def test_what_was_read_is_kept_for_a_while_only(browser, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap")
    paths = [bring(browser, book).find(FORM)[0].get("action") for _ in range(4)]
    assert [show(browser, path).status for path in paths] == [410, 200, 200, 200]
    gone = send(browser, paths[0], shown="x")
    assert (gone.status, "Choose the file again." in gone.text()) == (410, True)


def test_an_import_is_undone_whole_or_not_at_all(browser, api, planned):
    book = workbook(browser)
    edit(book, TUE, Topic="Slaap")
    edit(book, THU, Topic="Nachtdienst")
    page = press(browser, bring(browser, book))
    api("PATCH", f"/api/slots/{THU}", {"topic": "Daarna"})
    assert (
        undo(browser, page).said()
        == "What stands on Thursday 26 November, 08:40 was changed since, so nothing was undone."
    )
    assert (row(api)["Topic"], row(api, THU)["Topic"]) == ("Slaap", "Daarna")


def test_a_name_of_a_file_is_shown_as_text(browser):
    page = send_file(browser, "/plan/import", b"Id,Date,Topic\r\nnobody,,x\r\n", "..\\<b>x</b>\u202e.csv")
    assert page.text(".file") == "b>.csv"


@pytest.mark.parametrize("name", FORMATS)
def test_where_nothing_can_be_written_the_plan_still_goes_out(browser, fails, name):
    fails()
    assert browser.get(f"/plan/export/{name}").status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_where_the_disk_is_full_it_goes_out_too_and_nothing_is_half_noted(browser, running, planned, monkeypatch, name):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = {record["id"] for record in running.store.singletons}
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", full)
        assert browser.get(f"/plan/export/{name}").status_code == 200
    assert {record["id"] for record in running.store.singletons} == before
    assert browser.get(f"/plan/export/{name}").status_code == 200


def test_the_words_of_the_file_may_be_in_another_language(browser, api, planned):
    answer = browser.get("/plan/export/xlsx?from=2026-11-23&to=2026-12-06", headers={"Accept-Language": "nl"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    edit(book, TUE, Creation_needed="foto")
    page = bring(browser, book)
    assert words(page, ".cells ins") == ["photo"]
