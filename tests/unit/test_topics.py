"""Topics: which of the agreement's an article is about, by its words and by what was filed before."""

import pytest

from companion.editorial.agreement import DEFAULT, set_agreement
from companion.editorial.curation import get_item
from companion.editorial.topics import filed_before, find_topic, renew_topics, source
from tests.unit.planning import queue

PENSIONS = {"name": "Pensions", "keywords": ["pensioen", "dekkingsgraad"]}
AI_ACT = {"name": "AI Act", "keywords": ["high-risk", "conformity", "AI-verordening", "C++"]}
TOPICS = [PENSIONS, AI_ACT]


def about(title="", excerpt="", text="", topics=TOPICS):
    return find_topic(topics, {"title": title, "excerpt": excerpt}, text)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("What the AI Act asks of hospitals", "AI Act"),
        ("De AI-verordening in de praktijk", "AI Act"),
        ("De ai verordening in de praktijk", "AI Act"),
        ("High risk, high reward", "AI Act"),
        ("Moderne C++ voor beginners", "AI Act"),
        ("De nieuwe pensioenwet uitgelegd", "Pensions"),
        ("PENSIOENEN onder druk", "Pensions"),
        # Only whole words where a keyword is short, and only the beginning of a word where it is long.
        ("The AI activities of hospitals", ""),
        ("Een prepensioen", ""),
        ("C als eerste taal", ""),
        ("Iets heel anders", ""),
        ("", ""),
    ],
)
def test_one_word_in_the_title_or_the_excerpt_is_enough(words, topic):
    assert about(title=words) == topic
    assert about(excerpt=words) == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Het pensioen kwam een keer ter sprake.", ""),
        ("Het pensioen, en nog eens het pensioen.", "Pensions"),
        ("pensioen pensioen", "Pensions"),
        ("De pensioenwet en de dekkingsgraad.", "Pensions"),
    ],
)
def test_in_the_text_it_takes_two(text, topic):
    assert about(title="Zonder woorden", text=text) == topic


@pytest.mark.parametrize(
    ("keyword", "title"), [("coördinatie", "COORDINATIE in de keten"), ("financien", "De financiën"), ("Maß", "MASS")]
)
def test_accents_and_capitals_make_no_difference(keyword, title):
    assert about(title=title, topics=[{"name": "It", "keywords": [keyword]}]) == "It"


def test_the_title_goes_before_any_number_of_words_in_the_text():
    assert about(title="Conformity is no formality", text="pensioen " * 500) == "AI Act"
    assert about(title="Pensioen en AI Act: pensioen", text="") == "Pensions"


def test_of_topics_that_are_as_near_the_first_one_is_it():
    assert about(title="Conformity en pensioen") == "Pensions"
    assert about(title="Conformity en pensioen", topics=[AI_ACT, PENSIONS]) == "AI Act"


@pytest.mark.parametrize("topics", [[], [{"name": "!!!", "keywords": ["–", " "]}]])
def test_topics_without_words_find_nothing(topics):
    assert about(title="What the AI Act asks – !!!", topics=topics) == ""


def filed(topic, url="https://vakblad.example/1", kind="article", authors=()):
    return {"topic": topic, "article": {"url": url, "kind": kind, "authors": list(authors)}}


@pytest.mark.parametrize(
    ("topics", "habit"),
    [
        ([], ""),
        (["Sleep"], ""),
        (["Sleep", "Sleep"], "Sleep"),
        (["sleep", "Sleep "], "sleep"),
        (["Sleep", "Sleep", "Work"], "Sleep"),
        (["Sleep", "Sleep", "Work", "Work"], ""),
        (["Sleep", "Work", "", ""], ""),
    ],
)
def test_a_source_has_a_topic_once_most_of_it_was_filed_under_it(topics, habit):
    kept = filed_before(filed(topic, f"https://www.vakblad.example/{n}") for n, topic in enumerate(topics))
    assert kept.topic_of(filed("", "https://vakblad.example/new")["article"]) == habit
    assert kept.topic_of(filed("", "https://elsewhere.example/new")["article"]) == ""


def test_where_anyone_may_publish_the_author_is_the_source():
    by_anna = filed("Sleep", "https://social.example/1", "post", ["Anna"])
    by_bert = filed("", "https://social.example/2", "post", ["Bert"])
    kept = filed_before([by_anna, by_anna])
    assert kept.topic_of(by_anna["article"]) == "Sleep"
    assert kept.topic_of(by_bert["article"]) == ""
    assert source(filed("", "https://www.site.example/a", "article", ["Anna"])["article"]) == "site.example"


def test_a_capture_is_told_its_topic(store):
    set_agreement(store, {**DEFAULT, "topics": TOPICS})
    assert get_item(store, queue(store, 1, title="De nieuwe pensioenwet"))["found_topic"] == "Pensions"
    assert get_item(store, queue(store, 2, title="Iets anders"))["found_topic"] == ""


def test_other_topics_find_what_waits_anew_and_leave_the_rest(store):
    waiting, dropped = (queue(store, n, title="De nieuwe pensioenwet") for n in (1, 2))
    store.items.put({**get_item(store, dropped), "status": "dropped"})
    before = get_item(store, dropped)
    renew_topics(store, TOPICS)
    assert get_item(store, waiting)["found_topic"] == "Pensions"
    assert get_item(store, dropped) == before
    renew_topics(store, [])
    assert get_item(store, waiting)["found_topic"] == ""


def test_of_what_waits_behind_many_others_no_text_is_read_and_no_topic_stays_that_is_gone(store, monkeypatch):
    monkeypatch.setattr("companion.editorial.topics.MOST_READ", 0)
    titles = ["De nieuwe pensioenwet", "Iets anders", "Nog iets"]
    ids = [queue(store, number, title=title) for number, title in enumerate(titles, 1)]
    for item_id, name in zip(ids, ["", "AI Act", "Gone"], strict=True):
        store.items.put({**get_item(store, item_id), "found_topic": name, "text_hash": "not to be read"})
    renew_topics(store, TOPICS)
    assert [get_item(store, item_id)["found_topic"] for item_id in ids] == ["Pensions", "AI Act", ""]
