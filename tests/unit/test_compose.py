"""A post's text: what the user wrote, and under it what they chose. Nothing of Kwartier's own."""

import pytest

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.posting.channels import NAMES, channel_of
from companion.editorial.posting.compose import compose

VIEW = "Wie meepraat over het rooster,\nblijft."
LINK = "https://vakblad.example/slaap"
LINKEDIN = channel_of("LinkedIn")


def row(**fields):
    post = {"commentary": VIEW, "link": LINK, "hashtags": ("slaap", "zorg"), "people": ("Sanne de Wit", "Jan Brouwer")}
    return PlanRow(id="1", status="planned", **{**post, **fields})


def test_the_view_comes_first_as_it_was_written_and_the_rest_under_it():
    assert compose(row(), LINKEDIN) == f"{VIEW}\n\n{LINK}\n\n#slaap #zorg\n\nSanne de Wit, Jan Brouwer"


@pytest.mark.parametrize("name", ["X", "Bluesky"])
def test_where_every_sign_counts_no_blank_line_is_spent(name):
    assert compose(row(), channel_of(name)) == f"{VIEW}\n{LINK}\n#slaap #zorg\nSanne de Wit, Jan Brouwer"


@pytest.mark.parametrize(
    ("left_out", "gone"),
    [("with_link", LINK), ("with_hashtags", "#slaap #zorg"), ("with_people", "Sanne de Wit, Jan Brouwer")],
)
def test_each_part_can_be_left_out(left_out, gone):
    assert compose(row(), LINKEDIN, **{left_out: False}) == compose(row(), LINKEDIN).replace(f"\n\n{gone}", "")


@pytest.mark.parametrize(
    ("view", "under"),
    [
        ("Over #Slaap dus.", [LINK, "#zorg", "Sanne de Wit, Jan Brouwer"]),
        ("Over #slaapdienst dus.", [LINK, "#slaap #zorg", "Sanne de Wit, Jan Brouwer"]),
        ("Over slaap dus.", [LINK, "#slaap #zorg", "Sanne de Wit, Jan Brouwer"]),
        (f"Lees {LINK} eens.", ["#slaap #zorg", "Sanne de Wit, Jan Brouwer"]),
        (f"Gelezen ({LINK})?", ["#slaap #zorg", "Sanne de Wit, Jan Brouwer"]),
        ("Met sanne de wit en @Jan Brouwer.", [LINK, "#slaap #zorg"]),
        ("Met sanne@Jan Brouwer.", [LINK, "#slaap #zorg", "Sanne de Wit, Jan Brouwer"]),
    ],
)
def test_what_the_view_says_is_not_said_again(view, under):
    assert compose(row(commentary=view), LINKEDIN) == "\n\n".join([view, *under])


@pytest.mark.parametrize("other", ["{}-2", "{}/2", "{}?p=2", "{}.html", "https://web.example/?to={}", "x{}"])
def test_another_address_is_not_the_link(other):
    view = f"Zie {other.format(LINK)} ook."
    assert compose(row(commentary=view, hashtags=(), people=()), LINKEDIN) == f"{view}\n\n{LINK}"


@pytest.mark.parametrize(
    ("people", "line"),
    [
        (("@sanne", "@jan"), "@sanne @jan"),
        (("Jansen, Piet", "Sanne de Wit"), "Jansen, Piet; Sanne de Wit"),
        (("Sanne", "sanne"), "Sanne"),
    ],
)
def test_names_stand_as_they_were_typed(people, line):
    assert compose(row(people=people), LINKEDIN).splitlines()[-1] == line


@pytest.mark.parametrize("name", [*NAMES, "Nieuwsbrief"])
def test_no_word_is_ever_added(name):
    assert compose(row(commentary=" \n", link="", hashtags=(), people=()), channel_of(name)) == ""
    assert compose(row(link="", hashtags=(), people=()), channel_of(name)) == VIEW
