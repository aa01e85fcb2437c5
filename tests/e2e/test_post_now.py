"""Taking a post along: its text is changed and counted, copied, its channel opened, and then it is marked as posted."""

from urllib.parse import parse_qs, urlsplit

from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client
from tests.e2e.hands import press
from tests.e2e.taking_along import AT_END, TEXT, VIEW, field, goes_out, sees, taken_along
from tests.e2e.user import User
from tests.e2e.waiting import until
from tests.e2e.week_ahead import captured

# Nothing of these tests goes out to a channel: its page is one of the tests' own site.
ELSEWHERE = "document.querySelector('#open').href = A[0] + new URL(document.querySelector('#open').href).search"


def test_a_post_is_taken_along_and_marked_as_posted(user: User, client: Client):
    item = goes_out(user, client)
    assert field(user, "#text") == TEXT

    user.browser.js(AT_END)
    press(user.browser, "!")
    sees(user, "#length", f"{len(TEXT) + 1} of at most 3,000 characters")
    assert taken_along(user) == f"{TEXT}!"
    user.browser.click("#switches [name=link]")
    until(lambda: taken_along(user) == f"{VIEW}\n\n#law #work!", lambda: taken_along(user))

    user.browser.js(ELSEWHERE, user.site.url("/feed"))
    user.browser.click("#copy-and-open")
    user.browser.show("/feed?")
    assert parse_qs(urlsplit(user.browser.address()).query)["text"] == [f"{VIEW}\n\n#law #work!"]
    user.browser.show("/post/")
    sees(user, "#copied", "Copied.")
    if isinstance(user.browser, Chromium):
        user.browser.page.context.grant_permissions(["clipboard-read"])
        assert user.browser.js("return navigator.clipboard.readText()") == f"{VIEW}\n\n#law #work!"

    user.browser.js("document.querySelector('#post_url').focus()")
    press(user.browser, *"https://a.example/1", "Enter")
    sees(user, "#said", "is marked as published.")
    posted = client.get(f"/api/items/{item}")
    assert (posted["status"], posted["post_url"], posted["commentary"]) == ("published", "https://a.example/1", VIEW)
    user.browser.click("#said button")
    sees(user, "#said", "Undone.")
    assert client.get(f"/api/items/{item}")["status"] == "planned"


def test_a_suggested_hashtag_comes_into_its_field_and_is_kept_with_the_rest(user: User, client: Client):
    item = client.send("POST", "/api/captures", captured(8)).json["item"]["id"]
    user.is_let_in()
    user.browser.open(f"{user.companion.url}/items/{item}")
    user.browser.click("[data-value='#licence']")
    assert field(user, "#hashtags") == "#licence"
    assert not field(user, "[data-value='#licence']", "textContent")
    assert field(user, "#hashtags ~ .tagging [role=status]", "textContent") == "Added to the hashtags: #licence"
    assert client.get(f"/api/items/{item}")["hashtags"] == []
    user.browser.js("document.querySelector('#hashtags').focus()")
    press(user.browser, "Enter")
    sees(user, "#said", "Saved.")
    assert client.get(f"/api/items/{item}")["hashtags"] == ["licence"]
