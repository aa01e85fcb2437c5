"""What the tests of the plan's lines share: lines to edit, and their forms."""

from tests.integration.conftest import capture
from tests.integration.forms import fill, show

SLOT, OTHER = "2026-11-24-tue", "2026-11-26-thu"
PLAN = "/plan?weeks=4"


def planned(api, slot_id=SLOT):
    """An article with a view, in this slot."""
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]["id"]
    api("PUT", f"/api/items/{item}/slot", {"slot_id": slot_id})
    return item


def queued(api):
    """An article without a view, in the queue."""
    sent = capture(url="https://vakblad.example/2", title="Later", html=None)
    return api.post("/api/captures", sent).json["item"]["id"]


def stored(api, item):
    return api.get(f"/api/items/{item}").json


def edit(browser, row_id=SLOT):
    """The plan with this line as a form."""
    return show(browser, f"{PLAN}&edit={row_id}")


def save(browser, page, **fields):
    return fill(browser, page, ".editing form", **fields)


def fields(page):
    return dict(page.find(".editing form")[0].form_values())
