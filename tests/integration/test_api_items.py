"""Items over the API: lists, changes, slots, the calendar and the cadence."""

import csv
import io

import pytest

from companion import contract
from tests.integration.conftest import capture


@pytest.fixture
def five(api):
    """Five queued items, the newest first."""
    sent = [api.post("/api/captures", capture(url=f"https://site{n}.example/{n}")) for n in range(5)]
    return [response.json["item"] for response in reversed(sent)]


def test_lists_are_newest_first_and_come_in_pages(api, five):
    first = api.get("/api/items?limit=2").json
    second = api.get(f"/api/items?limit=2&cursor={first['next_cursor']}").json
    third = api.get(f"/api/items?limit=2&cursor={second['next_cursor']}").json
    found = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert found == [item["id"] for item in five]
    assert third["next_cursor"] is None
    assert all(contract.check("item", item) == [] for item in first["items"])


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("limit=00000000199", "limit"),
        (f"limit={'9' * 5000}", "limit"),
        ("status=done", "status"),
        ("cursor=x", "cursor"),
    ],
)
def test_a_bad_query_is_refused_naming_the_field(api, query, path):
    response = api.get(f"/api/items?{query}")
    assert response.status_code == 422
    assert response.json["problems"][0]["path"] == path


def test_search_finds_every_word_in_title_view_people_and_hashtags(api, five):
    changes = {"commentary": "Roosters zijn mensenwerk", "people": ["Noor de Wit"], "hashtags": ["verzuim"]}
    api("PATCH", f"/api/items/{five[0]['id']}", changes)
    for query, found in (
        ("mensenwerk NOOR", 1),
        ("%23verzuim", 1),
        ("ploegendienst", 5),
        ("nergens", 0),
        ('" OR *', 0),
        ("NEAR(", 0),
    ):
        assert len(api.get(f"/api/items?q={query}").json["items"]) == found, query


@pytest.mark.parametrize(
    "changes",
    [
        {"commentary": "Mijn kijk."},
        {"people": ["Noor de Wit"], "hashtags": ["slaap", "zorg"]},
        {"topic": "Werk en slaap", "creation_needed": "photo"},
        {"quotes": [{"text": "het verzuim daalde"}]},
        {"status": "dropped"},
    ],
)
def test_fields_are_changed_and_the_others_stay(api, five, changes):
    before = five[0]
    after = api("PATCH", f"/api/items/{before['id']}", changes).json
    moving = {"updated_at", "revision"}
    assert {name: after[name] for name in before if name not in moving} == {
        **{name: before[name] for name in before if name not in moving},
        **changes,
    }
    assert after["revision"] == before["revision"] + 1


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({}, ""),
        ({"id": "x"}, "id"),
        ({"status": "planned"}, "status"),
        ({"hashtags": ["#a"]}, "hashtags[0]"),
        ({"hashtags": ["x" * 10_000]}, "hashtags[0]"),
    ],
)
def test_a_bad_change_is_refused_naming_the_field(api, five, changes, path):
    response = api("PATCH", f"/api/items/{five[0]['id']}", changes)
    assert response.status_code == 422
    assert response.json["problems"][0]["path"] == path
    assert api.get(f"/api/items/{five[0]['id']}").json["revision"] == 1


def test_an_item_is_placed_in_a_slot_and_released(api, five):
    item = five[0]["id"]
    [best, *_] = api.get(f"/api/items/{item}/suggestions").json["suggestions"]
    placed = api("PUT", f"/api/items/{item}/slot", {"slot_id": best["slot"]["id"]}).json
    assert (placed["status"], placed["slot_id"]) == ("planned", best["slot"]["id"])
    [tuesday, _] = api.get("/api/calendar?from=2026-11-23&to=2026-11-29").json["slots"]
    assert (tuesday["status"], tuesday["item_id"]) == ("planned", item)
    taken = api("PUT", f"/api/items/{five[1]['id']}/slot", {"slot_id": best["slot"]["id"]})
    assert taken.status_code == 409
    assert api("DELETE", f"/api/items/{item}/slot").json["status"] == "queued"


def test_a_deleted_item_is_gone(api, five):
    path = f"/api/items/{five[0]['id']}"
    assert api("DELETE", path).status_code == 204
    for method in ("GET", "DELETE"):
        assert api(method, path).status_code == 404


def test_the_calendar_answers_any_range_up_to_400_days(api):
    slots = api.get("/api/calendar?from=2030-01-01&to=2031-02-04").json["slots"]
    assert all(contract.check("slot", slot) == [] for slot in slots)
    assert slots == sorted(slots, key=lambda slot: slot["starts_at"])
    for query, path in (
        ("from=2030-01-01&to=2031-02-05", "to"),
        ("from=soon&to=2031-01-01", "from"),
        ("to=2031-01-01", "from"),
        ("from=2030-01-01&to=2029-01-01", "to"),
        ("from=0001-01-01&to=0001-02-01", "from"),
        ("from=9999-12-01&to=9999-12-31", "from"),
    ):
        response = api.get(f"/api/calendar?{query}")
        assert (response.status_code, response.json["problems"][0]["path"]) == (422, path)


def test_a_slot_is_added_moved_skipped_and_deleted(api):
    made = api.post("/api/slots", {"starts_at": "2026-12-02T09:00:00Z", "kind": "own", "topic": "Slaap"})
    assert made.status_code == 201
    assert contract.check("slot", made.json) == []
    path = f"/api/slots/{made.json['id']}"
    moved = api("PATCH", path, {"starts_at": "2026-12-03T09:30:00Z"}).json
    assert (moved["date"], moved["time"]) == ("2026-12-03", "10:30")
    assert api("PATCH", path, {"status": "skipped"}).json["status"] == "skipped"
    assert api("DELETE", path).status_code == 204
    assert api("PATCH", path, {"status": "open"}).status_code == 404


def test_the_cadence_is_read_and_replaced(api):
    cadence = api.get("/api/cadence").json
    assert [entry["id"] for entry in cadence["entries"]] == ["tue", "thu", "fri"]
    fewer = {"entries": cadence["entries"][:1]}
    assert api("PUT", "/api/cadence", fewer).json == fewer
    assert len(api.get("/api/calendar?from=2026-11-23&to=2026-11-29").json["slots"]) == 1
    assert api("PUT", "/api/cadence", {"entries": [{}]}).status_code == 422


def test_segments_become_the_days_time(api):
    segment = {
        "id": "s1",
        "start": "2026-11-22T10:00:00Z",
        "end": "2026-11-22T10:09:00Z",
        "zone": "Europe/Amsterdam",
        "activity": "read",
        "site": "curated",
    }
    sent = api.post("/api/time/segments", {"source": "chromium-1", "segments": [segment, {"id": "bad"}]})
    assert sent.status_code == 202
    assert (sent.json["accepted"], [one["id"] for one in sent.json["rejected"]]) == (1, ["bad"])
    [day] = api.get("/api/time/days").json["days"]
    assert contract.check("day", day) == []
    assert (day["date"], day["read"], day["browse"]) == ("2026-11-22", 540, 0)


@pytest.mark.parametrize("name", ["csv", "ics", "md", "json"])
def test_the_plan_is_exported_as_a_named_file(api, five, name):
    response = api.get(f"/api/exports/{name}?from=2026-11-23&to=2027-02-14")
    assert response.status_code == 200
    assert f"kwartier-2026-11-23-2027-02-14.{name}" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(("language", "kinds"), [("en", {"commentary", "ad hoc"}), ("nl", {"commentaar", "actueel"})])
def test_the_sheets_words_are_the_readers(api, language, kinds):
    response = api.get("/api/exports/csv", headers={"Accept-Language": language})
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert {row["Kind"] for row in rows} == kinds


def test_twelve_weeks_are_exported_from_whatever_day_is_asked_for(api):
    response = api.get("/api/exports/csv?from=2027-06-01")
    assert "kwartier-2027-06-01-2027-08-23.csv" in response.headers["Content-Disposition"]


def test_an_unknown_format_names_those_there_are(api):
    response = api.get("/api/exports/docx")
    assert response.status_code == 404
    assert "csv" in response.json["error"]
