"""The plan for services that post at a set time, column by column: Buffer, Publer and Hootsuite."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.editorial.content_plan.rows import PlanRow
from companion.exports import FORMATS
from companion.exports.plan import Plan
from companion.exports.schedulers import post_cell, split
from tests.unit.plans import TUESDAY, planned

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
LINK = "https://nrc.nl/uitspraak"
IMAGE, VIDEO, PDF = (f"https://bestanden.example/een.{ending}" for ending in ("jpg", "mp4", "pdf"))
MOST = {"buffer": 100, "publer": 500, "hootsuite": 350}


def row(row_id="s1", day=TUESDAY, **changes):
    words = {"commentary": "Mijn kijk.", "link": LINK, "topic": "Arbeidsrecht", "hashtags": ("recht",)}
    return planned(row_id, day, **(words | changes))


def files(name, *rows, zone="Europe/Amsterdam"):
    """By the name of each file its bytes."""
    plan = Plan(date(2026, 11, 23), date(2027, 4, 30), zone, rows, [], [], NOW)
    return {part: FORMATS[name].render(each) for part, each in FORMATS[name].split(plan)}


def lines(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def only(name, *rows, **more):
    """The lines of the one file, without its headers."""
    [content] = files(name, *rows, **more).values()
    return lines(content)[0 if name == "hootsuite" else 1 :]


def test_buffer_has_its_four_columns():
    [content] = files("buffer", row()).values()
    assert content.startswith(b"Text,Image URL,Tags,Posting Time\r\n")
    text = f"Mijn kijk.\n\n{LINK}\n\n#recht"
    assert lines(content)[1:] == [[text, "", "Arbeidsrecht", "2026-11-24 08:40"]]


def test_publer_has_its_twelve_columns():
    [content] = files("publer", row()).values()
    headers, line = lines(content)
    assert headers == [
        "Date - Intl. format or prompt",
        "Text",
        "Link(s) - Separated by comma for FB carousels",
        "Media URL(s) - Separated by comma",
        "Title - For the video, pin, PDF ..",
        "Label(s) - Separated by comma",
        "Alt text(s) - Separated by ||",
        "Comment(s) - Separated by ||",
        "Pin board, FB album, or Google category",
        "Post subtype - I.e. story, reel, PDF ..",
        "CTA - For Facebook links or Google",
        "Reminder - For stories, reels, shorts, and TikToks",
    ]
    assert line == ["2026-11-24 08:40", "Mijn kijk.\n\n#recht", LINK, "", "", "Arbeidsrecht", *[""] * 6]


def test_hootsuite_has_no_headers_and_american_dates():
    assert only("hootsuite", row()) == [["11/24/2026 08:40", "Mijn kijk.\n\n#recht", LINK]]


@pytest.mark.parametrize("name", MOST)
def test_the_first_letters_are_those_of_the_first_cell(name):
    """A byte order mark would stand before the header or the date."""
    [content] = files(name, row(commentary="Café 🚀")).values()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert "Café 🚀" in content.decode()


@pytest.mark.parametrize("name", MOST)
def test_without_posts_there_is_a_file_all_the_same(name):
    assert only(name) == []


@pytest.mark.parametrize("name", MOST)
@pytest.mark.parametrize(
    "left_out",
    [
        row(commentary=" "),
        row(status="published"),
        row(status="open"),
        row(status="open", kind="own", commentary=""),
        row(day=date(2026, 11, 23), clock=time(8, 5)),  # This very minute.
        PlanRow(id="i1", status="queued", title="Later", link=LINK, commentary="Mijn kijk."),
    ],
    ids=["without a view", "out already", "an empty slot", "own without words", "over", "without a date"],
)
def test_only_posts_ahead_with_the_users_words_go_in(name, left_out):
    own = row("own", status="open", kind="own", link="", title="")
    assert len(only(name, left_out, own)) == 1


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 11, 24), "America/New_York", "2026-11-24 14:40"),
        (date(2027, 3, 16), "America/New_York", "2027-03-16 13:40"),  # Its clocks are ahead already, ours are not yet.
        (date(2027, 3, 30), "America/New_York", "2027-03-30 14:40"),
        (date(2026, 11, 24), "Asia/Tokyo", "2026-11-24 00:40"),
    ],
)
def test_times_are_those_of_the_users_own_clock(day, zone, expected):
    [[*_, told]] = only("buffer", row(day=day, zone=zone))
    assert told == expected


@pytest.mark.parametrize(
    ("made", "buffer", "publer"),
    [
        ({"creation_link": IMAGE, "creation_ready": True}, IMAGE, (IMAGE, "", "")),
        ({"creation_link": f"{IMAGE}?v=1", "creation_ready": True}, f"{IMAGE}?v=1", (f"{IMAGE}?v=1", "", "")),
        ({"creation_link": VIDEO, "creation_ready": True}, "", (VIDEO, "Rechter wijst vordering af", "")),
        ({"creation_link": PDF, "creation_ready": True}, "", (PDF, "Rechter wijst vordering af", "PDF")),
        ({"creation_link": PDF, "creation_ready": True, "kind": "own"}, "", (PDF, "Arbeidsrecht", "PDF")),
        ({"creation_link": IMAGE}, "", ("", "", "")),
        ({"creation_link": IMAGE.replace("https", "http"), "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": "op de schijf: een.jpg", "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": f"{IMAGE},{IMAGE}", "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": "https://bestanden.example/map", "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": "https://[foto].jpg", "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": "https://[foto", "creation_ready": True}, "", ("", "", "")),
        ({"creation_link": "https://a℀b.example/een.jpg", "creation_ready": True}, "", ("", "", "")),
    ],
)
def test_what_was_made_goes_along_where_the_service_can_fetch_it(made, buffer, publer):
    [[_, image, *_]] = only("buffer", row(**made))
    assert image == buffer
    [line] = only("publer", row(**made))
    assert (line[3], line[4], line[9]) == publer
    # A post of a file is none of a link, which then stands in its text.
    assert (LINK in line[1], line[2]) == ((True, "") if publer[0] else (False, LINK))


def test_a_link_that_the_words_have_is_not_given_again():
    wrote = row(commentary=f"Lees {LINK} eens.", hashtags=())
    assert [line[1:] for line in only("hootsuite", wrote)] == [[f"Lees {LINK} eens.", ""]]


@pytest.mark.parametrize("name", MOST)
def test_a_link_is_given_also_where_the_words_have_a_longer_one(name):
    [line] = only(name, row(commentary=f"Anders dan {LINK}-vervolg zegt.", hashtags=()))
    assert any(cell.endswith(LINK) for cell in line)


@pytest.mark.parametrize("name", MOST)
def test_where_semicolons_part_the_cells_no_cell_begins_as_a_formula_either(name):
    image = "https://bestanden.example/a;=1+41;b.jpg"
    sly = row(link="https://evil.example/a;=1+41;b", creation_link=image, creation_ready=True)
    [content] = files(name, sly).values()
    cells = [cell for line in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell.startswith("=")]
    # Every text is in quotes, so that it is one cell for LibreOffice and those like it.
    text, *_ = content.decode().split("\r\n")[name != "hootsuite" :]
    assert text.startswith('"')
    # A link that the words have is not given again because it is written otherwise.
    said = only(name, row(commentary="Lees https://a.example/a;b", link="https://a.example/a;b"))
    assert not any("%3B" in cell for line in said for cell in line)


@pytest.mark.parametrize("name", MOST)
def test_only_handles_are_named(name):
    """A bare name that nobody makes a tag of would stand there for no reason."""
    [line] = only(name, row(people=("Anna de Vries", "@bob", "@carla@social.example")))
    text = next(cell for cell in line if "Mijn kijk." in cell)
    assert text.endswith("@bob @carla@social.example")
    assert "Anna" not in text


@pytest.mark.parametrize("text", ["=1+1", "+31", "@SUM(A1)"])
def test_a_label_or_title_is_no_formula(text):
    [line] = only("publer", row(topic=text, title=text, creation_link=PDF, creation_ready=True))
    assert (line[4], line[5]) == (f"'{text}", f"'{text}")
    [line] = only("buffer", row(topic=text))
    assert line[2] == f"'{text}"


@pytest.mark.parametrize("name", MOST)
def test_no_control_character_goes_out(name):
    [content] = files(name, row(commentary="Een\x00 \x1b[0mkijk.", link="https://a.example/\x07b")).values()
    assert not any(ord(letter) < 32 and letter not in "\r\n" for letter in content.decode())


def test_a_comma_makes_no_two_labels_and_no_two_links():
    [line] = only("publer", row(topic="Recht, zorg", link="https://nrc.nl/a,b"))
    assert (line[2], line[5]) == ("https://nrc.nl/a%2Cb", "Recht zorg")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Mijn kijk.", "Mijn kijk."),
        ("- een\n- twee", "– een\n– twee"),
        ("-1% is veel", "–1% is veel"),
        ("@anna, dit is voor jou", "@anna, dit is voor jou"),
        ("@anna@social.example", "@anna@social.example"),
        *((text, text) for text in ("@anna's punt", "@anna’s punt", "@anna/@bob", "@anna…", "@Anna👏", "@anna! Mooi")),
        *((text, text) for text in ("@anna - welke gemeente(s)?", "@anna-marie, zie art. 7(2)", "@anna: kijk (even)")),
        *((text, f"'{text}") for text in ("@SUM (A1:A9)", '@HYPERLINK ("http://x";1)', "@Blad1!A1", "@'Blad 1'!A1")),
        *((text, f"'{text}") for text in ('@A1+HYPERLINK("http://x")', "@A1\n+HYPERLINK (B1)", "@ SUM(A1)")),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("@x cmd|'/c calc'!A1", "'@x cmd|'/c calc'!A1"),
        ("=1+1", "'=1+1"),
        ("+1 voor dit", "'+1 voor dit"),
    ],
)
def test_no_text_is_a_formula_and_none_gets_a_sign_that_would_be_posted_without_need(text, cell):
    assert post_cell(text) == cell


@pytest.mark.parametrize("name", MOST)
def test_one_channel_a_file(name):
    rows = [
        row("a"),
        row("b", channel="X"),
        row("c", channel="linkedin "),
        row("d", channel="博客"),
        row("e", channel="X!"),
    ]
    found = {part: len(lines(content)) - (name != "hootsuite") for part, content in files(name, *rows).items()}
    assert found == {"linkedin": 2, "x": 1, "channel": 1, "x-2": 1}


@pytest.mark.parametrize(("name", "most"), MOST.items())
def test_what_is_over_the_limit_goes_into_more_files(name, most):
    rows = [row(str(number), TUESDAY + timedelta(days=number % 90)) for number in range(2 * most + 1)]
    counts = {part: len(lines(content)) - (name != "hootsuite") for part, content in files(name, *rows).items()}
    assert counts == {"linkedin": most, "linkedin-2": most, "linkedin-3": 1}


@given(st.lists(st.sampled_from(["LinkedIn", "X", "x 2", "X-2", "Blog", "blog!", "—"]), max_size=30), st.integers(1, 4))
def test_no_post_is_lost_and_none_comes_twice(channels, most):
    rows = [row(str(number), channel=channel) for number, channel in enumerate(channels)]
    plan = Plan(date(2026, 11, 23), date(2027, 4, 30), "Europe/Amsterdam", rows, [], [], NOW)
    parts = list(split(most)(plan))
    assert Counter(each.id for _, part in parts for each in part.rows) == Counter(each.id for each in rows)
    assert len({name for name, _ in parts}) == len(parts)
    assert all(len(part.rows) <= most and len({each.channel for each in part.rows}) <= 1 for _, part in parts)
