"""Which lines of an article say again what others say, and which only look alike."""

import pytest

from companion.editorial.extraction.lines import lines_of
from companion.editorial.extraction.parsing import parse
from companion.editorial.extraction.repeats import repeats

LINES = [
    f"In week {n} wisselden er {n} collega's van dienst, en niemand hoefde daar iemand voor te bellen."
    for n in range(20)
]
PLANNER = "De planner kijkt er op vrijdag naar, en hoeft sindsdien niemand meer te bellen voor een gat in de week."
STORY = "".join(f"<p>{line}</p>" for line in [*LINES, PLANNER])
QUOTE = "hoeft sindsdien niemand meer te bellen voor een gat"
ARTICLES = "".join(
    f"<p>De eigenaar van een huis is verplicht te melden dat nummer {n} er staat.</p>" for n in range(25)
)


def said_again(html):
    return [line.text for line in repeats(lines_of(parse(f"<body><article>{STORY}</article>{html}</body>")))]


@pytest.mark.parametrize(
    ("html", "again"),
    [
        (f"<aside><p>{QUOTE}</p></aside>", [QUOTE]),
        (f"<div>{' '.join(LINES)}</div>", [" ".join(LINES)]),
        (f"<div>{''.join(f'<p>{line}</p>' for line in LINES[:3])}</div>", LINES[:3]),
    ],
    ids=["a pull quote", "all of it in one line", "lines in a row"],
)
def test_it_is_said_again(html, again):
    assert said_again(html) == again


@pytest.mark.parametrize(
    "html",
    [
        f"<div>{''.join(f'<p>{line}</p>' for line in LINES[:2])}</div>",
        "<aside><p>te bellen</p></aside>",
        f"<aside><p>{QUOTE}, zegt de planner</p></aside>",
        f"<section><p>{QUOTE}</p><p>{'Dat scheelt haar een ochtend in de week. ' * 10}</p></section>",
        f"<section><p>De planner belt nu niemand meer</p><p>{'De planner belt nu niemand meer op vrijdag.'}</p></section>",
        f"<div>{ARTICLES}</div><div><p>De eigenaar van een huis is verplicht te melden</p></div>",
        f"<div>{'Wie wil ruilen schrijft het op en wacht tot een ander zijn naam erbij zet. ' * 30}</div>",
    ],
    ids=[
        "two lines",
        "a few words",
        "words with more to them",
        "what begins a section",
        "a line and the next one that begins like it",
        "what many lines begin with",
        "a long text of its own",
    ],
)
def test_it_is_not(html):
    assert said_again(html) == []
