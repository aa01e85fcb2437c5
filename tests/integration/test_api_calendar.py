"""The calendar, its slots and the agreement, as programs see them."""

import pytest

from companion import contract
from companion.editorial.agreement import DEFAULT

WEEK = "/api/calendar?from=2026-11-23&to=2026-11-29"
MADE = {**DEFAULT, "hours": [{"weekday": day, "starts": "08:00", "ends": "17:00"} for day in range(1, 6)]}


def busy(running, *edges, days=()):
    running.store.busy_calendars.put({"id": "work", "busy": list(edges), "days": list(days)})


def test_the_calendar_tells_what_it_is_planned_around(api, running):
    busy(running, 29_923_680, 29_923_740, days=["2026-11-27"])  # Monday from 9 to 10
    api("PUT", "/api/agreement", {**MADE, "quarter_at": "09:00", "country": "NL"})
    told = api.get(WEEK).json
    assert contract.check("calendar_range", told) == []
    assert [slot["date"] for slot in told["slots"]] == ["2026-11-24", "2026-11-26"]
    assert told["preparations"][0] == {
        "slot_id": told["slots"][0]["id"],
        "minutes": 25,
        "starts_at": "2026-11-23T14:30:00Z",
        "ends_at": "2026-11-23T14:55:00Z",
        "fits": True,
    }
    assert told["quarters"][:2] == [
        {"starts_at": "2026-11-23T07:45:00Z", "ends_at": "2026-11-23T08:00:00Z"},
        {"starts_at": "2026-11-24T08:00:00Z", "ends_at": "2026-11-24T08:15:00Z"},
    ]
    assert told["busy"] == [
        {"starts_at": "2026-11-23T08:00:00Z", "ends_at": "2026-11-23T09:00:00Z"},
        {"starts_at": "2026-11-26T23:00:00Z", "ends_at": "2026-11-27T23:00:00Z"},
    ]
    assert api.get("/api/calendar?from=2026-12-21&to=2026-12-27").json["holidays"] == ["2026-12-25", "2026-12-26"]


@pytest.mark.parametrize(
    "days", ["from=2026-11-23&to=2027-12-27", "from=2020-01-01&to=2021-01-01", "from=2999-01-01&to=2999-12-31"]
)
def test_any_range_up_to_400_days_is_answered(api, days):
    assert contract.check("calendar_range", api.get(f"/api/calendar?{days}").json) == []


def test_the_agreement_is_the_default_until_one_is_made(api):
    assert api.get("/api/agreement").json == DEFAULT
    made = {**MADE, "goal": "Known for rosters", "topics": [{"name": "Rosters", "keywords": ["shift"]}]}
    assert api("PUT", "/api/agreement", made).json == made
    assert api.get("/api/agreement").json == made


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"hours": [{"weekday": 1, "starts": "17:00", "ends": "09:00"}]}, "hours[0].ends"),
        (
            {
                "hours": [
                    {"weekday": 1, "starts": "09:00", "ends": "13:00"},
                    {"weekday": 1, "starts": "12:00", "ends": "17:00"},
                ]
            },
            "hours[1].starts",
        ),
        ({"country": "XX"}, "country"),
        ({"country": "NL-ZZ"}, "country"),
        ({"topics": [{"name": "AI", "keywords": []}, {"name": " ai", "keywords": []}]}, "topics[1].name"),
        ({"mix": {"external": 50, "own": 30, "promotion": 30}}, "mix"),
        ({"posts_a_week": 0}, "posts_a_week"),
        ({"quarter_at": "25:00"}, "quarter_at"),
        ({"channels": []}, "channels"),
    ],
)
def test_an_agreement_that_cannot_be_kept_names_the_field_and_changes_nothing(api, changes, path):
    answer = api("PUT", "/api/agreement", {**DEFAULT, **changes})
    assert (answer.status_code, answer.json["problems"][0]["path"]) == (422, path)
    assert api.get("/api/agreement").json == DEFAULT


def test_an_own_post_is_marked_as_published_and_back(api):
    slot = api("POST", "/api/slots", {"starts_at": "2026-11-25T10:00:00Z", "kind": "own", "topic": "Rosters"}).json
    assert api("PATCH", f"/api/slots/{slot['id']}", {"status": "published"}).json["status"] == "published"
    assert api("PATCH", f"/api/slots/{slot['id']}", {"status": "open"}).json["status"] == "open"


def test_a_commentary_is_published_by_its_article(api):
    answer = api("PATCH", "/api/slots/2026-11-24-tue", {"status": "published"})
    assert (answer.status_code, answer.json["problems"][0]["path"]) == (422, "status")


def test_a_preparation_is_put_where_the_user_wants_it_and_found_anew(api):
    def starts_at():
        return api.get(WEEK).json["preparations"][0]["starts_at"]

    found = starts_at()
    api("PATCH", "/api/slots/2026-11-24-tue", {"prepare_at": "2026-11-23T08:30:00Z"})
    assert starts_at() == "2026-11-23T08:30:00Z"
    api("PATCH", "/api/slots/2026-11-24-tue", {"prepare_at": None})
    assert starts_at() == found


@pytest.mark.parametrize(
    "prepare_at",
    [
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2026-11-24T07:20:00Z",  # It would go on after the post.
        "2026-11-01T09:00:00Z",
    ],
)
def test_a_preparation_that_is_not_before_its_slot_is_refused(api, running, prepare_at):
    answer = api("PATCH", "/api/slots/2026-11-24-tue", {"prepare_at": prepare_at})
    assert (answer.status_code, answer.json["problems"][0]["path"]) == (422, "prepare_at")
    # Should a program of the user's have written it all the same, one is found.
    slot = api.get(WEEK).json["slots"][0]
    running.store.slots.put({**slot, "prepare_at": prepare_at})
    assert api.get(WEEK).json["preparations"][0]["starts_at"] == "2026-11-23T15:00:00Z"
