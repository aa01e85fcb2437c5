"""A CSV that was saved in the letters of one system alone: what those lost is no edit."""

import pytest

from tests.unit.plan_sheets import asked, bring_back, edit, edit_csv, take_out
from tests.unit.planning import queue

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"
VIEW = "Één café: mooi 🙂 → verder, Łódź"
WINDOWS = {
    "one question mark for a letter": "Één café: mooi ? ? verder, ?ód?",
    "two for one beyond 16 bits": "Één café: mooi ?? ? verder, ?ód?",
    "a bar": "Één café: mooi _ _ verder, _ód_",
    "letters without their accents": "Één café: mooi ?? ? verder, Lódz",
}


@pytest.fixture
def content(store):
    edit(store, queue(store, title="Łódź 🙂"), date="2026-11-24", commentary=VIEW, topic="Café", hashtags=["łódź"])
    return take_out(store)


@pytest.mark.parametrize("left", WINDOWS.values(), ids=WINDOWS)
def test_what_windows_lost_is_no_edit(store, content, left):
    text = content.decode("utf-8-sig").replace(VIEW, left)
    edited = edit_csv(text.encode("utf-8-sig"), {THU: {"topic": "Één"}})
    assert asked(bring_back(store, saved(edited, "cp1252"))) == {"changes": {THU: {"topic": "Één"}}}
    assert bring_back(store, saved(content, "cp1252")).lines == []


def saved(content, letters):
    return content.decode("utf-8-sig").encode(letters, "replace")


@pytest.mark.parametrize("topic", ["à la carte", "Één é"])
def test_the_letters_of_a_mac_are_told_by_what_the_plan_says(store, content, topic):
    edited = saved(edit_csv(content, {THU: {"topic": topic}}), "mac_roman")
    assert asked(bring_back(store, edited)) == {"changes": {THU: {"topic": topic}}}


@pytest.mark.parametrize("letters", ["cp1252", "mac_roman"])
def test_an_edited_text_that_may_have_lost_letters_is_a_fault(store, content, letters):
    edits = {TUE: {"commentary": f"{VIEW}, en meer", "hashtags": "#łódź #meer", "topic": "Thé"}}
    shown = bring_back(store, saved(edit_csv(content, edits), letters))
    assert asked(shown) == {
        "changes": {TUE: {"topic": "Thé"}},
        "faults": {TUE: {"Commentary": "letters", "Hashtags": "letters"}},
    }
    # As Unicode it has all letters.
    assert "faults" not in asked(bring_back(store, edit_csv(content, edits)))


def test_a_text_that_was_written_anew_is_an_edit(store, content):
    shown = bring_back(store, saved(edit_csv(content, {TUE: {"commentary": "Kort."}}), "cp1252"))
    assert asked(shown) == {"changes": {TUE: {"commentary": "Kort."}}}


def test_a_file_that_lost_all_but_the_plainest_letters_looks_like_any_other(store):
    edit(store, queue(store), date="2026-11-24", commentary="Look here \U0001f642 ½", topic="Sleep")
    content = take_out(store)
    edited = edit_csv(content, {THU: {"topic": "Day"}})
    assert asked(bring_back(store, saved(edited, "ascii"))) == {"changes": {THU: {"topic": "Day"}}}
    doubtful = edit_csv(content, {TUE: {"commentary": "Look ? ?", "topic": "Why?"}})
    assert asked(bring_back(store, saved(doubtful, "ascii"))) == {
        "changes": {TUE: {"topic": "Why?"}},
        "faults": {TUE: {"Commentary": "letters"}},
    }
