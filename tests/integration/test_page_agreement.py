"""The agreement's page: written in a form, read and printed as a sheet, and followed by the plan."""

import pytest

from companion.editorial.agreement import get_agreement
from companion.editorial.planning.cadence import get_cadence, set_cadence
from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo

FORM = "form.agreement-form"
NO_HOURS = {f"{edge}_{weekday}_1": "" for edge in ("starts", "ends") for weekday in range(1, 6)}


@pytest.fixture
def form(browser):
    return show(browser, "/agreement")


def agreed(browser, form, **fields):
    return fill(browser, form, FORM, **fields)


def value(page, name):
    return page.find(f"[name='{name}']")[0].get("value")


def test_the_first_form_proposes_what_the_zone_and_the_week_tell(form):
    assert form.text("h1") == "An agreement with yourself"
    assert form.text("#country [selected]") == "Netherlands"
    assert value(form, "starts_on") == "2026-11-23"
    assert form.find("ul [role=group], ol [role=group]") == []
    assert (value(form, "starts_1_1"), value(form, "ends_5_1")) == ("08:30", "17:30")


def test_what_is_typed_is_kept_and_read_back_as_a_sheet(browser, form, running):
    page = agreed(
        browser,
        form,
        posts_a_week="3",
        channels="LinkedIn, Newsletter",
        topics="AI Act: high-risk, AI-verordening\r\n\r\nPensions",
        goal="To be who is called.\r\nThat is all.",
        starts_2_1="13:00",
        starts_5_1="",
        ends_5_1="",
        starts_1_2="18:00",
        ends_1_2="20:00",
        quarter_at="09:15",
        own_domains="https://www.Firm.example/about, info@other.example münchen.example",
        mix="4-1-1",
    )
    assert (
        page.said() == "Your agreement is saved, and your weekly pattern follows it. What is planned stays where it is."
    )
    kept = get_agreement(running.store)
    assert kept["topics"] == [
        {"name": "AI Act", "keywords": ["high-risk", "AI-verordening"]},
        {"name": "Pensions", "keywords": []},
    ]
    assert kept["own_domains"] == ["firm.example", "other.example", "xn--mnchen-3ya.example"]
    assert (kept["posts_a_week"], kept["country"], kept["goal"]) == (3, "NL", "To be who is called.\nThat is all.")
    assert kept["mix"] == {"external": 67, "own": 17, "promotion": 16}
    sheet, terms = page.text("article"), [" ".join(one.text_content().split()) for one in page.find(".terms li")]
    assert "Three posts a week · LinkedIn, Newsletter" in sheet
    assert terms[2:6] == [
        "Monday 08:30–17:30, 18:00–20:00",
        "Tuesday 13:00–17:30",
        "Wednesday to Thursday 08:30–17:30",
        "Friday not working",
    ]
    assert terms[6:9] == ["Monday 08:40 commentary", "Wednesday 08:40 commentary", "Thursday 08:40 commentary"]
    assert "each working day around 09:15" in sheet


def test_the_form_shows_what_is_kept_and_sending_it_as_it_is_changes_nothing(browser, form, running):
    agreed(browser, form, topics="AI Act: high-risk", mix="own", external="40", own="60", promotion="0")
    kept, pattern = get_agreement(running.store), get_cadence(running.store)
    agreed(browser, show(browser, "/agreement?change="))
    assert (get_agreement(running.store), get_cadence(running.store)) == (kept, pattern)


@pytest.mark.parametrize(
    ("typed", "field", "advice"),
    [
        ({"starts_3_1": ""}, "hours_3", "Wednesday: each part of the day needs a start and a later end"),
        ({"ends_3_1": "08:00"}, "hours_3", "Wednesday: each part"),
        ({"starts_3_2": "16:00", "ends_3_2": "18:00"}, "hours_3", "Wednesday: each part"),
        ({"starts_3_1": "nine"}, "hours_3", "Wednesday: each part"),
        ({"own_domains": "firm"}, "own_domains", "At most 20 sites, such as firm.example"),
        ({"own_domains": "http://[::1"}, "own_domains", "At most 20 sites"),
        ({"topics": "A: b\n" + "x" * 61}, "topics", "a topic or a word has at most 60 characters"),
        ({"topics": "AI: b\nai: c"}, "topics", "“ai” is here twice."),
        ({"channels": " , "}, "channels", "At least one and at most 10 channels"),
        ({"goal": "x" * 1001}, "goal", "At most 1,000 characters."),
        ({"starts_on": "soon"}, "starts_on", "Choose a day"),
        (NO_HOURS, "hours_1", "At least one day needs hours."),
        ({"quarter_at": "25:00"}, "quarter_at", "A time within your working hours, such as 09:15"),
        ({"quarter_at": "20:00"}, "quarter_at", "A time within your working hours"),
        # Numbers of one's own count, also where the mark before them was not set.
        ({"external": "40", "own": "50", "promotion": "20"}, "mix", "make 100 together"),
        ({"country": "XX"}, "country", "Choose one from the list."),
        ({"posts_a_week": "many"}, "posts_a_week", "Choose one from the list."),
        ({"posts_a_week": "nan"}, "posts_a_week", "Choose one from the list."),
        ({"posts_a_week": "9" * 5000}, "posts_a_week", "Choose one from the list."),
        ({"external": "9" * 5000}, "mix", "Three whole numbers from 0 to 100 that make 100 together."),
        ({"mix": "own", "external": "50", "own": "30", "promotion": "30"}, "mix", "make 100 together"),
        ({"mix": "own", "external": "-1", "own": "x", "promotion": "101"}, "mix", "make 100 together"),
    ],
)
def test_what_is_in_the_way_stands_at_its_field_and_nothing_typed_is_lost(browser, form, running, typed, field, advice):
    page = agreed(browser, form, **{"goal": "Words to keep.", **typed})
    assert page.status == 422
    assert advice in page.text(f"#{field}-problem")
    assert f"{field}-problem" in page.find("[autofocus]")[0].get("aria-describedby")
    assert get_agreement(running.store)["goal"] == ""
    sent = {name: text.replace("\r", "") for name, text in typed.items() if name not in ("posts_a_week", "country")}
    shown = dict(page.find(FORM)[0].form_values())
    assert {name: shown[name] for name in sent} == sent
    assert page.text("#goal") == typed.get("goal", "Words to keep.")


def test_a_country_offers_its_regions_and_forgets_those_of_another(browser, form, running):
    page = agreed(browser, form, country="DE")
    assert "Some differ by region" in page.text("article")
    page = show(browser, "/agreement?change=")
    assert "Bayern" in page.text("#region")
    page = agreed(browser, page, region="BY")
    assert get_agreement(running.store)["country"] == "DE-BY"
    assert "Germany, Bayern" in page.text("article")
    agreed(browser, show(browser, "/agreement?change="), country="NL")
    assert get_agreement(running.store)["country"] == "NL"


def test_making_it_can_be_undone(browser, form, running):
    before = get_cadence(running.store)
    undo(browser, agreed(browser, form, posts_a_week="5"))
    assert get_cadence(running.store) == before
    assert show(browser, "/agreement").text("h1") == "An agreement with yourself"


def test_a_pattern_of_ones_own_is_held_against_the_agreement(browser, form, running):
    agreed(browser, form)
    set_cadence(running.store, {"entries": get_cadence(running.store)["entries"][1:]})
    agreed(browser, show(browser, "/agreement?change="))
    told = "Your weekly pattern gives one post a week; the agreement says two posts a week."
    for path in ("/agreement", "/settings"):
        assert told in show(browser, path).text(".fit")
    page = send(browser, "/agreement/fit", next="/settings#cadence")
    assert page.said().startswith("Your weekly pattern fits the agreement now.")
    assert page.find(".fit") == []
    undo(browser, page)
    assert told in show(browser, "/agreement").text(".fit")


def test_entries_outside_new_hours_are_named(browser, form, running):
    agreed(browser, form)
    set_cadence(running.store, {"entries": get_cadence(running.store)["entries"][:2]})
    page = agreed(browser, show(browser, "/agreement?change="), starts_2_1="13:00")
    assert "Outside your hours, and so without slots: Tuesday 08:40." in page.text(".fit")
    assert "Tuesday 08:40" not in page.text(".terms")


def test_hours_that_leave_too_little_room_say_so_once(browser, form):
    hours = {f"{edge}_{weekday}_1": "" for edge in ("starts", "ends") for weekday in (1, 2, 3)}
    page = agreed(browser, form, posts_a_week="3", **hours)
    assert "what fits is two posts a week" in page.text(".fit")
    assert page.find(".fit button") == []


def test_the_week_leads_to_it_until_it_is_made(browser, form, api):
    api.post("/api/captures", capture())
    assert show(browser, "/").text("main a[href='/agreement']") == "Make an agreement"
    agreed(browser, form)
    assert show(browser, "/").find("main a[href='/agreement']") == []


def test_agreeing_with_nothing_changed_moves_no_slot(browser, form, running):
    before = get_cadence(running.store)
    assert agreed(browser, form).said() == "Your agreement is saved. What is planned stays where it is."
    assert get_cadence(running.store) == before


def test_numbers_of_ones_own_are_the_mix_also_where_another_is_marked(browser, form, running):
    agreed(browser, form, external="40", own="50", promotion="10")
    assert get_agreement(running.store)["mix"] == {"external": 40, "own": 50, "promotion": 10}
    agreed(browser, show(browser, "/agreement?change="), mix="4-1-1")
    assert get_agreement(running.store)["mix"] == {"external": 67, "own": 17, "promotion": 16}


def test_two_windows_keep_what_each_changed(browser, form, running):
    agreed(browser, form)
    first, second = (show(browser, "/agreement?change=") for _ in range(2))
    agreed(browser, second, topics="AI Act\r\nPensions", ends_5_1="12:00", mix="4-1-1")
    assert "Your agreement is saved" in agreed(browser, first, goal="Mine.", posts_a_week="1").said()
    kept = get_agreement(running.store)
    assert [topic["name"] for topic in kept["topics"]] == ["AI Act", "Pensions"]
    assert (kept["goal"], kept["posts_a_week"], kept["mix"]["external"]) == ("Mine.", 1, 67)
    assert kept["hours"][-1]["ends"] == "12:00"


@pytest.mark.parametrize(
    ("there", "here", "place"),
    [
        ({"goal": "Theirs."}, {"goal": "Mine."}, "goal"),
        ({"ends_5_1": "12:00"}, {"ends_5_1": "16:00"}, "hours_5"),
        ({"mix": "4-1-1"}, {"external": "40", "own": "50", "promotion": "10"}, "mix"),
        ({"starts_on": "2027-01-04"}, {"starts_on": ""}, "starts_on"),
    ],
)
def test_what_two_windows_changed_is_kept_by_the_second_press(browser, form, running, there, here, place):
    agreed(browser, form)
    first, second = (show(browser, "/agreement?change=") for _ in range(2))
    agreed(browser, second, **there)
    before = get_agreement(running.store)
    page = agreed(browser, first, **here)
    assert (page.status, get_agreement(running.store)) == (422, before)
    assert "It was also changed elsewhere, to: " in page.text(f"#{place}-problem")
    assert dict(page.find(FORM)[0].form_values()).items() >= here.items()
    agreed(browser, page)
    assert get_agreement(running.store) != before
    assert dict(show(browser, "/agreement?change=").find(FORM)[0].form_values()).items() >= here.items()


def test_a_calmer_pace_leaves_a_pattern_of_ones_own(browser, form, running):
    agreed(browser, form)
    own = {"entries": [{**entry, "channel": "Bluesky"} for entry in get_cadence(running.store)["entries"]]}
    set_cadence(running.store, own)
    page = send(browser, "/agreement/slower")
    assert page.said() == "A calmer pace is agreed. Your weekly pattern is your own, so it stays as it is."
    assert "gives two posts a week; the agreement says one post a week" in page.text(".fit")
    assert get_cadence(running.store) == own
    undo(browser, page)
    assert get_agreement(running.store)["posts_a_week"] == 2


def test_a_calmer_pace_is_one_button(browser, form, running):
    agreed(browser, form)
    page = send(browser, "/agreement/slower", next="/agreement")
    assert get_agreement(running.store)["posts_a_week"] == 1
    assert "A calmer pace is agreed" in page.said()
    undo(browser, page)
    assert get_agreement(running.store)["posts_a_week"] == 2


def test_topics_of_the_agreement_reach_what_waits(browser, form, api):
    item = api.post("/api/captures", capture()).json["item"]
    agreed(browser, form, topics="Rosters: ploegendienst")
    assert api.get(f"/api/items/{item['id']}").json["found_topic"] == "Rosters"


def test_the_agreement_is_there_in_dutch(browser, form):
    assert show(browser, "/agreement", "nl").text("#country [selected]") == "Nederland"
