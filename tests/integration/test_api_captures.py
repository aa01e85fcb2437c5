"""Captures in, receipts out: one item for one article, and nothing the user wrote is ever overwritten."""

import base64
import threading
from types import SimpleNamespace

import pytest

from companion import contract
from tests.integration.conftest import capture, kept_on_disk

QUOTE = {"text": "zelf het rooster maken"}


def test_a_new_article_gets_an_item_with_everything_the_receipt_promises(api):
    response = api.post("/api/captures", capture(commentary="Bij ons ook.", quotes=[QUOTE]))
    receipt = response.json
    assert response.status_code == 201
    assert contract.check("receipt", receipt) == []
    assert receipt["known"] is False
    assert receipt["article"]["title"] == "Ploegendienst zonder schuldgevoel"
    assert receipt["article"]["site_name"] == "Vakblad Slaap"
    assert receipt["article"]["reading_minutes"] >= 1
    assert "text" not in receipt["article"]
    assert receipt["item"]["commentary"] == "Bij ons ook."
    assert receipt["item"]["status"] == "queued"
    assert receipt["today"]["date"] == "2026-11-22"


def test_the_receipt_suggests_the_best_slot_and_says_why(api):
    receipt = api.post("/api/captures", capture(), headers={"Accept-Language": "nl"}).json
    best = receipt["suggestions"][0]
    assert best["slot"]["id"] == "2026-11-24-tue"
    assert "In die week staat nog geen post" in best["reasons"]
    english = api.post("/api/captures", capture(), headers={"Accept-Language": "en"}).json
    assert "No post stands in that week yet" in english["suggestions"][0]["reasons"]


def test_the_text_comes_with_the_one_item_that_is_asked_for(api):
    item = api.post("/api/captures", capture()).json["item"]
    assert "verpleegkundigen" in api.get(f"/api/items/{item['id']}").json["article"]["text"]


@pytest.mark.parametrize(
    "again",
    [
        {"url": "https://vakblad.example/slaap/ploegendienst?utm_source=nieuwsbrief&fbclid=1"},
        {"url": "https://vakblad.example/slaap/ploegendienst/#reacties"},
        {
            "url": "https://m.vakblad.example/amp/ploegendienst",
            "canonical_url": "https://vakblad.example/slaap/ploegendienst",
        },
    ],
    ids=["tracking parameters", "fragment and slash", "canonical"],
)
def test_the_same_article_by_another_address_is_the_known_item_untouched(api, again):
    first = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    response = api.post("/api/captures", capture(**again, title="Another title"))
    assert response.status_code == 200
    assert response.json["known"] is True
    kept = api.get(f"/api/items/{first['id']}").json
    assert kept["commentary"] == "Mijn kijk."
    assert kept["captured_at"] == first["captured_at"]
    assert kept["article"]["title"] == first["article"]["title"]
    assert len(api.get("/api/items").json["items"]) == 1


def test_the_same_capture_sent_again_changes_nothing(api):
    sent = capture(commentary="Mijn kijk.", quotes=[QUOTE])
    first = api.post("/api/captures", sent)
    again = api.post("/api/captures", sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["item"] == first.json["item"]


def test_a_view_sent_with_a_known_article_is_kept_beside_the_one_there_is(api):
    api.post("/api/captures", capture(commentary="De eerste."))
    item = api.post("/api/captures", capture(commentary="De tweede.")).json["item"]
    assert item["commentary"] == "De eerste."
    assert [later["text"] for later in item["later_views"]] == ["De tweede."]


def test_a_view_sent_with_a_known_article_fills_an_empty_one(api):
    api.post("/api/captures", capture())
    item = api.post("/api/captures", capture(commentary="Nu wel.")).json["item"]
    assert (item["commentary"], item["later_views"]) == ("Nu wel.", [])


def test_quotes_add_up_and_none_is_doubled(api):
    api.post("/api/captures", capture(quotes=[QUOTE]))
    item = api.post("/api/captures", capture(quotes=[QUOTE, {"text": "het verzuim daalde"}])).json["item"]
    assert [quote["text"] for quote in item["quotes"]] == [QUOTE["text"], "het verzuim daalde"]


def test_a_page_sent_after_its_link_gives_the_item_its_text(api):
    link = {name: value for name, value in capture(commentary="Mijn kijk.").items() if name != "html"}
    first = api.post("/api/captures", link).json["item"]
    item = api.post("/api/captures", capture()).json["item"]
    assert (item["id"], item["link_only"], item["commentary"]) == (first["id"], False, "Mijn kijk.")
    assert "verpleegkundigen" in api.get(f"/api/items/{item['id']}").json["article"]["text"]


def test_a_deleted_item_leaves_no_text_behind_but_another_with_the_same_keeps_it(api, running):
    first = api.post("/api/captures", capture()).json["item"]
    second = api.post("/api/captures", capture(url="https://vakblad.example/elders")).json["item"]
    api("DELETE", f"/api/items/{first['id']}")
    assert "verpleegkundigen" in api.get(f"/api/items/{second['id']}").json["article"]["text"]
    api("DELETE", f"/api/items/{second['id']}")
    assert not list(running.store.folder.rglob("*.zlib"))


def test_a_capture_from_the_future_is_dated_now_and_one_from_a_clock_never_set_is_refused(api):
    item = api.post("/api/captures", capture(captured_at="9999-12-31T23:59:59Z")).json["item"]
    assert item["captured_at"] == "2026-11-22T12:00:00Z"
    refused = api.post("/api/captures", capture(captured_at="1970-01-01T00:00:09Z"))
    assert (refused.status_code, refused.json["problems"][0]["path"]) == (422, "captured_at")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("quotes", lambda number: {"quotes": [{"text": f"quote {number} {n}"} for n in range(50)]}),
        ("commentary", lambda number: {"commentary": f"View {number}"}),
    ],
)
def test_words_for_which_an_item_has_no_room_are_refused_not_dropped(api, field, words):
    for number in range(200):
        answer = api.post("/api/captures", capture(html=None, **words(number)))
        if answer.status_code == 422:
            break
        item = answer.json["item"]
    assert answer.json["problems"] == [{"path": field, "message": "the article holds 100 already"}]
    assert (len(item["quotes"]), len(item["later_views"])) in ((100, 0), (0, 100))
    assert contract.check("item", item) == []
    assert {**api.get(f"/api/items/{item['id']}").json, "article": item["article"]} == item


def test_a_pdf_stays_where_its_page_is_sent_later(api, running):
    pdf = base64.b64encode(b"%PDF-1.7 a small one").decode()
    item = api.post("/api/captures", capture(html=None, pdf=pdf)).json["item"]
    again = api.post("/api/captures", capture()).json["item"]
    assert (again["id"], again["link_only"]) == (item["id"], False)
    assert running.store.texts.get(again["page_hash"]) == pdf


@pytest.fixture
def meanwhile(running, monkeypatch):
    """Lets something happen after the first look at the store, while the page is read."""

    def happens(act):
        read = running.reader.read
        monkeypatch.setattr(running, "reader", SimpleNamespace(read=lambda *page: (act(), read(*page))[1]))

    return happens


def test_a_view_written_while_the_page_is_read_stays(api, meanwhile):
    item = api.post("/api/captures", capture(html=None)).json["item"]
    meanwhile(lambda: api("PATCH", f"/api/items/{item['id']}", {"commentary": "Written meanwhile."}))
    assert api.post("/api/captures", capture()).json["item"]["commentary"] == "Written meanwhile."


def test_an_item_deleted_while_the_page_is_read_does_not_come_back(api, meanwhile):
    item = api.post("/api/captures", capture(html=None)).json["item"]
    meanwhile(lambda: api("DELETE", f"/api/items/{item['id']}"))
    again = api.post("/api/captures", capture())
    assert again.status_code == 201
    assert again.json["item"]["id"] != item["id"]


def test_a_page_that_could_not_be_read_is_read_when_it_is_sent_again(api, running, monkeypatch):
    sent = capture()
    with monkeypatch.context() as failing:
        failing.setattr(running, "reader", SimpleNamespace(read=lambda *_: None))
        item = api.post("/api/captures", sent).json["item"]
    assert item["link_only"] is True
    again = api.post("/api/captures", sent).json["item"]
    assert (again["id"], again["link_only"], again["capture_ids"]) == (item["id"], False, item["capture_ids"])


def test_a_canonical_address_that_is_too_long_does_not_count(api):
    item = api.post("/api/captures", capture(canonical_url=f"https://vakblad.example/{'é' * 1500}")).json["item"]
    assert item["identity_url"] == "https://vakblad.example/slaap/ploegendienst"


def test_a_link_is_kept_as_a_link_and_says_so(api):
    link = {name: value for name, value in capture().items() if name != "html"}
    item = api.post("/api/captures", link).json["item"]
    assert item["link_only"] is True
    assert item["article"]["reading_minutes"] == 0


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://user:password@example.com/"}, "url"),
        ({"url": "https://example.com/\r\nX: y"}, "url"),
        ({"url": f"https://example.com/{'é' * 1500}"}, "url"),
        ({"title": "x" * 1_000_000}, "title"),
        ({"captured_at": "1e999"}, "captured_at"),
        ({"quotes": [{"text": "a"}, {"text": 3}]}, "quotes[1].text"),
        ({"client": {"name": "x"}}, "client.version"),
        ({"id": "../../etc"}, "id"),
    ],
)
def test_a_bad_capture_is_refused_naming_the_field_and_nothing_is_stored(api, running, changes, path):
    response = api.post("/api/captures", capture(**changes))
    assert response.status_code == 422
    assert [problem["path"] for problem in response.json["problems"]] == [path]
    assert not len(running.store.items)
    assert not list(running.store.folder.rglob("*.zlib"))


BODIES = [
    b"",
    b"{",
    b"[]",
    b"\xff\xfe{}",
    b'{"a": NaN}',
    b'{"a": 1e999}',
    b'"\\ud800"',
    b'{"title": 123456789012345678901234567890}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:20]))
def test_a_body_that_is_no_record_is_refused(api, running, body):
    response = api.post("/api/captures", data=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert set(response.json) == {"error", "problems"}
    assert not len(running.store.items)


def test_unknown_fields_are_not_stored_and_never_choose_the_id(api, running):
    extra = {"doc_id": "evil", "_id": "evil", "__proto__": {"x": 1}, "status": "published"}
    item = api.post("/api/captures", {**capture(), **extra}).json["item"]
    assert item["status"] == "queued"
    assert b"evil" not in kept_on_disk(running)


def test_captures_at_the_same_moment_make_one_item_each(app, api):
    from tests.integration.conftest import Caller

    sent = [capture(url=f"https://vakblad.example/{n % 5}") for n in range(20)]
    threads = [threading.Thread(target=Caller(app, api.token).post, args=("/api/captures", one)) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    items = api.get("/api/items").json["items"]
    assert len(items) == 5
    assert len({item["number"] for item in items}) == 5
