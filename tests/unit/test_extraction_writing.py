"""How an article is written down: the text and the reader view say the same, and keep how it was built."""

import re
from html import unescape

import pytest

from companion.editorial.extraction import read

URL = "https://vakblad.example/zorg/ruilen"
STORY = [
    "Op de afdeling hangt sinds maart een bord waarop iedereen zijn nachten kan ruilen met wie dat wil.",
    "De planner kijkt er op vrijdag naar en hoeft sindsdien niemand meer te bellen om een gat te vullen.",
    "Na een half jaar werkte niemand nog vier nachten achter elkaar, al had niemand dat zo afgesproken.",
]


def reading(*between):
    first, *rest = [f"<p>{line}</p>" for line in STORY]
    return read(f"<body><article>{first}{''.join(between)}{''.join(rest)}</article></body>", URL)


def between_first_and_second(markup):
    return markup.removeprefix(f"<p>{STORY[0]}</p>").partition(f"<p>{STORY[1]}")[0]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<h2>Wat het kost</h2>", "<h2>Wat het kost</h2>"),
        ("<h4 class=x>Wat het kost</h4>", "<h4>Wat het kost</h4>"),
        ("<ul><li>Een bord.</li><li>Twee stiften.</li></ul>", "<ul><li>Een bord.</li><li>Twee stiften.</li></ul>"),
        ("<ol start=3><li>Een bord.</li></ol>", '<ol start="3"><li>Een bord.</li></ol>'),
        (
            "<ul><li>Een bord<ul><li>van hout</li></ul></li><li>Stiften</li></ul>",
            "<ul><li>Een bord<ul><li>van hout</li></ul></li><li>Stiften</li></ul>",
        ),
        ("<ul><li><p>Een bord van hout.</p></li></ul>", "<ul><li><p>Een bord van hout.</p></li></ul>"),
        ("<blockquote><p>Ik slaap weer.</p></blockquote>", "<blockquote><p>Ik slaap weer.</p></blockquote>"),
        ("<pre><code>a = 1\n  b = 2</code></pre>", "<pre><code>a = 1\n  b = 2</code></pre>"),
        ("<dl><dt>Nacht</dt><dd>van elf tot zeven</dd></dl>", "<dl><dt>Nacht</dt><dd>van elf tot zeven</dd></dl>"),
        (
            "<table><tr><th>Week</th><th>Nachten</th></tr><tr><td></td><td>vier</td></tr></table>",
            "<table><tbody><tr><th>Week</th><th>Nachten</th></tr><tr><td></td><td>vier</td></tr></tbody></table>",
        ),
        ("<p>Ik <b>slaap</b> <i>weer <u>goed</u></i>.</p>", "<p>Ik <b>slaap</b> <i>weer <u>goed</u></i>.</p>"),
        ("<p>Zes<br>zeven</p>", "<p>Zes<br>zeven</p>"),
        ("<div>Zes uur was het.<br><br>Zeven uur was het.</div>", "<p>Zes uur was het.</p><p>Zeven uur was het.</p>"),
        ("<p>Arbeids&shy;tijd &lt;b&gt;</p>", "<p>Arbeidstijd &lt;b&gt;</p>"),
        (
            "<figure><img src=a.png><figcaption>Het bord.</figcaption></figure>",
            "<figure><figcaption>Het bord.</figcaption></figure>",
        ),
    ],
)  # fmt: skip
def test_structure_is_kept(page, shown):
    assert between_first_and_second(reading(page).markup) == shown


def test_links_lead_where_they_led():
    link = 'href="https://vakblad.example/bord" target="_blank" rel="noopener noreferrer nofollow"'
    assert f"<p>Zie <a {link}>het bord</a> zelf.</p>" in reading("<p>Zie <a href=/bord>het bord</a> zelf.</p>").markup


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ul><li>Een bord.</li><li>Twee stiften.</li></ul>", ["Een bord.", "Twee stiften."]),
        (
            "<table><tr><th>Week</th><th>Nachten</th></tr><tr><td>een</td><td>vier</td></tr></table>",
            ["Week Nachten", "een vier"],
        ),
        ("<pre>a = 1\n  b = 2</pre>", ["a = 1", "  b = 2"]),
        ("<p>Zes<br>zeven</p>", ["Zes", "zeven"]),
        ("<p>Ver<b>pleeg</b>kunde</p>", ["Verpleegkunde"]),
        ("<figure><img src=a.png><figcaption>Het bord.</figcaption></figure>", []),
    ],
)
def test_the_text_has_a_line_for_each(page, text):
    assert reading(page).article["text"].splitlines() == [STORY[0], *text, *STORY[1:]]


def test_a_table_for_the_layout_is_none():
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in STORY)
    found = read(f"<body><table><tr><td>Menu</td><td><table>{rows}</table></td></tr></table></body>", URL)
    assert "<table" not in found.markup
    assert all(f"<p>{line}</p>" in found.markup for line in STORY)


ODD = """
<ul><li>een<ol><li>twee<blockquote>drie<pre>vier</pre>vijf</blockquote>zes</ol>zeven</ul><li>acht</li>
<table><tr><td>a<td><ul><li>b</ul><td></table><dl><dd>c<dt>d</dl><details><summary>e</summary>f<p>g</details>
<h2>h<p>i</p></h2><p><b>j<p>k</b>l<a href=/m>m<div>n</div></a>
"""


def test_whatever_is_nested_in_whatever_text_and_markup_say_the_same():
    found = reading(ODD)
    shown = unescape(re.sub(r"<[^<>]*>", " ", found.markup))
    assert shown.split() == found.article["text"].split()
    assert {"een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"} <= set(shown.split())
