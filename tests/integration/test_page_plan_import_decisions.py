"""What is decided about a plan that comes back: line by line, for all at once, and when things changed meanwhile."""

import csv
import io

import pytest

from companion.web.pages.plan_pages import decisions
from tests.integration.conftest import capture
from tests.integration.forms import send_file, undo
from tests.integration.plan_imports import FORM, THU, TUE, bring, edit, press, row, words, workbook

NEXT_TUE, NEXT_THU = "2026-12-01-tue", "2026-12-03-thu"
ALL = (TUE, THU, NEXT_TUE, NEXT_THU)


def topics(api):
    return [row(api, row_id)["Topic"] for row_id in ALL]


def set_topics(api, **by_id):
    for row_id, topic in by_id.items():
        api("PATCH", f"/api/slots/{row_id}", {"topic": topic})


@pytest.fixture
def book(browser):
    """The plan with another topic in each of its lines."""
    book = workbook(browser)
    for number, row_id in enumerate(ALL, 1):
        edit(book, row_id, Topic=f"Bestand {number}")
    return book


@pytest.fixture
def all_conflict(api, book):
    """The same, with each line changed in Kwartier too."""
    set_topics(api, **{row_id: f"Kwartier {number}" for number, row_id in enumerate(ALL, 1)})
    return book


def ticks(page):
    return [box.get("checked") is not None for box in page.find("[name=take]")]


def sides(page):
    return [radio.get("value") for radio in page.find(".decision [checked]")]


def test_when_the_plan_changed_what_was_chosen_for_other_lines_stays(browser, api, book):
    set_topics(api, **{TUE: "Kwartier 1"})
    page = bring(browser, book)
    second = page.find(".take [name=take]")[1].get("value")
    decide = page.find("[value=theirs]")[0].get("name")
    set_topics(api, **{NEXT_THU: "Kwartier 4"})
    page = press(browser, page, take=[second], **{decide: "theirs"})
    assert page.status == 409
    assert (sides(page), ticks(page)) == (["theirs"], [False, True])
    assert [("Changed since" in line) for line in words(page, "form li")] == [False, True, False, False]
    assert topics(api) == ["Kwartier 1", "", "", "Kwartier 4"]
    press(browser, page)
    assert topics(api) == ["Bestand 1", "", "Bestand 3", "Kwartier 4"]


def test_one_answer_for_all_stays_too_and_covers_no_line_that_came_since(browser, api, book):
    set_topics(api, **{TUE: "Kwartier 1", THU: "Kwartier 2"})
    page = bring(browser, book)
    set_topics(api, **{NEXT_THU: "Kwartier 4"})
    page = press(browser, page, for_all="ours")
    assert (page.status, sides(page)) == (409, ["ours", "ours"])
    assert page.find("[name=for_all][checked]")[0].get("value") == ""


@pytest.mark.parametrize(
    ("side", "after"),
    [
        ("ours", ["Bestand 1", "Kwartier 2", "Kwartier 3", "Kwartier 4"]),
        ("theirs", ["Bestand 1", "Bestand 2", "Bestand 3", "Bestand 4"]),
    ],
)
def test_all_that_is_undecided_can_be_decided_at_once(browser, api, all_conflict, side, after, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_SHOWN", 2)
    page = bring(browser, all_conflict)
    assert (len(page.find(".decision")), page.text("[data-undecided]")) == (2, "4 lines are not decided yet.")
    assert "2 more lines like these are not shown." in page.text(FORM)
    first = page.find("[value=theirs]")[1].get("name")
    page = press(browser, page, for_all=side, **{first: "theirs"})
    assert (topics(api), page.text("h1")) == (after, "Content plan")


def test_a_file_with_more_than_a_page_shows_is_one_import_with_one_undo(browser, api, book, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_SHOWN", 2)
    page = bring(browser, book)
    assert page.text(".lede").startswith("plan van Anna.xlsx: 4 lines change.")
    assert "2 more lines change, for which this page has no room. They are taken over as well." in page.text(FORM)
    unticked = page.find("[name=take]")[0].get("value")
    page = press(browser, page, take=[box.get("value") for box in page.find("[name=take]") if box.get("value") != unticked])  # fmt: skip
    assert topics(api) == ["", "Bestand 2", "Bestand 3", "Bestand 4"]
    undo(browser, page)
    assert topics(api) == ["", "", "", ""]


def test_what_a_page_has_no_room_for_can_wait(browser, api, book, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_SHOWN", 3)
    page = press(browser, bring(browser, book), leave_others="on")
    assert topics(api) == ["Bestand 1", "Bestand 2", "Bestand 3", ""]
    assert page.text(".lede").startswith("plan van Anna.xlsx: 1 line changes.")


def test_each_sort_of_lines_has_room_on_the_page(browser, api, book, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_SHOWN", 1)
    set_topics(api, **{TUE: "Kwartier 1", THU: "Kwartier 2"})
    edit(book, NEXT_THU, Date="2026-11-28")
    page = bring(browser, book)
    assert words(page, "h2") == ["Changed on both sides", "Changed in the file", "Cannot be taken over"]


def sheet_of(*lines):
    """A CSV of these lines; the first has the headers."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def test_what_is_refused_nevertheless_is_told_and_stays_on_the_page(browser, api):
    item = api.post("/api/captures", capture()).json["item"]["id"]
    content = sheet_of(
        ["Id", "Date", "Time", "Status"],
        [item, "2026-11-24", "08:40", "queued"],
        [TUE, "2026-11-24", "08:40", "skipped"],
    )
    page = send_file(browser, "/plan/import", content, "plan.csv")
    assert len(page.find(".decision")) == 2
    page = press(browser, page, for_all="theirs")
    assert page.said().startswith("The edits from the file are in the plan, but for what could not be taken over.")
    assert (page.text("h1"), row(api)["Status"]) == ("Bring the plan back", "planned")
    undo(browser, page)
    assert row(api)["Status"] == "open"


def test_a_file_that_is_only_older_says_so(browser, api):
    book = workbook(browser)
    set_topics(api, **{TUE: "Kwartier 1"})
    page = bring(browser, book)
    assert page.text(".lede").endswith("nothing to take over; in 1 cell the plan is newer than the file.")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [["", "2026-11-25", "10:30", "Eigen", "", "https://example.com/x"]],
            "A new line has no article, so this is not taken over: Link. A link can go into its Commentary.",
        ),
        (
            [[TUE, "2026-11-24", "08:40", "Een"], [TUE, "2026-11-24", "08:40", "Twee"]],
            "Two lines have this Id and say different things. Is one of them a new line? Then empty its Id.",
        ),
        ([[TUE, "2026-11-24", "08:40", "", "Mijn kijk"]], "Only a post of your own, or one with an article, has a view."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_with_what_to_do(browser, lines, sentence):
    content = sheet_of(["Id", "Date", "Time", "Topic", "Commentary", "Link"], *lines)
    assert sentence in send_file(browser, "/plan/import", content, "plan.csv").text()


@pytest.mark.parametrize("names", ["Anna de Vries, Ben Smit", "Anna de Vries; Ben Smit"])
def test_names_are_told_apart_whatever_stands_between_them(browser, names):
    book = workbook(browser)
    edit(book, TUE, People=names)
    assert words(bring(browser, book), ".cells ins") == ["Anna de Vries; Ben Smit"]


def test_other_lists_in_the_file_are_named_and_left_alone(browser, api, book):
    clients = book.create_sheet("Klanten")
    for line in (["ID", "Naam"], ["1", "Bakker"], ["2", "Smit"]):
        clients.append(line)
    page = bring(browser, book)
    assert "Sheets without lines of the plan are left alone: Klanten." in page.text()
    assert "not in this plan" not in page.text(".lede")
    for name in book.sheetnames[:-1]:
        del book[name]
    page = bring(browser, book)
    assert (page.status, "no lines of the plan" in page.text(".problem")) == (422, True)


def test_a_column_that_stands_there_twice_is_named(browser):
    content = sheet_of(["Id", "Topic", "Topic"], [TUE, "Een", "Twee"])
    page = send_file(browser, "/plan/import", content, "plan.csv")
    assert "These columns stand there twice, so neither of the two is read: Topic." in page.text()
    assert not page.find(FORM)
