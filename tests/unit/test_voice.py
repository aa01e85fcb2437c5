"""How much of a view is the user's own."""

import pytest

from companion.editorial.voice import compare

ARTICLE = "Niet het rooster maakt het verschil, maar wie erover mag meepraten. Dat zagen drie ziekenhuizen."
QUOTE = "wie erover mag meepraten"


@pytest.mark.parametrize(
    ("view", "exempt", "words", "share", "run"),
    [
        ("", [], 0, 0.0, 0),
        ("Bij ons op kantoor ging het heel anders.", [], 8, 0.0, 0),
        ("Niet het rooster maakt het verschil", [], 6, 1.0, 6),
        ("Mooi: niet het rooster maakt het, vind ik", [], 8, 5 / 8, 5),
        ("Precies: wie erover mag meepraten telt.", [QUOTE], 2, 0.0, 0),
        ("NIET HET ROOSTER MAAKT", [], 4, 1.0, 4),
        ("drie woorden zagen", [], 3, 0.0, 0),
    ],
)
def test_runs_of_four_words_from_the_article_are_not_ones_own(view, exempt, words, share, run):
    voice = compare(view, ARTICLE, exempt)
    assert (voice.words, voice.copied_share, voice.longest_run) == (words, pytest.approx(share), run)
