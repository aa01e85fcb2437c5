"""The content plan edited by its lines, without scripts: what is kept, what is refused, and what becomes of a line."""

from datetime import UTC, datetime

import pytest

from companion.editorial.planning import calendar
from tests.integration.forms import fill, send, show, undo
from tests.integration.plan_lines import OTHER, PLAN, SLOT, edit, fields, planned, queued, save, stored
from tests.integration.slots import slots


@pytest.fixture
def item(api):
    return planned(api)


@pytest.fixture
def waiting(api):
    return queued(api)


def test_a_line_is_changed_whole_and_back_in_one_step(api, browser, item):
    before = stored(api, item)
    page = save(
        browser,
        edit(browser),
        topic="Slaap",
        commentary="Eerst dit.\r\n\r\nDan dat.",
        creation_needed="carousel",
        creation_ready="yes",
        creation_link="https://example.com/c.pdf",
        people="Anna de Vries, Jan",
        hashtags="#slaap #zorg",
        channel="Blog",
        kind="own",
        preparation_minutes="90",
    )
    assert page.said() == "Saved."
    kept = stored(api, item)
    assert (kept["topic"], kept["commentary"]) == ("Slaap", "Eerst dit.\n\nDan dat.")
    assert (kept["people"], kept["hashtags"]) == (["Anna de Vries", "Jan"], ["slaap", "zorg"])
    assert (kept["creation_needed"], kept["creation_ready"]) == ("carousel", True)
    slot = slots(api)[SLOT]
    assert (slot["channel"], slot["kind"], slot["preparation_minutes"]) == ("Blog", "own", 90)
    assert undo(browser, page).said() == "Undone."
    assert stored(api, item) == before
    assert slots(api)[SLOT]["channel"] == "LinkedIn"


def test_what_was_not_touched_is_not_written(api, browser, item):
    page = edit(browser)
    api("PATCH", f"/api/items/{item}", {"people": ["Sanne de Wit"], "creation_needed": "photo", "creation_ready": True})
    assert save(browser, page, topic="Slaap").said() == "Saved."
    kept = stored(api, item)
    assert (kept["topic"], kept["people"], kept["creation_ready"]) == ("Slaap", ["Sanne de Wit"], True)
    page = save(browser, edit(browser))
    assert (page.said(), page.find("#said form"), stored(api, item)) == ("Saved.", [], kept)


def test_a_box_that_is_unticked_is_not_ready_any_more(api, browser, item):
    api("PATCH", f"/api/items/{item}", {"creation_needed": "photo", "creation_ready": True})
    page = edit(browser)
    sent = {name: value for name, value in fields(page).items() if name not in ("csrf", "creation_ready")}
    assert send(browser, page.find(".editing form")[0].get("action"), **sent).said() == "Saved."
    assert stored(api, item)["creation_ready"] is False


def test_saving_leads_back_to_the_line_in_the_same_part_of_the_plan(browser, item):
    page = edit(browser)
    action = page.find(".editing form")[0].get("action")
    sent = {name: value for name, value in fields(page).items() if name != "csrf"}
    answer = send(browser, action, follow=False, **sent).answer
    assert answer.headers["Location"] == f"{PLAN}#line-{SLOT}"
    assert page.find(".editing a.quiet")[0].get("href") == f"{PLAN}#line-{SLOT}"


REFUSED = [
    ({"time": "23:00"}, "time", "Choose a time within your working hours: Monday to Friday"),
    ({"date": "2026-11-28"}, "date", "Choose a time within your working hours"),
    ({"date": "2026-11-20"}, "date", "That moment has passed. Choose one that lies ahead."),
    ({"date": ""}, "date", "Choose a day."),
    ({"time": ""}, "time", "Choose a time, such as 08:40."),
    ({"preparation_minutes": "1"}, "preparation_minutes", "Preparation takes from 5 to 240 minutes."),
    ({"preparation_minutes": "x"}, "preparation_minutes", "Preparation takes from 5 to 240 minutes."),
    ({"channel": " "}, "channel", "Name the channel, with at most 40 characters."),
    ({"topic": "x" * 201}, "topic", "At most 200 characters."),
    ({"people": ",".join(map(str, range(51)))}, "people", "At most 50 names"),
    ({"hashtags": "#" + "x" * 101}, "hashtags", "At most 30 hashtags, each at most 100 characters."),
    ({"creation_link": "x" * 2001}, "creation_link", "At most 2,000 characters."),
    ({"status": "skipped"}, "status", "Choose one from the list."),
    ({"kind": "poem"}, "kind", "Choose one from the list."),
]


def test_what_cannot_be_says_at_its_field_what_to_do(api, browser, item):
    before, page = (stored(api, item), slots(api)[SLOT]), edit(browser)
    for typed, name, says in REFUSED:
        back = save(browser, page, commentary="Wat ik typte.", **typed)
        assert (back.status, back.text("[role=alert]")[:14]) == (422, "Not saved yet:"), typed
        assert back.text(f"#edit-{name}-problem").startswith(says), typed
        assert f"edit-{name}-problem" in back.find(f"#edit-{name}")[0].get("aria-describedby"), typed
        assert fields(back)["commentary"] == "Wat ik typte.", typed
        # What is no choice of a list cannot stand in it.
        assert fields(back).get(name) == typed[name] or name in ("status", "kind"), typed
    assert (stored(api, item), slots(api)[SLOT]) == before


def test_an_article_that_waits_is_given_its_date(api, browser, waiting):
    page = save(browser, edit(browser, waiting), date="2026-11-24", topic="Slaap")
    assert page.said() == "Moved to Tuesday 24 November, 08:40."
    assert (slots(api)[SLOT]["item_id"], stored(api, waiting)["topic"]) == (waiting, "Slaap")
    undo(browser, page)
    assert (slots(api)[SLOT]["item_id"], stored(api, waiting)["topic"]) == (None, "")


def test_on_a_day_without_an_open_slot_it_needs_a_time_too(api, browser, waiting):
    page = save(browser, edit(browser, waiting), time="10:30")
    assert page.text("#edit-date-problem") == "Choose a day."
    page = save(browser, edit(browser, waiting), date="2026-11-25")
    assert page.text("#edit-time-problem") == "No slot is open on that day. Choose a time too."
    page = save(browser, page, time="10:30")
    assert page.said().startswith("Moved to Wednesday 25 November, 10:30.")
    # Its line is that of its slot from now on, whichever of the two is asked for.
    assert fields(edit(browser, waiting))["date"] == "2026-11-25"


@pytest.mark.parametrize(
    ("status", "says", "becomes"),
    [
        ("queued", "“Ploegendienst zonder schuldgevoel” is back in the queue.", "queued"),
        ("dropped", "“Ploegendienst zonder schuldgevoel” is dropped.", "dropped"),
        ("published", "Your post is marked as published.", "published"),
    ],
)
def test_what_becomes_of_a_line(api, browser, item, status, says, becomes):
    before = stored(api, item)
    page = save(browser, edit(browser), status=status)
    assert (page.said(), stored(api, item)["status"]) == (says, becomes)
    undo(browser, page)
    assert stored(api, item) == before


def test_a_post_that_is_out_stays_when_it_was(api, browser, item):
    api("PATCH", f"/api/items/{item}", {"status": "published"})
    page = edit(browser)
    assert not {"date", "time", "kind", "preparation_minutes"} & fields(page).keys()
    assert save(browser, page, status="planned").said() == "Saved."
    assert stored(api, item)["status"] == "planned"


def test_an_open_slot_says_beforehand_what_it_asks_for(api, browser, waiting):
    page = edit(browser, OTHER)
    assert "commentary" not in fields(page)
    save(browser, page, topic="Slaap", creation_needed="video", people="Jan")
    assert (slots(api)[OTHER]["topic"], slots(api)[OTHER]["people"]) == ("Slaap", ["Jan"])
    page = save(browser, edit(browser, OTHER), status="skipped")
    assert (page.said(), page.find(f"[id='line-{OTHER}']")) == ("The slot is skipped.", [])


def test_a_post_of_ones_own_is_written_in_the_plan_and_shown_in_the_calendar(api, browser):
    own = {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Wat ik leerde"}
    own_id = api.post("/api/slots", own).json["id"]
    panel = f"/calendar?view=week&week=2026-W48&slot={own_id}"
    [link] = [link for link in show(browser, panel).find("#slot a.button") if link.text == "Write it in the plan"]
    page = show(browser, link.get("href").partition("#")[0])
    page = save(browser, page, commentary="Drie roosters, één les.", people="Sanne", creation_needed="photo")
    assert page.said() == "Saved."
    shown = show(browser, panel).text("#slot .in-it")
    for words in ("Drie roosters, één les.", "1 person", "Needs a photo", "Change it in the plan"):
        assert words in shown


def own_post(api, **more):
    own = {"starts_at": "2026-11-25T09:00:00Z", "kind": "own", "topic": "Wat ik leerde", **more}
    return api.post("/api/slots", own).json["id"]


def choices(page):
    return {option.get("value"): option.text for option in page.find("#edit-status option")}


def test_what_can_become_of_a_post_of_ones_own(api, browser):
    own = own_post(api)
    page = edit(browser, own)
    assert choices(page) == {"planned": "Planned", "published": "Published", "skipped": "Skipped"}
    page = save(browser, page, status="published")
    assert (page.said(), slots(api)[own]["status"]) == ("Your post is marked as published.", "published")
    page = edit(browser, own)
    assert page.text(".lede") == "1 post."
    # What is out was not skipped: when it went out would be lost.
    assert choices(page) == {"planned": "Planned", "published": "Published"}
    assert save(browser, page, status="planned").said() == "Saved."
    assert slots(api)[own]["status"] == "open"


def test_an_own_slot_is_planned_once_it_says_what_it_is_about(api, browser):
    own = own_post(api, topic="")
    assert choices(edit(browser, own)) == {"open": "Open", "skipped": "Skipped"}
    save(browser, edit(browser, own), topic="Eigen")
    assert fields(edit(browser, own))["status"] == "planned"


def test_words_stay_with_a_post_of_ones_own(api, browser):
    own = own_post(api, topic="")
    save(browser, edit(browser, own), commentary="Drie roosters.")
    page = save(browser, edit(browser, own), kind="commentary")
    assert (page.status, page.text("#edit-kind-problem")[:45]) == (422, "Its words are for a post of your own. Keep it")
    page = save(browser, edit(browser, own), kind="commentary", commentary="Vier roosters.")
    assert page.text("#edit-commentary-problem").startswith("A view without an article is for a post of your own.")
    assert (slots(api)[own]["kind"], slots(api)[own]["commentary"]) == ("own", "Drie roosters.")
    assert save(browser, edit(browser, own), kind="commentary", commentary="").said() == "Saved."
    assert slots(api)[own]["kind"] == "commentary"


def test_words_that_stand_where_none_should_can_be_taken_away(running, browser):
    running.store.slots.put({**running_slot(running), "commentary": "Van vroeger."})
    page = edit(browser, OTHER)
    assert fields(page)["commentary"] == "Van vroeger."
    assert save(browser, page, commentary="").said() == "Saved."
    assert "commentary" not in fields(edit(browser, OTHER))


def running_slot(running):
    slot = calendar.get_slot(running.store, OTHER, running.settings.zone)
    assert slot["kind"] == "commentary"
    return slot


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("queued", "“Ploegendienst zonder schuldgevoel” is back in the queue."),
        ("published", "Your post is marked as published."),
    ],
)
def test_what_became_of_a_line_is_said_before_where_it_went(browser, item, status, says):
    assert save(browser, edit(browser), date="2026-11-25", status=status).said() == says


def test_what_else_is_at_that_time_is_said(api, browser, item):
    own_post(api)
    page = save(browser, edit(browser), date="2026-11-25", time="10:00:00")
    assert page.said() == "Moved to Wednesday 25 November, 10:00. Another post goes out at that time."


def test_where_the_time_is_that_of_elsewhere_it_says_so(api, browser, item):
    api("PATCH", f"/api/slots/{SLOT}", {"zone": "Europe/Lisbon"})
    assert "The time in Europe/Lisbon." in edit(browser).text(".editing")


def panel(browser, slot_id, week="2026-W48"):
    return show(browser, f"/calendar?view=week&week={week}&slot={slot_id}")


def test_the_calendar_keeps_words_with_a_post_of_ones_own_too(api, browser):
    own = own_post(api)
    save(browser, edit(browser, own), commentary="Drie roosters.")
    page = fill(browser, panel(browser, own), "#slot form.fields", kind="commentary")
    assert (page.status, page.text("#edit-kind-problem")[:30]) == (422, "Its words are for a post of yo")


def test_the_calendar_leads_to_where_a_post_goes_out(api, browser, running, item):
    own = own_post(api)
    assert not panel(browser, own).find("#slot a.primary")
    running.clock = lambda: datetime(2026, 11, 25, 12, tzinfo=UTC)
    for slot_id, title in ((own, "Wat ik leerde"), (SLOT, "Ploegendienst zonder schuldgevoel")):
        [link] = panel(browser, slot_id).find("#slot a.primary")
        assert (link.text_content(), link.get("href").partition("?")[0]) == (f"Posted?: {title}", f"/post/{slot_id}")
