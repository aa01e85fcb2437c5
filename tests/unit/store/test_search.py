"""Searching the items: what finds what, newest first, right after it was written, and never an error."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import companion.store
from tests.unit.store.searching import article, found, keep, until

ROOSTERS = "Ploegendienst zonder schuldgevoel"


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        # every word, in whatever field, in whatever order
        ("ploegendienst", True),
        ("schuldgevoel PLOEGENDIENST", True),
        ("ploegendienst zomer", False),
        ("onregelmatig", True),
        ("mensenwerk noor", True),
        ("vakblad", True),
        ("Brouwer", True),
        ("schrijver", True),
        ("werkdruk", True),
        ("aangehaald", True),
        ("nagekomen", True),
        # a phrase as it stands; one that is not closed yet may go on
        ('"zonder schuldgevoel"', True),
        ('"schuldgevoel zonder"', False),
        ('ploegendienst "zonder schuldg', True),
        ("“zonder schuldgevoel”", True),
        ('"noor ploegendienst"', False),
        # while typing: the last word, or one with an asterisk, is the beginning of a word
        ("ploegendi", True),
        ("ploegendi schuldgevoel", False),
        ("ploegendi* schuldgevoel", True),
        ("endienst", False),
        ("een", True),
        ("ee", False),
        ("ee*", True),
        ("e*", False),
        ('"de ro', True),
        # diacritics and capitals, typed or not
        ("privé", True),
        ("prive leven", True),
        ("PRIVÉLEVEN", False),
        ("reünie", True),
        ("reunie", True),
        ("re\u0308unie", True),
        ("cafe\u0301", True),
        # singular and plural
        ("rooster", True),
        ("roosters dienst", True),
        ("huizen", True),
        ("huis", True),
        ("foto's", True),
        # a hashtag
        ("#verzuim", True),
        ("#verz", True),
        ("#rooster", False),
        ("#Verzuim #slaap", True),
        ("verzuim", True),
        # parts of a word with signs in it
        ("werk-privébalans", True),
        ("werk-priv", True),
        ("b2b", True),
        ("8,5", True),
        ("37%", True),
        # the last word of joined ones in singular and plural
        ("AVG-boetes", True),
        ("avg-boete ", True),
        ("it-contract huis", True),
        ("it-contracten huis", True),
        ("it/contracten", True),
        ("avgs-boete ", False),
        # signs that nobody sees, in the text or in the query
        ("arbeidsongeschiktheid", True),
        ("aansprakelijkheid", True),
        ("verzuimbeleid", True),
        ("loondoorbetaling", True),
        ("on\u00adregel\u00admatig", True),
        ("on\u200bregel\u2060ma\ufefftig", True),
        # letters and digits that are written in another way
        ("financiering", True),
        ("ﬁnanciering", True),
        ("CO2", True),
        ("CO₂", True),
        ("m3", True),
        ("ＣＯ２", True),
    ],
)
def test_what_finds_an_article(store, query, is_found):
    text = (
        "De roosters zijn onregelmatig; de werk-privébalans lijdt. Een dienst in het café, een reunie, een b2b-foto. "
        "Prive leven: 8,5 uur, 37% van het huis. Een AVG-boete onder IT-contracten. "
        "Arbeids\u00adonge\u00adschikt\u00adheid, aan\u200bsprakelijkheid, verzuim\u2060beleid, loon\ufeffdoorbetaling. "
        "De ﬁnanciering van CO₂ per m³."
    )
    keep(
        store,
        1,
        text,
        title=ROOSTERS,
        site_name="Vakblad Zorg",
        authors=["S. Schrijver"],
        commentary="Roosters zijn mensenwerk.",
        people=["Noor de Wit", "Jan Brouwer"],
        hashtags=["verzuim", "slaap"],
        topic="Werkdruk",
        quotes=[{"text": "een aangehaald stuk"}],
        later_views=[{"text": "een nagekomen kijk", "captured_at": "2026-11-22T10:00:00Z"}],
    )
    keep(store, 2, "Iets heel anders.", title="Zomer in Zeeland")
    assert ("item1" in found(store, query)) == is_found


@pytest.mark.parametrize(
    "query",
    [
        '" OR *',
        "NEAR(",
        'NEAR("a" "b", 2)',
        "a AND",
        "NOT a",
        "text : huis",
        "-text:huis",
        "{title text} : x",
        "^huis",
        "a + b",
        '"' * 3,
        '""',
        '#""',
        "#",
        "*",
        "***",
        "(((((",
        "'; DROP TABLE words; --",
        "\0",
        "a\0b",
        "\ud800",
        "🙂",
        "🙂 huis",
        "日本語",
        "א",
        "İstanbul",
        "ß",
        "ﬁ",
        "x" * 10_000,
        "x " * 5_000,
        '"x ' * 3_000,
        "huizen " * 1_000,
        "é" * 10_000,
        "-" * 10_000,
        "\u0301" * 10_000,
    ],
)
def test_nothing_that_is_typed_is_an_error(store, query):
    keep(store, 1, "Een huis.")
    assert set(found(store, query)) <= {"item1"}
    store.search.snippets(query, store.items)
    assert found(store, "huis") == ["item1"]


@given(query=st.text(max_size=60))
def test_no_text_is_an_error(shared, query):
    assert found(shared, query) is not None
    assert shared.search.snippets(query, shared.items) is not None
    assert found(shared, "zeegezicht") == ["item1"]


@given(text=st.text(st.characters(codec="utf-8", max_codepoint=0x1800), max_size=200))
def test_every_word_of_an_article_finds_it(shared, text):
    keep(shared, 2, text)
    for word in text.split():
        if any(map(str.isalnum, unicodedata.normalize("NFKC", word))) and "#" not in word:
            assert "item2" in found(shared, f"{word} ")


@given(word=st.text(string.ascii_letters + "éëïöüçñ", min_size=3, max_size=20), data=st.data())
def test_every_beginning_of_a_word_finds_it(shared, word, data):
    keep(shared, 2, f"Voor {word} na.")
    length = data.draw(st.integers(3, len(word)))
    assert "item2" in found(shared, word[:length])


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One store for many examples."""
    opened = companion.store.open(tmp_path_factory.mktemp("shared") / "data")
    keep(opened, 1, "Een zeegezicht.")
    yield opened
    opened.close()


def test_the_newest_come_first(store):
    store.items.put_all([article(number, title="Overal hetzelfde") for number in range(1, 501)])
    until(lambda: store.search.is_complete)
    hits = store.search.find("hetzelfde")
    assert [next(hits) for _ in range(3)] == ["item500", "item499", "item498"]
    assert len(list(hits)) == 497
    assert list(store.search.find("hetzelfde", 3)) == ["item2", "item1"]
    assert list(store.search.find("hetzelfde", 1)) == []
    assert list(store.search.find("hetzelfde", 0)) == []
    assert list(store.search.find("hetzelfde", -(10**20))) == []
    assert len(list(store.search.find("hetzelfde", 10**20))) == 500


def test_a_change_counts_at_once(store):
    keep(store, 1, "Over slaap.", commentary="Eerste gedachte")
    assert found(store, "gedachte") == ["item1"]
    store.items.put({**store.items.find("item1"), "commentary": "Tweede inval"})
    assert found(store, "gedachte") == []
    assert found(store, "inval slaap") == ["item1"]
    store.items.discard("item1")
    assert found(store, "inval") == []


def test_what_was_taken_back_is_not_found(store):
    keep(store, 1, "Over slaap.")
    with pytest.raises(ZeroDivisionError), store.transaction():
        keep(store, 2, "Over slaap.")
        store.items.discard("item1")
        raise ZeroDivisionError
    assert found(store, "slaap") == ["item1"]


def test_a_number_that_is_given_again_finds_the_new_article_alone(store):
    keep(store, 7, "Over slaap.")
    assert found(store, "slaap") == ["item7"]
    store.items.discard("item7")
    assert found(store, "slaap") == []
    store.items.put({**article(7, title="Over dromen"), "id": "other"})
    assert found(store, "dromen") == ["other"]
    assert found(store, "slaap") == []
