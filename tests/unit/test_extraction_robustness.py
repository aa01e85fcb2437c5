"""Pages as they really come: broken, odd, huge. None raises, none takes long, and no text is lost where there is some.

What is made to hurt the companion while it runs: tests/hostile. What becomes of time and memory: test_reading.py.
"""

import time
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion import contract
from companion.editorial.extraction import extract, page_address, read
from companion.editorial.extraction.lines import lines_of
from companion.editorial.extraction.parsing import parse
from companion.reading.pages import PageReader

URL = "https://vakblad.example/slaap/ploegendienst"
SENTENCES = [
    f"In week {week} maakte afdeling {week} haar eigen rooster, en {week + 3} mensen ruilden een nacht; "
    f"na {week + 20} dagen wilde niemand terug naar de lijst van vroeger, ook de planner van kamer {week} niet."
    for week in range(1, 13)
]
STORY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LINES = "<br><br>".join(SENTENCES)
ARTICLE = f"<article><h1>Ploegendienst</h1>{STORY}</article>"
# Against hanging only.
IN_TIME = 10


def one_line(text):
    return " ".join(text.split())


def lost(html, sentences=SENTENCES):
    """The sentences that are not in the text that is found, which is an article as the contract says."""
    article = extract(html, URL)
    assert contract.check("article", article) == []
    text = one_line(article["text"])
    return [sentence for sentence in sentences if sentence not in text]


BROKEN = {
    "no html or head": f"<body>{ARTICLE}</body>",
    "paragraphs alone": STORY,
    "text in the body, lines broken": f"<html><body>{LINES}</body></html>",
    "words without any markup": "\n".join(SENTENCES),
    "two bodies": f"<html><body><p>Menu</p></body><body>{ARTICLE}</body></html>",
    "a page in a page": f"<html><body><html><head><title>a</title></head><body>{ARTICLE}</body></html></body></html>",
    "a head behind the body": f"<body>{ARTICLE}</body><head><title>a</title></head>",
    "an embedded film in the article": f"<body>{ARTICLE.replace('<p>In week 12', '<embed src=a.swf><p>In week 12')}",
    "no tags around head and body": f"<!doctype html><meta charset=utf-8><title>a</title><main>{ARTICLE}</main>",
    "a part in the head that ends it": f"<html><head><title>a</title><my-app><main>{ARTICLE}</main></my-app>",
    "a menu that is never closed": f"<body><header><nav><a href=/>Menu</a>{ARTICLE}",
    "a noscript that is never closed": f"<body><noscript><p>Zet scripts aan</p>{ARTICLE}",
    "nothing closed": f"<html><body><div><div><span><b>{STORY.replace('</p>', '')}",
    "closed that was never open": f"</div></p></body></html>{ARTICLE}</div></section>",
    "closed in the wrong order": f"<div><b><i><article>{STORY}</i></div></b></article>",
    "everything closed before it": f"<html><body></body></html>{ARTICLE}",
    "a page behind a page": f"<html><body><p>Menu</p></body></html><html><body>{ARTICLE}</body></html>",
    "a comment that never ends, behind": f"<body>{ARTICLE}<!-- {'-' * 50}",
    "a script that never ends, behind": f"<body>{ARTICLE}<script>var a = '<p>'",
    "comments of an old browser": f"<!--[if IE]><p>Oud</p><![endif]--><body><!--[if !IE]><!-->{ARTICLE}<!--<![endif]--></body>",
    "the plaintext element": f"<body><plaintext>{LINES.replace('<br><br>', chr(10))}",
    "a server's instructions": f"<?php echo 1; ?><body><?xml-stylesheet href='a'?>{ARTICLE}</body>",
    "attributes without quotes, and twice": f"<body><div class=a id=b class=c data-x=<>>{ARTICLE}</div></body>",
    "capitals": ARTICLE.replace("<p>", "<P>").replace("</p>", "</P>").replace("article", "ARTICLE"),
}

LAYOUTS = {
    "a table for the layout": f"<table><tr><td>Menu</td><td>{STORY}</td></tr></table>",
    "tables in tables": "<table><tr><td>" * 30 + STORY + "</td></tr></table>" * 30,
    "a row for each paragraph": "".join(f"<tr><td>{sentence}</td></tr>" for sentence in SENTENCES).join(
        ["<table>", "</table>"]
    ),
    "one form around all of it": f"<form id=aspnetForm><input type=hidden value=x>{ARTICLE}</form>",
    "a list": "".join(f"<li>{sentence}</li>" for sentence in SENTENCES).join(["<ul>", "</ul>"]),
    "definitions": "".join(f"<dt>{n}</dt><dd>{line}</dd>" for n, line in enumerate(SENTENCES)).join(["<dl>", "</dl>"]),
    "preformatted": "<pre>" + "\n".join(SENTENCES) + "</pre>",
    "a quotation": f"<blockquote>{STORY}</blockquote>",
    "divs in place of paragraphs": STORY.replace("p>", "div>"),
    "spans with line breaks": "".join(f"<span>{sentence}</span><br>" for sentence in SENTENCES),
    "a section for each paragraph": "".join(f"<section><p>{sentence}</p></section>" for sentence in SENTENCES),
    "elements of its own": f"<app-root><app-page><app-text>{STORY}</app-text></app-page></app-root>",
    "center and font": f"<center><font face=Arial>{LINES}</font></center>",
    "closed details": f"<details><summary>Lees verder</summary>{STORY}</details>",
    "frames, and what stands for them": f"<frameset><frame src=a.html><noframes><body>{ARTICLE}</body></noframes></frameset>",
}

ENCODINGS = {
    "an XML prolog": f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>{ARTICLE}</body></html>',
    "CDATA": f"<html xmlns='http://www.w3.org/1999/xhtml'><body><script>//<![CDATA[\nvar a = 1 < 2;\n//]]></script>{ARTICLE}</body></html>",
    "entities of its own": f'<!DOCTYPE html [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><html><body>{ARTICLE}</body></html>',
    "another encoding named": f'<head><meta charset="iso-8859-7"><meta http-equiv="Content-Type" content="text/html; charset=utf-16"></head>{ARTICLE}',
    "a byte order mark": f"\ufeff<html><body>{ARTICLE}</body></html>",
    "a NUL in every tag and word": ARTICLE.replace("<p>", "<\0p>").replace("rooster", "roo\0ster"),
    "control characters between paragraphs": ARTICLE.replace("</p>", "\x01\x08\x0b\x1f</p>\x7f\x80"),
    "half of a pair before it": f"<p>\ud83d en \ude00</p>{ARTICLE}",
    "half of a pair in an attribute": f'<div title="\ud800" class="\udfff">{ARTICLE}</div>',
    "numbers that are no characters": f"<p>&#0; &#xD800; &#x110000; &#99999999999; &unknown; &</p>{ARTICLE}",
    "line ends of three systems": ARTICLE.replace("</p>", "</p>\r\n").replace("<h1>", "\r<h1>"),
}

VALUES = {
    "a base that is none": f"<head><base href='http://[::1/bad'></head>{ARTICLE}",
    "a base in a control character": f"<head><base href='\x01\x02'></head>{ARTICLE}",
    "links with control characters": ARTICLE.replace("rooster", "<a href='http://a.example/\x01\x0b\n'>rooster</a>"),
    "links that are none": ARTICLE.replace("rooster", "<a href='http://[a'>rooster</a>").replace("nacht", "<a href='//:x@:y'>nacht</a>"),
    "images that are none": ARTICLE.replace("</p>", "<img src='http://[' srcset='x y z'></p>"),
    "an attribute of a megabyte": f"<div data-state='{'x' * 1_000_000}'>{ARTICLE}</div>",
    "an image of a megabyte": f"<img src='data:image/png;base64,{'A' * 1_000_000}'>{ARTICLE}",
    "five thousand attributes": f"<div {' '.join(f'a{n}=1' for n in range(5000))}>{ARTICLE}</div>",
    "a class of ten thousand names": f"<div class='{' '.join(f'c{n}' for n in range(10_000))}'>{ARTICLE}</div>",
    "an id in a paragraph that looks like a menu's": ARTICLE.replace("<p>", "<p id=sidebar class='comment footer share'>"),
    "a meta refresh": f"<head><meta http-equiv=refresh content='0;url=http://[x'></head>{ARTICLE}",
    "an address in the head that is none": f"<head><link rel=canonical href='http://[::1/bad'><meta property='og:image' content='http://['></head>{ARTICLE}",
}  # fmt: skip

ODD = {**BROKEN, **LAYOUTS, **ENCODINGS, **VALUES}


@pytest.mark.parametrize("name", ODD)
def test_every_sentence_of_an_odd_page_is_found(name):
    assert lost(ODD[name]) == []


@pytest.mark.parametrize("depth", [200, 254, 255, 256, 330, 400, 490, 500, 511, 512, 600, 5000, 20_000])
def test_every_sentence_is_found_however_deep_it_is_nested(depth):
    assert lost("<div>" * depth + ARTICLE + "</div>" * depth) == []


@pytest.mark.parametrize("name", ["b", "font", "span"])
def test_tags_that_are_never_closed_end_nothing(name):
    assert lost("".join(f"<{name}>{line}<br>" for line in SENTENCES * 30)) == []


@pytest.mark.parametrize("name", ["b", "span", "font", "section", "blockquote", "ul><li", "table><tr><td"])
def test_every_sentence_is_found_whatever_it_is_nested_in(name):
    assert lost(f"<{name}>" * 120 + ARTICLE) == []


ARABIC = [
    f"في الأسبوع {n} وضع القسم جدول العمل بنفسه وتبادل الموظفون المناوبات الليلية بينهم دون خلاف." for n in range(1, 10)
]
HEBREW = [f"בשבוע {n} הכינה המחלקה את סידור העבודה בעצמה, והעובדים החליפו ביניהם משמרות לילה." for n in range(1, 10)]
CHINESE = [
    f"第{n}周，科室自己排班，护士们互相交换夜班，缺勤明显减少，没有人愿意回到过去的排班表。" for n in range(1, 10)
]
JAPANESE = [f"第{n}週、病棟は自分たちで勤務表を作り、夜勤を交換し合い、欠勤は目に見えて減った。" for n in range(1, 10)]
THAI = [f"สัปดาห์ที่ {n} แผนกจัดตารางเวรเองและพยาบาลแลกเวรกลางคืนกันโดยไม่มีใครขาดงานอีกเลย" for n in range(1, 10)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [("ar", ARABIC), ("he", HEBREW), ("zh", CHINESE), ("ja", JAPANESE), ("th", THAI)],
)
def test_every_sentence_is_found_in_other_scripts(language, sentences):
    story = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    page = f"<html lang={language} dir=auto><body><nav><a href=/>1</a></nav><article>{story}</article></body></html>"
    assert lost(page, sentences) == []


def test_paragraphs_that_say_the_same_are_all_kept():
    text = extract(f"<article>{f'<p>{SENTENCES[0]}</p>' * 40}</article>", URL)["text"]
    assert one_line(text).count(SENTENCES[0]) == 40


def test_a_text_of_12_megabytes_is_all_there():
    """A parser left to itself takes nothing of a text beyond 10."""
    words = "zonder einde " * 900_000
    tree = parse(f"<body>{ARTICLE}<p>{words}</p></body>")
    assert [len(line.text) for line in lines_of(tree)][-2:] == [len(SENTENCES[-1]), len(words.strip())]


def test_words_on_both_sides_of_half_a_pair_are_kept():
    article = "".join(f"<p>{sentence} \ud83d</p>" for sentence in SENTENCES)
    assert lost(f"<article>{article}</article>") == []


NOTHING = {
    "nothing": "",
    "spaces": " \n\t\r\n\u00a0",
    "a NUL": "\0",
    "half of a pair": "\ud800",
    "a doctype": "<!doctype html>",
    "an XML prolog": '<?xml version="1.0"?>',
    "a comment": "<!-- alleen dit -->",
    "a script": "<script>document.write('<p>later</p>')</script>",
    "a script that never ends": "<script>",
    "a style": "<style>p { color: red }</style>",
    "a head": "<html><head><meta charset=utf-8></head></html>",
    "an empty body": "<html><body></body></html>",
    "an empty paragraph": "<p></p>",
    "an image": "<body><img src=a.png></body>",
    "frames": "<frameset><frame src=a.html></frameset>",
    "an opening bracket": "<",
    "a template": f"<body><template>{STORY}</template></body>",
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_page_without_text_is_no_article(name):
    article = extract(NOTHING[name], URL)
    assert contract.check("article", article) == []
    assert article["text"].strip("?<\ufffd") == ""
    assert article["kind"] == "other"
    assert page_address(NOTHING[name]) is None


HUGE = {
    "50,000 paragraphs that are links": lambda: (
        "".join(f"<p><a href=/{n}>Bericht {n}</a></p>" for n in range(50_000)) + ARTICLE
    ),
    "100,000 divs side by side": lambda: "<div>kort</div>" * 50_000 + ARTICLE + "<div>kort</div>" * 50_000,
    "a table of 200,000 rows": lambda: ARTICLE + "<table>" + "<tr><td>1</td></tr>" * 200_000 + "</table>",
    "100,000 line breaks": lambda: ARTICLE + "woord<br>" * 100_000,
    "a list of 60,000 in lists": lambda: ARTICLE + "<ul><li>a<ul><li>b</ul></ul>" * 30_000,
    "20,000 headings": lambda: ARTICLE + "<h2>Kop</h2>" * 20_000,
    "a select of 50,000 options": lambda: f"<form><select>{'<option>Gemeente' * 50_000}</select></form>{ARTICLE}",
}


MUCH = {
    "a title of 100,000 spaces": lambda: f"<title>Ploegendienst{' ' * 100_000}x</title>{ARTICLE}",
    "60,000 texts before the headline": lambda: "a<br>" * 60_000 + ARTICLE,
    "60,000 times behind it": lambda: ARTICLE + "<time datetime=2026>x</time>" * 60_000,
}


@pytest.mark.parametrize("name", MUCH)
def test_much_of_one_thing_takes_no_time_that_grows_with_its_square(name):
    started = time.monotonic()
    extract(MUCH[name](), URL)
    assert time.monotonic() - started < IN_TIME


@pytest.fixture(scope="module")
def reader():
    with closing(PageReader()) as reader:
        yield reader


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_page_is_read_in_time_and_keeps_its_sentences(reader, name):
    page = HUGE[name]()
    started = time.monotonic()
    reading = reader.read(page, URL)
    assert time.monotonic() - started < IN_TIME
    text = one_line(reading.article["text"])
    assert [sentence for sentence in SENTENCES if sentence not in text] == []


PIECES = [
    "<div>", "</div>", "<p>", "</p>", "<article>", "</article>", "<table>", "<tr>", "<td>", "</table>", "<ul>", "<li>", "</ul>",
    "<a href='http://['>", "</a>", "<br>", "<b>", "</b>", "<h1>", "</h1>", "<h2>Kop</h2>", "<body>", "</body>", "<html lang=nl>", "</html>",
    "<head>", "</head>", "<form>", "</form>", "<blockquote>", "<pre>", "<figure>", "<figcaption>Bij</figcaption>", "<img src=x>",
    "<main>", "</main>", "<section>", "<nav>", "</nav>", "<aside>", "</aside>", "<footer>", "</footer>", "<header>", "<svg>", "</svg>", "<math>",
    "<base href='http://[::1/bad'>", "<meta property='og:title' content=''>", "<meta name=author content='\ud800'>", "<time datetime='0000-99-99'>",
    "<link rel=canonical href='//'>", "<!-- -->", "<![CDATA[", "]]>", "<?x ?>", "&#0;", "&lt", "\0", "\x1f", "\ud800", "\u202e", "\ufeff", "Woord", " ",
    *(f"<p>{sentence}</p>" for sentence in SENTENCES[:3]),
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_mixture_of_markup_raises(html):
    reading = read(html, URL)
    assert contract.check("article", reading.article) == []
