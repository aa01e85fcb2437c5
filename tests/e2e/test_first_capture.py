"""From a fresh profile to the content plan: one click, Allow, a view, a slot; and the plan in four formats."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.e2e.companion_process import Client
from tests.e2e.page_server import ENGLISH_TITLE
from tests.e2e.user import User
from tests.e2e.waiting import until

VIEW = 'Choosing to be bound: "that" is the point; reading comes first, always – 80% of it.'
PEOPLE = ["Anna de Wit", "Jansen, P."]
HASHTAGS = ["legaltech", "contracts"]
TOPIC = "AI in contracts; a primer"


@dataclass(frozen=True)
class Planned:
    """What the first run left behind, as the API tells it."""

    item: dict[str, Any]
    slot: dict[str, Any]


@pytest.fixture(scope="module")
def first_article(user: User, client: Client) -> dict[str, Any]:
    """The first run: the click waits, Allow is pressed, the article arrives. Nothing is typed."""
    user.is_let_in()
    user.reads("/english?utm_source=newsletter")
    user.browser.click_action()
    user.browser.show("/pair")
    assert client.items() == [], "nothing may arrive before Allow"

    on_the_page = user.browser.js("return document.querySelector('.digits').textContent.trim()")
    user.browser.show("/english")
    popup = user.clicks("pairing")
    assert user.sees(popup, "#digits") == on_the_page
    assert len(on_the_page) == 4

    user.allows()
    return until(lambda: client.item_titled(ENGLISH_TITLE), "the article after Allow")


@pytest.fixture(scope="module")
def planned(user: User, client: Client, first_article: dict[str, Any]) -> Planned:
    """The popup again: a view is typed where the cursor stands, and the suggested slot taken."""
    user.browser.show("/english")
    popup = user.clicks("known", "saved")
    user.writes(popup, VIEW)
    user.sees(popup, "#suggestion")
    popup.click("#place")
    user.sees(popup, "#planned")
    user.browser.close_popup()

    path = f"/api/items/{first_article['id']}"
    until(lambda: client.get(path)["commentary"] == VIEW, "the view in the companion")
    extra = {"people": PEOPLE, "hashtags": HASHTAGS, "topic": TOPIC, "creation_needed": "photo"}
    assert client.send("PATCH", path, extra).status == 200
    item = client.get(path)
    [slot] = [slot for slot in client.get("/api/calendar", **weeks(item))["slots"] if slot["item_id"] == item["id"]]
    return Planned(item, slot)


def weeks(item: dict[str, Any]) -> dict[str, str]:
    """The range of dates in which a suggestion for an item may lie."""
    year = int(item["captured_at"][:4])
    return {"from": item["captured_at"][:10], "to": f"{year + 1}-01-31"}


def test_the_article_is_in_the_week_with_what_was_found_in_it(user: User, first_article: dict[str, Any]):
    assert first_article["article"]["site_name"] == "The Page Test Review"
    assert first_article["status"] in {"queued", "planned"}
    user.browser.open(user.companion.url + "/")
    text = user.browser.js("return document.querySelector('main').innerText")
    assert ENGLISH_TITLE in text
    assert "The Page Test Review" in text
    assert f"{first_article['article']['reading_minutes']} min" in text


def test_the_popup_takes_the_suggested_slot(planned: Planned):
    assert planned.item["status"] == "planned"
    assert planned.item["slot_id"] == planned.slot["id"]
    assert planned.slot["status"] == "planned"
    assert planned.slot["kind"] == "commentary"


def test_the_item_stands_in_its_slot_in_the_week(user: User, planned: Planned):
    user.browser.open(user.companion.url + "/")
    until(lambda: card_of(user, ENGLISH_TITLE) or turned_over(user), "the item in one of the coming weeks")
    card = card_of(user, ENGLISH_TITLE)
    assert planned.slot["time"] in card
    assert "Your view is missing" not in card


def card_of(user: User, title: str) -> str:
    """The slot's place in the week that shows this title, as text."""
    body = (
        "return [...document.querySelectorAll('article.day')].find((d) => d.innerText.includes(A[0]))?.innerText ?? ''"
    )
    return str(user.browser.js(body, title))


def turned_over(user: User) -> None:
    """Goes on to the next week."""
    user.browser.click("nav.turn a:last-child")


def test_the_view_is_on_the_page_of_the_item(user: User, planned: Planned):
    user.browser.open(f"{user.companion.url}/items/{planned.item['id']}")
    assert user.browser.js("return document.querySelector('main textarea').value") == VIEW


def test_the_spreadsheet_holds_every_field(client: Client, planned: Planned):
    sheet = csv.DictReader(io.StringIO(client.export("csv").removeprefix("\ufeff"), newline=""))
    [row] = [row for row in sheet if row["Title"] == ENGLISH_TITLE]
    assert row == {
        "Date": planned.slot["date"],
        "Time": planned.slot["time"],
        "Zone": "Europe/Amsterdam",
        "Channel": planned.slot["channel"],
        "Kind": "commentary",
        "Topic": TOPIC,
        "Title": ENGLISH_TITLE,
        "Source": "The Page Test Review",
        "Link": planned.item["article"]["url"],
        "Commentary": VIEW,
        "Creation needed": "photo",
        "People": "; ".join(PEOPLE),
        "Hashtags": "#legaltech #contracts",
        "Preparation": "25",
        "Status": "planned",
        "Id": planned.slot["id"],
    }


def test_the_calendar_file_holds_the_post_at_its_time(client: Client, planned: Planned):
    calendar = icalendar.Calendar.from_ical(client.export("ics"))
    [event] = [event for event in calendar.walk("VEVENT") if str(event["UID"]).startswith(planned.slot["id"])]
    starts_at = datetime.fromisoformat(planned.slot["starts_at"])
    assert event["DTSTART"].dt == starts_at
    assert event["DTSTART"].dt.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%H:%M") == planned.slot["time"]
    assert str(event["SUMMARY"]) == ENGLISH_TITLE
    assert str(event["URL"]) == planned.item["article"]["url"]
    description = str(event["DESCRIPTION"])
    assert all(part in description for part in [VIEW, "#legaltech #contracts", *PEOPLE])


def test_the_markdown_holds_the_post(client: Client, planned: Planned):
    text = client.export("md")
    assert ENGLISH_TITLE in text
    assert f"{planned.slot['date']} {planned.slot['time']}" in text
    assert f"> {VIEW}" in text
    assert planned.item["article"]["url"] in text
    assert "#legaltech #contracts" in text


def test_the_json_holds_the_whole_records(client: Client, planned: Planned):
    archive = json.loads(client.export("json"))
    [item] = [item for item in archive["items"] if item["id"] == planned.item["id"]]
    [slot] = [slot for slot in archive["slots"] if slot["id"] == planned.slot["id"]]
    told = {name: value for name, value in planned.item.items() if name != "article"}
    assert {name: item[name] for name in told} == told
    assert item["article"]["title"] == ENGLISH_TITLE
    assert slot == planned.slot
