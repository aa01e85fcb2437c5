"""Search over the API: the articles' text too, with the passage that was found."""

import pytest

from tests.integration.conftest import capture


def ids(response):
    return [item["id"] for item in response.json["items"]]


@pytest.fixture
def sent(api):
    """An article with text and a link without, the newest first."""
    with_text = api.post("/api/captures", capture()).json["item"]["id"]
    link = api.post("/api/captures", capture(url="https://a.example/1", html=None, title="Verzuim in cijfers"))
    return [link.json["item"]["id"], with_text]


def test_the_text_of_an_article_is_searched_and_shown(api, sent):
    response = api.get("/api/items?q=verpleegkundige+rooster&snippets=1")
    assert ids(response) == [sent[1]]
    parts = response.json["snippets"][sent[1]]
    assert [part["text"] for part in parts if part["is_match"]][:2] == ["verpleegkundigen", "rooster"]
    assert "".join(part["text"] for part in parts).startswith("Drie ziekenhuizen lieten hun verpleegkundigen zelf")


def test_where_the_title_alone_matches_there_is_no_snippet(api, sent):
    response = api.get("/api/items?q=verzuim&snippets=1")
    assert ids(response) == sent
    assert list(response.json["snippets"]) == [sent[1]]


@pytest.mark.parametrize("query", ["", "?q=", "?q=verzuim", "?q=verzuim&snippets=0"])
def test_who_does_not_ask_for_snippets_does_not_wait_for_them(api, sent, query):
    response = api.get(f"/api/items{query}")
    assert ids(response) == sent
    assert "snippets" not in response.json


def test_a_list_without_a_query_has_no_passages(api, sent):
    assert api.get("/api/items?snippets=1").json["snippets"] == {}
    assert api.get("/api/items?snippets=all").status_code == 422


def test_a_search_has_pages_and_may_be_of_one_status(api, sent):
    api("PATCH", f"/api/items/{sent[0]}", {"status": "dropped"})
    first = api.get("/api/items?q=verzuim&limit=1")
    assert ids(first) == sent[:1]
    second = api.get(f"/api/items?q=verzuim&limit=1&cursor={first.json['next_cursor']}")
    assert ids(second) == sent[1:]
    assert second.json["next_cursor"] is None
    assert ids(api.get("/api/items?q=verzuim&status=queued")) == sent[1:]
    assert ids(api.get("/api/items?q=verzuim&status=published")) == []


def test_what_was_deleted_is_not_found(api, sent):
    api("DELETE", f"/api/items/{sent[1]}")
    assert ids(api.get("/api/items?q=verzuim")) == sent[:1]


@pytest.mark.parametrize("query", ["%22%20OR%20*", "NEAR(", "%00", "%22%22%22", "%F0%9F%99%82", "x" * 8_000, "%ff"])
def test_a_strange_query_is_answered(api, sent, query):
    assert api.get(f"/api/items?q={query}&snippets=1").status_code == 200
