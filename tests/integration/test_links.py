"""A link that somebody saved without looking at the page: it is kept at once, and its page fetched after that."""

import threading
from base64 import b64decode
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from http.server import ThreadingHTTPServer

import pytest

from companion import contract
from companion.errors import StoreFull
from companion.reading.answers import NotFetched
from companion.reading.fetch import fetch
from companion.reading.workers import Stopped
from companion.web import link_fetcher
from companion.web.link_fetcher import LinkFetcher
from tests.e2e.waiting import until
from tests.integration.conftest import ARTICLE, NOW, capture
from tests.integration.link_site import PAGES, REDIRECTS, REPORT, Site


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with closing(server.socket):
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class OnThisMachine:
    """Fetches as the worker process does, and may go to the site of the tests."""

    def do(self, job, _seconds):
        try:
            return asdict(fetch(job["url"], lambda _address: True))
        except NotFetched as failure:
            return {"reason": failure.reason}

    def close(self):
        """Nothing to end."""


@pytest.fixture
def open_links(running):
    """Links may lead to this machine."""
    running.links = LinkFetcher(running.store, running.reader, lambda: NOW, OnThisMachine())


def link(url, **more):
    return {name: value for name, value in capture(url=url, fetch=True, title="", **more).items() if name != "html"}


def saved(api, url, **more):
    return api.post("/api/captures", link(url, **more)).json["item"]


def fetched(api, item_id):
    """The item once it is no longer waiting for its page."""
    return until(
        lambda: (item := api.get(f"/api/items/{item_id}").json)["fetch"] != "waiting" and item, "the page of the link"
    )


def test_the_answer_does_not_wait_for_the_page(api, open_links, site):
    receipt = api.post("/api/captures", link(f"{site}/article"))
    assert receipt.status_code == 201
    assert receipt.json["item"]["fetch"] == "waiting"
    assert receipt.json["item"]["link_only"] is True
    assert contract.check("receipt", receipt.json) == []


def test_the_item_gets_the_text_of_the_page(api, open_links, site):
    item = fetched(api, saved(api, f"{site}/article", commentary="Bij ons ook.")["id"])
    assert (item["fetch"], item["link_only"], item["commentary"]) == (None, False, "Bij ons ook.")
    assert item["article"]["title"] == "Ploegendienst zonder schuldgevoel"
    assert "verzuim" in item["article"]["text"]
    assert contract.check("item", item) == []


def test_a_shortened_link_and_its_article_are_one_item(api, open_links, site):
    item = fetched(api, saved(api, f"{site}/short")["id"])
    assert item["identity_url"] == f"{site}/article"
    for url in (f"{site}/short", f"{site}/article"):
        assert api.post("/api/captures", capture(url=url)).json["item"]["id"] == item["id"]


@pytest.mark.parametrize("path", [path for path, target in REDIRECTS.items() if target.startswith("/article")])
def test_wherever_a_site_redirects_to_the_item_is_as_the_contract_says(api, open_links, site, path):
    item = fetched(api, saved(api, site + path)["id"])
    assert (item["fetch"], item["link_only"]) == (None, False)
    assert contract.check("item", item) == []


def test_a_link_to_an_article_that_is_there_already_goes_into_it(api, open_links, site):
    known = api.post("/api/captures", capture(url=f"{site}/article")).json["item"]
    sent = link(f"{site}/short")
    item_id = api.post("/api/captures", sent).json["item"]["id"]
    until(lambda: api.get(f"/api/items/{item_id}").status_code == 404, "the link to go into the article")
    assert len(api.get("/api/items").json["items"]) == 1
    for again in (sent, link(f"{site}/short")):
        assert api.post("/api/captures", again).json["item"]["id"] == known["id"]
    assert contract.check("item", api.get(f"/api/items/{known['id']}").json) == []


def test_one_about_which_something_was_written_stays(api, open_links, site):
    known = api.post("/api/captures", capture(url=f"{site}/article")).json["item"]
    other = fetched(api, saved(api, f"{site}/short", commentary="Bij ons ook.")["id"])
    assert (other["identity_url"], other["commentary"], other["link_only"]) == (f"{site}/short", "Bij ons ook.", False)
    assert api.get(f"/api/items/{known['id']}").json["identity_url"] == f"{site}/article"


def test_a_link_that_could_not_be_fetched_is_fetched_when_it_is_added_again(api, open_links, site):
    item = fetched(api, saved(api, f"{site}/gone")["id"])
    assert item["fetch"] == "answered_error"
    assert saved(api, f"{site}/gone")["fetch"] == "waiting"
    fetched(api, item["id"])


def test_a_link_is_fetched_once_however_often_it_is_asked_for(api, running):
    asked, go_on = [], threading.Event()

    class Counting(OnThisMachine):
        def do(self, job, _seconds):
            asked.append(job["url"])
            go_on.wait(10)
            return {"reason": "answered_error"}

        close = go_on.set

    running.links = LinkFetcher(running.store, running.reader, lambda: NOW, Counting())
    for _ in range(5):
        item = saved(api, "https://vakblad.example/verhaal")
    until(lambda: asked, "the first of them")
    running.links.resume()
    go_on.set()
    fetched(api, item["id"])
    assert len(asked) == 1


def test_what_could_not_be_kept_is_fetched_again(api, open_links, running, housekeeping, site, monkeypatch):
    full = threading.Event()

    def no_room(*_):
        full.set()
        raise StoreFull("The disk is full.")

    with monkeypatch.context() as failing:
        failing.setattr(link_fetcher, "take_page", no_room)
        item = saved(api, f"{site}/article")
        assert full.wait(10)
    with pytest.raises(StoreFull):
        running.links._background.wait(item["id"], 10)
    assert api.get(f"/api/items/{item['id']}").json["fetch"] == "waiting"
    housekeeping.look()
    assert fetched(api, item["id"])["link_only"] is False


@pytest.mark.parametrize(
    ("path", "why", "kind"),
    [
        ("/empty", "no_text", "other"),
        ("/gone", "answered_error", "other"),
        ("/file", "not_a_page", "other"),
        ("/", "no_article", "other"),
        ("/old-article", "no_article", "other"),
        ("/app", "wall", "other"),
        ("/login", "login", "other"),
        ("/closed", "login", "other"),
        ("/closed.pdf", "login", "pdf"),
        ("/private.pdf", "login", "pdf"),
        ("/scan.pdf", "scanned", "pdf"),
        ("/locked.pdf", "locked", "pdf"),
        ("/broken.pdf", "unreadable", "pdf"),
        ("/no.pdf", "not_a_page", "pdf"),
    ],
)
def test_where_there_is_no_article_it_stays_a_link_and_says_why(api, open_links, site, path, why, kind):
    item = fetched(api, saved(api, site + path)["id"])
    assert (item["fetch"], item["link_only"], item["article"]["kind"]) == (why, True, kind)
    assert (item["article"]["word_count"], item["identity_url"]) == (0, site + path)
    assert contract.check("item", item) == []


def test_links_to_articles_that_are_gone_stay_apart(api, open_links, site):
    home = api.post("/api/captures", capture(url=f"{site}/", html=PAGES["/"][2], title="De krant")).json["item"]
    gone = [fetched(api, saved(api, site + path)["id"]) for path in ("/old-article", "/older-article")]
    assert [item["identity_url"] for item in gone] == [f"{site}/old-article", f"{site}/older-article"]
    assert [item["article"]["title"] for item in gone] == [f"{site}/old-article", f"{site}/older-article"]
    assert len(api.get("/api/items").json["items"]) == 3
    assert api.get(f"/api/items/{home['id']}").json["capture_ids"] == home["capture_ids"]


def test_the_page_that_came_instead_gives_way_to_the_article(api, running, open_links, site, monkeypatch):
    before = fetched(api, saved(api, f"{site}/app")["id"])
    assert running.store.texts.get(before["page_hash"]) == PAGES["/app"][2]
    monkeypatch.setitem(PAGES, "/app", PAGES["/article"])
    after = fetched(api, saved(api, f"{site}/app")["id"])
    assert (after["id"], after["fetch"], after["link_only"]) == (before["id"], None, False)
    assert running.store.texts.get(after["page_hash"]) == ARTICLE


@pytest.mark.parametrize("path", ["/report", "/saved"])
def test_the_item_gets_the_text_of_a_pdf(api, running, open_links, site, path):
    item = fetched(api, saved(api, site + path)["id"])
    assert (item["fetch"], item["link_only"], item["article"]["kind"]) == (None, False, "pdf")
    assert "zelf het rooster maken" in item["article"]["text"]
    assert b64decode(running.store.texts.get(item["page_hash"])) == REPORT


def test_nothing_on_this_machine_or_beside_it_is_asked(api, site):
    assert fetched(api, saved(api, f"{site}/article")["id"])["fetch"] == "refused_address"


def test_nobody_asked_for_a_link_that_a_program_sends(api, open_links, site):
    sent = {name: value for name, value in link(f"{site}/article").items() if name != "fetch"}
    item = api.post("/api/captures", sent).json["item"]
    assert (item["fetch"], item["link_only"]) == (None, True)


def test_the_page_itself_makes_fetching_needless(api, running):
    running.links = LinkFetcher(running.store, running.reader, lambda: NOW, OnThisMachine())
    url = "https://vakblad.example/verhaal"
    running.links.stop()
    item = saved(api, url)
    again = api.post("/api/captures", capture(url=url)).json["item"]
    assert (again["id"], again["fetch"], again["link_only"]) == (item["id"], None, False)


def test_what_waits_is_fetched_by_the_next_companion(api, running, site):
    running.links.stop()
    item = saved(api, f"{site}/article")
    assert item["fetch"] == "waiting"
    following = LinkFetcher(running.store, running.reader, lambda: NOW + timedelta(hours=1), OnThisMachine())
    following.resume()
    assert fetched(api, item["id"])["link_only"] is False
    following.stop()


def test_a_fetch_that_the_companion_did_not_live_to_see_is_no_failure(api, running):
    waiting = threading.Event()

    class Hanging(OnThisMachine):
        def do(self, *_):
            waiting.set()
            ended.wait(10)
            raise Stopped("crashed")

        def close(self):
            ended.set()

    ended = threading.Event()
    running.links = LinkFetcher(running.store, running.reader, lambda: NOW, Hanging())
    item = saved(api, "https://vakblad.example/verhaal")
    assert waiting.wait(10)
    running.links.stop()
    assert api.get(f"/api/items/{item['id']}").json["fetch"] == "waiting"


def test_a_link_that_was_deleted_meanwhile_does_not_come_back(api, running, site):
    item_id = saved(api, f"{site}/article")["id"]
    api("DELETE", f"/api/items/{item_id}")
    running.links.stop()
    assert api.get(f"/api/items/{item_id}").status_code == 404
