"""The plan as a note: by week, and nothing a page or person wrote can break out of its place."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.printable import printable
from companion.exports import WORDS
from companion.exports.markdown import render
from companion.exports.plan import Plan
from tests.unit.plans import TUESDAY, planned

LINK = "https://nrc.nl/uitspraak"


def row(row_id="s1", day=TUESDAY, **changes):
    return planned(row_id, day, **({"link": LINK, "preparation": 25} | changes))


def note(*rows, last=date(2026, 11, 29), say=lambda word: word):
    plan = Plan(date(2026, 11, 23), last, "Europe/Amsterdam", rows, [], [], datetime(2026, 11, 23, tzinfo=UTC))
    return render(plan, say).decode()


def plain(markdown):
    """Markdown's two ways to write a character, read back: a backslash before it, or its number."""
    return re.sub(r"\\(.)|&#(\d+);", lambda match: match[1] or chr(int(match[2])), markdown)


def title_in(markdown):
    [line] = [line for line in markdown.split("\n") if line.startswith(("  [", "- ["))]
    return plain(re.fullmatch(r"(?:  |- )\[(.*)]\(<.*>\)", line)[1])


def test_a_week_reads_as_a_person_would_write_it():
    full = row(
        source="NRC",
        commentary="Eerst dit.\n\n1. Dan dat",
        topic="Arbeidsrecht",
        people=("Anna de Vries", "Jansen, P."),
        hashtags=("arbeidsrecht", "wet_ai"),
        creation_needed="photo",
    )
    waiting = PlanRow(id="i1", status="queued", title="R&D: 50% in één jaar", link=LINK)
    assert (
        note(full, waiting, last=date(2026, 12, 6))
        == """\
# Content plan 2026-11-23 – 2026-12-06

## Week 48 (2026-11-23 – 2026-11-29)

- **Tuesday 2026-11-24 08:40** · LinkedIn · commentary · planned

  [Rechter wijst vordering af](<https://nrc.nl/uitspraak>) · NRC

  > Eerst dit.
  >
  > 1\\. Dan dat

  Topic: Arbeidsrecht · People: Anna de Vries; Jansen, P. · Hashtags: #arbeidsrecht #wet_ai · \
Creation needed: photo · Preparation: 25 min

## Week 49 (2026-11-30 – 2026-12-06)

Nothing planned yet.

## Without a date

- [R&D: 50% in één jaar](<https://nrc.nl/uitspraak>)

  *Your own view is still to come.*
"""
    )


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ({"creation_needed": "photo", "creation_ready": True}, "Creation needed: photo, ready"),
        ({"creation_needed": "none", "creation_ready": True}, "Creation needed: ready"),
        ({"creation_link": "https://a.example/*.jpg"}, "Creation link: https://a.example/\\*.jpg"),
        ({"post_url": "https://social.example/p/1"}, "Preparation: 25 min · Post link: https://social.example/p/1"),
    ],
)
def test_what_is_made_for_a_post_and_where_it_went_out_is_told(made, shown):
    assert f"  {shown}" in note(row(**made))


def test_an_open_slot_is_a_line_with_its_preparation():
    assert note(row(status="open", title="", link="")).endswith("""\
- **Tuesday 2026-11-24 08:40** · LinkedIn · commentary · open

  Preparation: 25 min
""")


def test_another_zone_than_the_plans_is_said():
    assert "**Tuesday 2026-11-24 08:40** (America/New_York) ·" in note(row(zone="America/New_York"))


def test_weeks_start_on_monday_and_cross_the_year():
    shown = note(row("a", date(2026, 12, 31)), row("b", date(2027, 1, 4)), last=date(2027, 1, 5))
    weeks = [line for line in shown.split("\n") if line.startswith("## ")]
    assert weeks[-2:] == ["## Week 53 (2026-12-28 – 2027-01-03)", "## Week 1 (2027-01-04 – 2027-01-10)"]
    assert shown.index("2026-12-31 08:40") < shown.index("## Week 1 (") < shown.index("2027-01-04 08:40")


HOSTILE = [
    "---",
    "--- titel: x ---",
    "[[Notitie]]",
    "](https://evil.example) [x",
    "`code` en ```hek```",
    "</script><script>alert(1)</script>",
    "<!-- weg",
    "# kop",
    "eerste\nregel twee\n\n# kop",
    "a\r\n- b",
    "**vet** _schuin_ ~~door~~ ==geel== %%weg%% $x$ ^blok",
    "| a | b |",
    "C:\\New\\",
    "&amp; &#35; &copy;",
    "{{ sjabloon }} {% if %}",
    "1. lijst",
    "\u202eomgekeerd",
    "🚀 ‘citaat’",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_reads_back_as_it_was(title):
    assert title_in(note(row(title=title))) == title.replace("\r\n", "\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_adds_a_line_of_its_own_making(text):
    """Every line of the note starts as one of ours, and what follows holds no bare mark."""
    shown = note(
        row(
            title=text,
            topic=text,
            source=text,
            channel=text,
            people=(text,),
            hashtags=(text,),
            commentary=text,
        )
    )
    starts = ("# Content plan", "## Week", "- **", "  [", "  > ", "  >", "  Topic: ")
    assert all(line.startswith(starts) for line in shown.split("\n") if line)
    assert "<script" not in re.sub(r"\\.", "", shown)
    assert "[[" not in shown


@given(
    st.text(
        st.one_of(st.sampled_from("\\`*_[]<>#|~-=&;%(). \n1a"), st.characters(exclude_categories=["Cs"])),
        min_size=1,
    )
)
@example("!__x y__!")
@example("a&#10;b")
def test_any_title_reads_back(title):
    """Control characters are left out."""
    shown = f"x{title}"
    assert title_in(note(row(title=shown))) == printable(shown)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- eerst", "> \\- eerst"),
        ("+ eerst", "> \\+ eerst"),
        ("12. eerst", "> 12\\. eerst"),
        ("12) eerst", "> 12\\) eerst"),
        ("---", "> \\-\\--"),
        ("===", "> \\=\\=="),
        ("=", "> \\="),
        ("    ingesprongen", "> ingesprongen"),
        ("> citaat", "> \\> citaat"),
        ("2026 was goed - 12.5% beter", "> 2026 was goed - 12.5% beter"),
    ],
)
def test_a_view_stays_a_quotation_of_plain_lines(line, shown):
    assert f"  {shown}\n" in note(row(commentary=f"Eerst.\n{line}\nLaatst."))


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://nl.wikipedia.org/wiki/Recht_(wet)", "https://nl.wikipedia.org/wiki/Recht_(wet)"),
        ("https://a.example/?x=1&y=2", "https://a.example/?x=1&y=2"),
        ("https://a.example/?x=1&copy;=2", "https://a.example/?x=1\\&copy;=2"),
        ("https://a.example/>)<b>", "https://a.example/\\>)\\<b\\>"),
    ],
)
def test_an_address_stays_inside_its_brackets(link, shown):
    assert f"](<{shown}>)" in note(row(link=link))


def test_only_the_fixed_words_are_translated():
    asked = []

    def say(word):
        asked.append(word)
        return f"«{word}»"

    shown = note(row(creation_needed="video", topic="photo"), last=date(2026, 12, 6), say=say)
    assert shown.startswith("# «Content plan» 2026-11-23")
    assert "**«Tuesday» 2026-11-24 08:40** · LinkedIn · «commentary» · «planned»" in shown
    assert "«Topic»: photo · «Creation needed»: «video» · «Preparation»: 25 «min»" in shown
    assert set(asked) <= set(WORDS)
