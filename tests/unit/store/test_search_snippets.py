"""Snippets: the passage in which what was looked for stands, with the words marked as they are written there."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import companion.store
from companion.store.search.snippets import LENGTH
from tests.unit.store.searching import keep

PADDING = "Daar gaat het nu niet over. " * 20


def snippet(store, query):
    """The snippet of the first item as one text, its matches in [brackets]; empty where there is none."""
    parts = store.search.snippets(query, [store.items.find("item1")]).get("item1", [])
    return "".join(f"[{part['text']}]" if part["is_match"] else part["text"] for part in parts)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("rooster", "De [roosters] van één huis."),
        ("één", "De roosters van [één] huis."),
        ("EEN huizen", "De roosters van [één] [huis]."),
        ("roost", "De [roosters] van één huis."),
        ("ooster", ""),
        ('"van een"', "De roosters [van één] huis."),
        ('"een van"', ""),
        ("van huis", "De roosters [van] één [huis]."),
        ('huis "van één huis"', "De roosters [van één huis]."),
        ("title", ""),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_what_is_marked(store, query, shown):
    keep(store, 1, "De roosters\nvan één huis.", title="The title")
    assert snippet(store, query) == shown


@pytest.mark.parametrize(
    ("fields", "query", "shown"),
    [
        ({"commentary": "Mijn kijk op slaap."}, "slaap", "Mijn kijk op [slaap]."),
        ({"commentary": "Mijn kijk op slaap."}, "slaap dromen", "Over [slaap] en [dromen]."),
        ({"later_views": [{"text": "Nog een kijk."}]}, "kijk", "Nog een [kijk]."),
        ({"people": ["Noor de Wit", "Jan Brouwer"]}, "brouwer", "Noor de Wit, Jan [Brouwer]"),
        ({"hashtags": ["zorg", "werk"]}, "#werk", "#zorg #[werk]"),
        ({"topic": "Werkdruk"}, "werkdruk", "[Werkdruk]"),
        ({"authors": ["S. Schrijver"]}, "schrijver", "S. [Schrijver]"),
        ({"quotes": [{"text": "Een aangehaald stuk."}]}, "aangehaald", "Een [aangehaald] stuk."),
        ({"title": "Boos", "site_name": "Boze bode"}, "boos bode", ""),
    ],
)
def test_the_users_own_words_come_first_unless_the_text_has_more_of_what_was_asked(store, fields, query, shown):
    keep(store, 1, "Over slaap en dromen.", **fields)
    assert snippet(store, query) == shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("onregelmatig", "Een [onregelmatig] rooster, ﬁscaal, CO₂ en İstanbul."),
        ("on\u00adregel", "Een [onregelmatig] rooster, ﬁscaal, CO₂ en İstanbul."),
        ("fiscaal", "Een onregelmatig rooster, [ﬁscaal], CO₂ en İstanbul."),
        ("co2 istanbul", "Een onregelmatig rooster, ﬁscaal, [CO₂] en [İstanbul]."),
    ],
)
def test_what_is_marked_is_what_was_found_however_it_is_written(store, query, shown):
    keep(store, 1, "Een on\u00adregel\u200bmatig rooster, ﬁscaal, CO₂ en İstanbul.")
    assert snippet(store, query) == unicodedata.normalize("NFKC", shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The title\nDe roosters van één huis.", "De [roosters] van één huis."),
        ("The title of De roosters van één huis.", "The title of De [roosters] van één huis."),
    ],
)
def test_the_title_that_opens_a_text_stands_above_its_snippet_already(store, text, shown):
    keep(store, 1, text, title="The title")
    assert snippet(store, "rooster") == shown


def test_the_passage_with_the_most_of_the_words_is_taken(store):
    keep(store, 1, f"Slaap. {PADDING}Dromen. {PADDING}Wie droomt van slaap en van dromen, rust. {PADDING}")
    shown = snippet(store, "slaap dromen")
    assert shown.startswith("…")
    assert "[slaap] en van [dromen], rust." in shown
    assert shown.endswith("…")


def test_a_snippet_is_cut_between_words(store):
    keep(store, 1, f"{PADDING}Hier staat verzuim in. {PADDING}")
    shown = snippet(store, "verzuim")
    assert set(shown.strip("…").replace("[", "").replace("]", "").split()) <= set(
        f"{PADDING} Hier staat verzuim in.".split()
    )


@given(text=st.text(max_size=400), query=st.text(max_size=20))
def test_a_snippet_is_a_part_of_the_text_and_short(shared, text, query):
    keep(shared, 1, "", commentary=text)
    shown = "".join(part["text"] for part in shared.search.snippets(query, shared.items).get("item1", []))
    assert len(shown) <= 2 * LENGTH


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    opened = companion.store.open(tmp_path_factory.mktemp("shared") / "data")
    yield opened
    opened.close()
