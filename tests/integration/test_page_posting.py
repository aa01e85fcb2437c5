"""A post that goes out now: its text for the channel, and then that it is posted."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.integration.conftest import capture
from tests.integration.forms import fill, send, show, undo
from tests.integration.slots import NEW, added, slots

SLOT, PAGE = "2026-11-24-tue", "/post/2026-11-24-tue"
VIEW = "Wie meepraat, blijft.\n\nEn <b>slaapt</b> & rust."
LINK = "https://vakblad.example/slaap/ploegendienst"
TEXT = f"{VIEW}\n\n{LINK}\n\n#slaap\n\nSanne de Wit, Jan Brouwer"
AFTER = datetime(2026, 11, 24, 9, tzinfo=UTC)
OUT = {"date": "2026-11-22", "time": "12:30", "post_url": "https://example.com/post?id=1"}
LINK_TO_POST = {"post_url": OUT["post_url"]}


@pytest.fixture
def item(api):
    """The id of an article in Tuesday's slot."""
    item = api.post("/api/captures", capture(commentary=VIEW)).json["item"]["id"]
    api("PATCH", f"/api/items/{item}", {"hashtags": ["slaap"], "people": ["Sanne de Wit", "Jan Brouwer"]})
    assert api("PUT", f"/api/items/{item}/slot", {"slot_id": SLOT}).status_code == 200
    return item


@pytest.fixture
def own(api, browser):
    """The id of the slot of an own post, not written yet."""
    send(browser, "/slots", **{**NEW, "topic": "Wat ik leerde"})
    return added(api)["id"]


def stored(api, item):
    return api.get(f"/api/items/{item}").json


def text(page):
    return page.find("#text")[0].text_content()


def share(page):
    return page.find("#open")[0].get("href")


def count(browser, page, button="#count", **typed):
    """Presses a button that counts, with all that stands in the form."""
    form = page.find("#post-form")[0]
    shown = [(name, value.replace("\n", "\r\n")) for name, value in form.form_values()]
    pressed = page.find(button)[0]
    named = {pressed.get("name"): pressed.get("value")} if pressed.get("name") else {}
    sent = {name: value for name, value in {**dict(shown), **named, **typed}.items() if value is not None}
    return send(browser, pressed.get("formaction"), **sent)


def test_the_text_is_there_to_take_along_with_its_length(browser, item):
    page = show(browser, PAGE)
    assert text(page) == TEXT
    assert page.text("#length") == f"{len(TEXT)} of at most 3,000 characters"
    assert page.text("#too-long") == ""
    link = page.find("#open")[0]
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener noreferrer")
    assert parse_qs(urlsplit(share(page)).query)["text"] == [TEXT]
    assert text(show(browser, f"/post/{item}")) == TEXT


def test_parts_are_left_out_by_their_switches(browser, item):
    page = count(browser, show(browser, PAGE))
    assert text(page) == TEXT
    assert text(show(browser, f"{PAGE}?chosen=1&link=1")) == f"{VIEW}\n\n{LINK}"
    page = show(browser, f"{PAGE}?chosen=1")
    assert (text(page), page.find("#switches input[checked]")) == (VIEW, [])


def test_a_text_changed_for_this_once_is_counted_and_taken_along_and_the_view_stays(api, browser, item):
    page = count(browser, show(browser, PAGE), text="Anders.\r\n" + "x" * 3000)
    assert page.text("#length") == "3,008 of at most 3,000 characters"
    assert page.text("#too-long") == "8 characters too many for LinkedIn."
    assert "text=" not in share(page)
    page = count(browser, page, text="Kort.")
    assert (text(page), parse_qs(urlsplit(share(page)).query)["text"]) == ("Kort.", ["Kort."])
    assert stored(api, item)["commentary"] == VIEW
    assert text(show(browser, f"{PAGE}/text")) == TEXT


@pytest.mark.parametrize(
    ("channel", "length", "opens"),
    [
        ("X", f"{len(TEXT) - 3 - len(LINK) + 23} of at most 280 characters", "https://x.com/intent/post?text="),
        ("Facebook", f"{len(TEXT)} of at most 63,206 characters", "https://www.facebook.com/sharer/sharer.php?u="),
        ("Nieuwsbrief", f"{len(TEXT)} characters", None),
    ],
)
def test_each_channel_has_its_own_length_and_page(api, browser, item, channel, length, opens):
    api("PATCH", f"/api/slots/{SLOT}", {"channel": channel})
    page = show(browser, PAGE)
    assert page.text("#length") == length
    assert share(page).startswith(opens) if opens else page.find("#open") == []


def test_an_article_without_a_slot_goes_to_the_channel_that_is_chosen(api, browser):
    item = api.post("/api/captures", capture(commentary=VIEW)).json["item"]["id"]
    page = show(browser, f"/post/{item}")
    assert page.text(".kicker") == "Not planned yet"
    page = show(browser, f"/post/{item}?channel=Bluesky&chosen=1&link=1")
    assert page.find("#switches option[selected]")[0].get("value") == "Bluesky"
    assert share(page).startswith("https://bsky.app/intent/compose?text=Wie%20meepraat")
    page = count(browser, page, text="Kort.")
    assert share(page) == "https://bsky.app/intent/compose?text=Kort."


def test_what_is_still_to_be_written_or_made_is_said_first(api, browser, item, own):
    api(
        "PATCH",
        f"/api/items/{item}",
        {"commentary": "", "creation_needed": "photo", "creation_link": "javascript:alert(1)"},
    )
    page = show(browser, PAGE)
    notices = [" ".join(notice.text_content().split()) for notice in page.find(".notice")]
    assert notices[0].startswith("Your view is not there yet.")
    assert notices[1] == "The photo for it is not ready yet. Where it is: javascript:alert(1)"
    assert page.find(".notice a")[0].get("href") == f"/items/{item}#commentary"
    assert not [link for link in page.find("a") if link.get("href", "").startswith("javascript")]
    api("PATCH", f"/api/items/{item}", {"creation_ready": True, "creation_link": "https://example.com/foto"})
    page = show(browser, PAGE)
    assert [link.get("href") for link in page.find("main .small .inline-link")] == ["https://example.com/foto"]
    page = show(browser, f"/post/{own}")
    assert page.text(".notice").startswith("Your post is not written yet.")
    # There is nothing to take along, and no field in which a text would be lost.
    assert page.find("textarea, #switches, #open") == []
    there, _, anchor = page.find(".notice a")[0].get("href").partition("#")
    assert show(browser, there).find(f"#{anchor} [name=commentary]")


def test_it_is_posted_and_that_is_undone(api, browser, item):
    page = fill(browser, show(browser, PAGE), "#post-form", **OUT)
    assert page.said() == "“Ploegendienst zonder schuldgevoel” is marked as published."
    out = stored(api, item)
    assert (out["status"], out["published_at"], out["post_url"]) == (
        "published",
        "2026-11-22T11:30:00Z",
        OUT["post_url"],
    )
    assert [link.get("href") for link in page.find("#place ~ p a")][:1] == [OUT["post_url"]]
    undo(browser, page)
    assert (stored(api, item)["status"], stored(api, item)["published_at"]) == ("planned", None)


def test_left_as_it_is_it_is_posted_now(api, browser, item):
    fill(browser, show(browser, PAGE), "#post-form")
    assert (stored(api, item)["published_at"], stored(api, item).get("post_url")) == ("2026-11-22T12:00:00Z", None)


def test_when_and_where_can_be_changed_afterwards(api, browser, item):
    fill(browser, show(browser, PAGE), "#post-form", **OUT)
    page = show(browser, PAGE)
    assert "Sunday 22 November, 12:30" in page.text("#is-out ~ p")
    assert fill(browser, page, "#post-form", time="09:15", post_url="").said() == "Saved."
    assert (stored(api, item)["published_at"], stored(api, item)["post_url"]) == ("2026-11-22T08:15:00Z", None)
    assert stored(api, item)["status"] == "published"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"date": "2026-11-23"}, "date"),
        ({"date": "1999-11-23"}, "date"),
        ({"date": "gisteren"}, "date"),
        ({"time": ""}, "date"),
        ({"date": "0001-01-01", "time": "00:00"}, "date"),
        ({"post_url": "javascript:alert(1)"}, "post_url"),
        ({"post_url": "data:text/html,<script>"}, "post_url"),
        ({"post_url": "http://user:secret@example.com/"}, "post_url"),
        ({"post_url": "linkedin"}, "post_url"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(api, browser, item, typed, field):
    page = fill(browser, show(browser, PAGE), "#post-form", **{**OUT, **typed})
    assert page.status == 422
    assert page.text(f"#{field}-problem").startswith(("Fill in", "Paste"))
    for name, value in {**OUT, **typed}.items():
        assert page.find(f"#post-form [name={name}]")[0].get("value") == value
    described = {one.get("name") for one in page.find(f"[aria-describedby~={field}-problem][aria-invalid]")}
    assert described == ({"date", "time"} if field == "date" else {field})
    assert stored(api, item)["status"] == "planned"


def test_nothing_that_was_typed_is_lost_whichever_button_is_pressed(browser, item):
    page = fill(browser, show(browser, PAGE), "#post-form", text="Mijn versie.", date="1999-01-01", **LINK_TO_POST)
    assert (page.status, text(page)) == (422, "Mijn versie.")
    page = count(browser, page, link=None, text="Mijn andere versie.")
    assert (text(page), page.find("[name=post_url]")[0].get("value")) == ("Mijn andere versie.", OUT["post_url"])
    assert page.find("[name=date]")[0].get("value") == "1999-01-01"
    page = count(browser, page, "[name=anew]")
    assert (text(page), page.find("[name=anew]")) == (TEXT.replace(f"{LINK}\n\n", ""), [])
    assert text(count(browser, page, link="1")) == TEXT


def test_a_changed_text_is_kept_where_the_view_was_emptied_meanwhile(api, browser, item):
    page = show(browser, PAGE)
    api("PATCH", f"/api/items/{item}", {"commentary": ""})
    assert text(count(browser, page, text="Mijn versie.")) == "Mijn versie."


def test_what_another_article_took_the_place_of_is_not_marked(api, browser, item):
    page = show(browser, PAGE)
    other = api.post("/api/captures", capture(url="https://vakblad.example/b", commentary="Anders.")).json["item"]["id"]
    assert api("DELETE", f"/api/items/{item}/slot").status_code == 200
    assert api("PUT", f"/api/items/{other}/slot", {"slot_id": SLOT}).status_code == 200
    page = fill(browser, page, "#post-form", text="Mijn versie.", **OUT)
    assert (page.status, page.text(".notice")[:35]) == (409, "Things changed in the meantime, so ")
    assert (text(page), page.find("[name=post_url]")[0].get("value")) == ("Mijn versie.", OUT["post_url"])
    assert (stored(api, other)["status"], stored(api, item)["status"]) == ("planned", "queued")


def test_an_older_tab_takes_nothing_back(api, browser, item):
    older = show(browser, PAGE)
    fill(browser, show(browser, PAGE), "#post-form", **OUT)
    assert fill(browser, older, "#post-form").status == 409
    assert stored(api, item)["post_url"] == OUT["post_url"]
    older = show(browser, PAGE)
    fill(browser, show(browser, PAGE), "#post-form", post_url="https://example.com/2")
    assert fill(browser, older, "#post-form", time="09:15").said() == "Saved."
    assert (stored(api, item)["published_at"], stored(api, item)["post_url"]) == (
        "2026-11-22T08:15:00Z",
        "https://example.com/2",
    )
    page = fill(browser, show(browser, PAGE), "#post-form")
    assert (page.said(), page.find("#said button")) == ("Saved.", [])


def test_the_time_that_is_proposed_is_that_of_the_plan_once_it_has_passed(api, browser, item, running):
    running.clock = lambda: datetime(2026, 11, 30, 9, tzinfo=UTC)
    page = show(browser, PAGE)
    shown = page.find("[name=date]")[0].get("value"), page.find("[name=time]")[0].get("value")
    assert shown == ("2026-11-24", slots(api)[SLOT]["time"])


def test_of_a_post_that_is_out_an_unknown_time_stays_unknown(api, browser, own):
    assert api("PATCH", f"/api/slots/{own}", {"status": "published"}).status_code == 200
    page = show(browser, f"/post/{own}")
    assert [page.find(f"[name={name}]")[0].get("value") for name in ("date", "time")] == ["", ""]
    assert fill(browser, page, "#post-form", **LINK_TO_POST).said() == "Saved."
    assert (slots(api)[own].get("published_at"), slots(api)[own]["post_url"]) == (None, OUT["post_url"])


def test_threads_is_said_to_make_one_tag(api, browser, item):
    api("PATCH", f"/api/slots/{SLOT}", {"channel": "Threads"})
    assert "one hashtag only" not in show(browser, PAGE).text()
    api("PATCH", f"/api/items/{item}", {"hashtags": ["slaap", "zorg"]})
    assert "Threads makes a tag of one hashtag only" in show(browser, PAGE).text()


def test_an_own_post_is_posted_too(api, browser, own):
    page = fill(browser, show(browser, f"/post/{own}"), "#post-form", **OUT)
    assert page.said() == "Your post is marked as published."
    assert slots(api)[own]["post_url"] == OUT["post_url"]
    undo(browser, page)
    assert slots(api)[own]["status"] == "open"


def test_where_nothing_stands_there_is_nothing_to_post(browser):
    assert show(browser, PAGE).status == 404
    assert show(browser, "/post/nothing").status == 404
    assert send(browser, PAGE, **OUT).said().startswith("Things changed")


def test_the_way_there_is_on_the_week_and_the_article_and_leads_back(browser, item, own, running):
    assert show(browser, f"/items/{item}").find(f"a[href='{PAGE}']")
    assert show(browser, "/?week=2026-W48").find("a[href^='/post/']") == []
    running.clock = lambda: AFTER
    links = {link.get("href"): link for link in show(browser, "/?week=2026-W48").find("a[href^='/post/']")}
    [way] = links
    assert links[way].text == "Posted?"
    page = show(browser, way)
    assert page.find(".posted a.button")[0].get("href") == "/?week=2026-W48"
    assert fill(browser, page, "#post-form", **OUT).answer.request.path == "/"
