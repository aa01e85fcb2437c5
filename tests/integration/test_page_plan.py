"""The content plan and its files, and the cadence that they come from."""

import csv
import io

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import send, show

SLOT = "2026-11-24-tue"


@pytest.fixture
def planned(api):
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return item


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
