"""The calendar page, the content plan, and the cadence that both come from."""

import csv
import io

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo

SLOT = "2026-11-24-tue"


@pytest.fixture
def planned(api):
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return item


def slots(api):
    found = api.get("/api/calendar?from=2026-11-23&to=2026-11-29").json["slots"]
    return {slot["id"]: slot for slot in found}


def test_four_weeks_with_their_posts(browser, planned):
    page = show(browser, "/calendar?week=2026-W48")
    assert len(page.find(".week-grid")) == 4
    assert len(page.find(".week-grid > li")) == 28
    assert page.text(".entry.filled .title") == "Ploegendienst zonder schuldgevoel"


def test_a_slot_is_added_at_the_time_on_the_wall(api, browser):
    page = send(browser, "/slots", date="2026-11-25", time="14:30", kind="own", topic="Nachtdienst", channel="")
    assert page.said() == "The slot is added."
    added = next(slot for slot in slots(api).values() if slot["origin"] == "manual")
    assert (added["date"], added["time"], added["kind"], added["topic"]) == (
        "2026-11-25",
        "14:30",
        "own",
        "Nachtdienst",
    )
    assert added["starts_at"] == "2026-11-25T13:30:00Z"
    deleted = send(browser, f"/slots/{added['id']}/delete")
    assert deleted.said() == "The slot is deleted."
    assert added["id"] not in slots(api)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-11-28"},
        {"time": "21:00"},
        {"date": "tomorrow"},
        {"time": ""},
        {"kind": "advert"},
        {"topic": "x" * 201},
    ],
)
def test_a_slot_outside_the_working_day_is_not_added(api, browser, fields):
    page = send(browser, "/slots", **{"date": "2026-11-25", "time": "14:30", "kind": "own", "topic": "T", **fields})
    assert page.status == 422
    assert "Monday to Friday" in page.text("#add [role=alert]")
    assert page.find("#new-topic")[0].get("value") == fields.get("topic", "T")
    assert all(slot["origin"] == "cadence" for slot in slots(api).values())


def test_a_slot_moves_with_the_article_in_it(api, browser, planned):
    page = show(browser, f"/calendar?week=2026-W48&slot={SLOT}")
    assert page.text("#slot-title") == "Tue 24 Nov, 08:40"
    page = send(browser, f"/slots/{SLOT}?week=2026-W48", date="2026-11-25", time="09:00", kind="commentary", topic="")
    assert page.said() == "The slot is changed."
    moved = slots(api)[SLOT]
    assert (moved["date"], moved["time"], moved["item_id"]) == ("2026-11-25", "09:00", planned["id"])


def test_a_topic_can_be_set_without_moving(api, browser):
    send(browser, f"/slots/{SLOT}", date="2026-11-24", time="08:40", kind="commentary", topic="Slaap")
    assert (slots(api)[SLOT]["topic"], slots(api)[SLOT]["time"]) == ("Slaap", "08:40")


def edit(browser, page, **fields):
    return fill(browser, page, "#slot form.fields", **fields)


def test_what_was_not_touched_in_a_slot_is_not_written(api, browser):
    page = show(browser, f"/calendar?week=2026-W48&slot={SLOT}")
    api("PATCH", f"/api/slots/{SLOT}", {"starts_at": "2026-11-25T13:00:00Z", "kind": "own"})
    assert edit(browser, page, topic="Slaap").said() == "The slot is changed."
    slot = slots(api)[SLOT]
    assert (slot["date"], slot["time"], slot["kind"], slot["topic"]) == ("2026-11-25", "14:00", "own", "Slaap")


def test_a_slot_moved_on_both_sides_stays_where_it_is(api, browser):
    page = show(browser, f"/calendar?week=2026-W48&slot={SLOT}")
    api("PATCH", f"/api/slots/{SLOT}", {"starts_at": "2026-11-25T13:00:00Z"})
    assert edit(browser, page, date="2026-11-26").said().startswith("Things changed in the meantime")
    assert slots(api)[SLOT]["date"] == "2026-11-25"


def test_saving_a_slot_without_a_change_writes_nothing(api, browser):
    before = slots(api)[SLOT]
    assert edit(browser, show(browser, f"/calendar?week=2026-W48&slot={SLOT}")).said() == "The slot is changed."
    assert slots(api)[SLOT] == before


def test_a_slot_that_cannot_move_there_keeps_what_was_typed(api, browser):
    page = show(browser, f"/calendar?week=2026-W48&slot={SLOT}")
    page = edit(browser, page, time="21:00", topic="Slaap")
    assert (page.status, page.text("#slot [role=alert]")) == (
        422,
        "Choose a working day, Monday to Friday, and a time from 07:00 to 18:59.",
    )
    assert (page.find("#edit-time")[0].get("value"), page.find("#edit-topic")[0].get("value")) == ("21:00", "Slaap")
    edit(browser, page, time="11:00")
    assert (slots(api)[SLOT]["time"], slots(api)[SLOT]["topic"]) == ("11:00", "Slaap")


def test_skipping_can_be_undone(api, browser):
    page = send(browser, f"/slots/{SLOT}/skip", next="/calendar")
    assert slots(api)[SLOT]["status"] == "skipped"
    undo(browser, page)
    assert slots(api)[SLOT]["status"] == "open"


def test_a_slot_with_an_article_in_it_is_not_skipped(api, browser, planned):
    page = send(browser, f"/slots/{SLOT}/skip", next="/calendar")
    assert page.said().startswith("Things changed in the meantime")
    assert slots(api)[SLOT]["status"] == "planned"


def test_the_plan_reads_as_a_programme(browser, api, planned):
    api.post("/api/captures", capture(url="https://vakblad.example/2", title="Nog in de wachtrij", html=None))
    page = show(browser, "/plan")
    assert page.text(".lede") == "1 post has its slot. 1 article waits for one."
    assert "Mijn kijk." in page.text(".programme .view")
    assert page.text(".programme tbody:last-of-type .title") == "Nog in de wachtrij"
    weeks = page.find(".week-row")
    assert len(weeks) == 11 + 1  # The week that ends today has nothing left to fill; the queue comes last.
    assert weeks[0].text_content().strip().startswith("Week 48")


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


def test_a_day_that_is_over_is_not_called_open(browser):
    entries = {
        entry.get("href"): " ".join(entry.text_content().split()) for entry in show(browser, "/calendar").find(".entry")
    }
    assert [text for link, text in entries.items() if "2026-11-17-tue" in link] == ["08:40 no post"]
    assert [text for link, text in entries.items() if "2026-11-24-tue" in link] == ["08:40 open"]
