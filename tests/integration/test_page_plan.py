"""The content plan and its files, and the cadence that they come from."""

import csv
import io
from datetime import UTC, datetime

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import send, show

SLOT = "2026-11-24-tue"


@pytest.fixture
def planned(api):
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return item


def line(page, row_id=SLOT):
    """The words of a line's cells by their names."""
    cells = page.find(f"[id='line-{row_id}'] > *")
    return {cell.get("class").split()[0]: " ".join(cell.text_content().split()) for cell in cells}


def another(api, **more):
    """One more article, which stays in the queue."""
    sent = capture(url="https://vakblad.example/2", title="Nog in de wachtrij", html=None, **more)
    return api.post("/api/captures", sent).json["item"]["id"]


def test_the_plan_reads_as_a_programme(browser, api, planned):
    waiting = another(api)
    page = show(browser, "/plan")
    assert line(page) == {
        "when": "Tue 24 Nov 08:40",
        "place": "LinkedIn commentary",
        "topic": "",
        "post": "Ploegendienst zonder schuldgevoel Vakblad Slaap",
        "words": "Mijn kijk.",
        "making": "",
        "people": "",
        "hashtags": "",
        "preparation": "25 min Mon 23 Nov, 16:00",
        "status": "Planned Post now: Ploegendienst zonder schuldgevoel Edit: Ploegendienst zonder schuldgevoel",
    }
    assert line(page, "2026-11-26-thu")["topic"] == "Open."
    assert line(page, waiting)["post"].startswith("Nog in de wachtrij")
    assert (line(page, waiting)["when"], line(page, waiting)["words"]) == ("no date yet", "no view yet")
    weeks = [week.text_content().strip() for week in page.find(".week-row")]
    # The week that ends today has nothing left to fill; the queue comes last.
    assert (len(weeks), weeks[0][:7], weeks[-1]) == (11 + 1, "Week 48", "Without a date")


def test_what_is_still_to_be_done_is_counted(browser, api, planned):
    assert show(browser, "/plan").text(".lede") == "1 post."
    another(api)
    api("PATCH", f"/api/items/{planned['id']}", {"commentary": "", "creation_needed": "photo"})
    page = show(browser, "/plan")
    assert page.text(".lede") == "1 post, 1 without your view, 1 visual still to make. 1 article waits in the queue."
    assert (line(page)["words"], line(page)["making"]) == ("Your view is missing", "Photo")
    api("PATCH", f"/api/items/{planned['id']}", {"creation_ready": True, "creation_link": "https://example.com/a.png"})
    page = show(browser, "/plan")
    assert "still to make" not in page.text(".lede")
    assert line(page)["making"].startswith("Photo ready See it")
    assert page.find(".making a")[0].get("href") == "https://example.com/a.png"


def test_where_something_lies_is_a_link_only_if_it_is_an_address_of_the_web(browser, api, planned):
    api("PATCH", f"/api/items/{planned['id']}", {"creation_needed": "photo", "creation_link": "javascript:alert(1)"})
    page = show(browser, "/plan")
    assert (line(page)["making"], page.find(".making a")) == ("Photo javascript:alert(1)", [])


def test_what_is_out_and_what_should_be_is_told(browser, api, planned, running):
    running.clock = lambda: datetime(2026, 11, 24, 12, tzinfo=UTC)
    page = show(browser, "/plan?from=2026-11-23&to=2026-11-29")
    assert line(page)["status"].startswith("Posted?")
    assert page.find(".status a")[0].get("href").startswith(f"/post/{SLOT}")
    api("PATCH", f"/api/items/{planned['id']}", {"status": "published", "post_url": "https://example.com/post"})
    page = show(browser, "/plan?from=2026-11-23&to=2026-11-29")
    assert line(page)["status"].startswith("Published 24 November See it")


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", "23 November 2026 to 14 February 2027"),
        ("?weeks=4", "23 November to 20 December"),
        ("?weeks=8", "23 November 2026 to 17 January 2027"),
        ("?weeks=5", "23 November 2026 to 14 February 2027"),
        ("?from=2026-11-24&to=2026-11-30", "24 to 30 November"),
    ],
)
def test_as_many_weeks_as_are_asked_for_and_the_files_have_the_same(browser, running, query, days):
    running.clock = lambda: datetime(2026, 11, 23, 8, tzinfo=UTC)
    page = show(browser, f"/plan{query}")
    assert page.text(".kicker") == days
    [chosen] = page.find(".plan-filters [aria-current]") or page.find(".plan-filters .chosen")
    assert (chosen.text_content() == "Other days") == ("from" in query)
    file = page.find("a[href*='/plan/export/csv']")[0].get("href")
    assert len(csv_rows(browser, file)) == len(page.find(".line"))


def csv_rows(browser, path):
    return list(csv.DictReader(io.StringIO(browser.get(path).data.decode("utf-8-sig"))))


def test_one_channel_of_the_plan(browser, api, planned):
    another(api)
    api.post("/api/slots", {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Eigen", "channel": "Blog"})
    page = show(browser, "/plan?weeks=4&channel=blog")
    assert [cell.text_content().strip() for cell in page.find(".line .title")] == ["Eigen"]
    assert page.text(".lede") == "1 post, 1 without your view."
    assert [link.text for link in page.find("nav[aria-label=Channels] a")] == ["All channels", "Blog", "LinkedIn"]
    assert page.text(".plan-filters [aria-current]") == "4 weeks"
    assert "The files hold all channels." in page.text("#along")
    assert page.find("nav[aria-label=Channels] a")[0].get("href") == "/plan?weeks=4"


def test_a_part_without_a_line_says_what_to_do(browser, api):
    page = show(browser, "/plan?channel=Bluesky")
    assert page.text(".empty") == "Nothing goes out on Bluesky in these weeks. See all channels"
    api("PUT", "/api/cadence", {"entries": []})
    assert show(browser, "/plan").text(".empty").startswith("There are no slots in these weeks.")


def test_days_that_passed_without_a_post_are_told_so(browser, running):
    running.clock = lambda: datetime(2026, 12, 1, 12, tzinfo=UTC)
    page = show(browser, "/plan?from=2026-11-16&to=2026-11-29")
    assert page.text(".empty") == "No post went out in these days."


def queue_up(running, planned, many, **more):
    """As many articles in the queue, made from the one that is planned."""
    kept = running.store.items.find(planned["id"])
    for number in range(many):
        waits = {"id": f"q{number}", "number": 1000 + number, "status": "queued", "slot_id": None}
        running.store.items.put({**kept, **waits, **more})


def test_of_a_long_queue_the_newest_are_shown(browser, api, running, planned):
    queue_up(running, planned, 60)
    page = show(browser, "/plan?weeks=4")
    assert len(page.find(".line.queued")) == 50
    assert page.text(".lede").endswith("More than 50 articles wait in the queue.")
    assert page.find("#line-q59")
    assert not page.find("#line-q9")
    # One that is asked for is there all the same.
    page = show(browser, "/plan?edit=q9")
    assert page.find("#line-q9 form")
    assert page.text(".lede").endswith("More than 50 articles wait in the queue.")
    assert show(browser, "/plan?channel=LinkedIn&edit=q9").text(".lede") == "1 post."


def test_the_page_of_a_full_plan_is_light(browser, api, running, planned):
    """Twelve weeks of posts with a view of 1,000 letters, and fifty articles that wait: sent anew after every edit."""
    view = {"commentary": "Drie ziekenhuizen lieten hun teams zelf roosteren. " * 20, "topic": "Slaap"}
    queue_up(running, planned, 80)
    free = [
        slot for slot in api.get("/api/calendar?from=2026-11-25&to=2027-02-07").json["slots"] if not slot["item_id"]
    ]
    for number, slot in enumerate(free):
        api("PATCH", f"/api/items/q{number}", view)
        assert api("PUT", f"/api/items/q{number}/slot", {"slot_id": slot["id"]}).status_code == 200
    page = show(browser, "/plan")
    assert (len(page.find(".line.planned")), len(page.find(".line.queued"))) == (len(free) + 1, 50)
    assert len(page.answer.data) < 150_000
    api("PATCH", f"/api/items/{planned['id']}", {"commentary": "x" * 50_000})
    assert len(show(browser, "/plan").answer.data) < 155_000


@pytest.mark.parametrize("query", ["?from=nonsense&to=2026-13-01", "?from=2026-12-01&to=2026-11-01", "?to=2099-01-01"])
def test_a_range_that_makes_no_sense_still_shows_a_plan(browser, query):
    assert show(browser, f"/plan{query}").status == 200


@pytest.mark.parametrize("name", ["csv", "ics", "md", "json"])
def test_the_plan_goes_out_as_a_file(browser, planned, name):
    answer = browser.get(f"/plan/export/{name}?from=2026-11-23&to=2026-11-29")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="kwartier-2026-11-23-2026-11-29.{name}"'
    assert "Ploegendienst zonder schuldgevoel" in answer.text


def test_the_spreadsheet_speaks_the_readers_language_under_english_headers(browser, planned):
    answer = browser.get("/plan/export/csv?from=2026-11-23&to=2026-11-29", headers={"Accept-Language": "nl"})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0]["Status"] == "gepland"


def test_a_format_that_does_not_exist_is_not_found(browser):
    assert show(browser, "/plan/export/docx").status == 404


def cadence_rows(api):
    return api.get("/api/cadence").json["entries"]


def as_fields(entries, **more):
    """Cadence rows as the form sends them, columns side by side, with the empty row at the end."""
    blank = {"id": "", "weekday": 1, "time": "", "kind": "commentary", "channel": "LinkedIn", "every_weeks": 1}
    rows = [*entries, more.pop("new", blank)]
    return {name: [str(row[name]) for row in rows] for name in blank} | more


def test_a_row_of_the_cadence_is_changed_added_and_removed(api, browser):
    before = cadence_rows(api)
    changed = [{**before[0], "time": "10:15"}, *before[1:]]
    new = {"id": "", "weekday": 3, "time": "11:00", "kind": "own", "channel": "Blog", "every_weeks": 2}
    page = send(browser, "/settings/cadence", **as_fields(changed, new=new, remove=before[1]["id"]))
    assert page.said().startswith("Your cadence is saved.")
    after = cadence_rows(api)
    assert [entry["id"] for entry in after[:2]] == [before[0]["id"], before[2]["id"]]
    assert after[0]["time"] == "10:15"
    assert after[2] == {**new, "id": after[2]["id"]}


@pytest.mark.parametrize("fault", [{"time": "22:00"}, {"channel": " "}, {"weekday": 6}, {"every_weeks": "x"}])
def test_a_cadence_that_cannot_be_is_shown_again(api, browser, fault):
    before = cadence_rows(api)
    page = send(browser, "/settings/cadence", **as_fields([{**before[0], **fault}, *before[1:]]))
    assert page.status == 422
    assert page.find("#cadence [role=alert]")
    assert cadence_rows(api) == before
