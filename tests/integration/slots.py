"""What the tests of slots share: a week, a slot to add in it, and the slots as programs see them."""

WEEK = "/calendar?view=week&week=2026-W48"
NEW = {"date": "2026-11-25", "time": "14:30", "kind": "own", "topic": "T"}


def slots(api):
    found = api.get("/api/calendar?from=2026-11-16&to=2026-12-06").json["slots"]
    return {slot["id"]: slot for slot in found}


def added(api):
    return next(slot for slot in slots(api).values() if slot["origin"] == "manual")
