"""What stands among the lines of an article, and what only looks as if it did."""

import re

import pytest

from companion.editorial.extraction import extract

URL = "https://vakblad.example/zorg/ruilen"
STORY = [
    "Op de afdeling hangt sinds maart een bord waarop iedereen zijn nachten kan ruilen met wie dat wil.",
    "De planner kijkt er op vrijdag naar en hoeft sindsdien niemand meer te bellen om een gat te vullen.",
    "Na een half jaar werkte niemand nog vier nachten achter elkaar, al had niemand dat zo afgesproken.",
    "Wie kleine kinderen heeft ruilt vaker dan de anderen, en wie alleen woont neemt graag de feestdagen.",
    "Het ziekenhuis wil het bord nu ook op de andere verdiepingen ophangen, te beginnen bij de chirurgie.",
]

NIGHTS = "".join(f"<p>In nacht {n} wisselden, voor wie het bijhield, {n} collega's hun dienst.</p>" for n in range(20))


def text_with(*between, before="", after=""):
    """The text found in an article with these among its paragraphs."""
    first, *rest = [f"<p>{line}</p>" for line in STORY]
    body = f"{before}{first}{''.join(between)}{''.join(rest)}{after}"
    return extract(
        f"<html lang=nl><title>Ruilen</title><body><main><article>{body}</article></main></body></html>", URL
    )["text"]


APART = {
    "a link to another article": "<p>Lees ook: <a href=/b>Nachtdienst zonder koffie</a></p>",
    "the same in German": "<p>Lesen Sie auch: <a href=/b>Nachtschicht ohne Kaffee</a></p>",
    "a call to subscribe": "<p>Schrijf je in voor onze <a href=/n>nieuwsbrief</a>.</p>",
    "a box to subscribe": "<div class=newsletter-box><h3>Elke week gelezen?</h3><p>Laat je adres achter.</p></div>",
    "share buttons": "<ul class=share><li><a href=/f>Facebook</a></li><li><a href=/l>LinkedIn</a></li></ul>",
    "related articles": "<section class=related-articles><h2>Meer</h2><p>Zusters van de nacht en hun planner.</p></section>",
    "a caption": "<figure><img src=a.jpg><figcaption>Het bord op de derde verdieping, vorige week.</figcaption></figure>",
    "a caption without a figure": "<p class=caption>Het bord op de derde verdieping, waar het sinds vorige week hangt.</p>",
    "a list of links": "<ul><li><a href=/1>Nachtdienst zonder koffie, deel een: wat de anderen ervan vonden</a></li>"
    "<li><a href=/2>Nachtdienst zonder koffie, deel twee: waarom zij nog bleven</a></li></ul>",
    "a post of elsewhere": '<blockquote class="twitter-tweet"><p>Dat bord van jullie is een vondst!</p></blockquote>',
    "whose it is": "<p>© 2026 Vakblad, alle rechten voorbehouden</p>",
    "when it was changed": "<p>Laatst bijgewerkt: 12 maart 2026, 11:45</p>",
    "who wrote it": "<p>Door Sanne Verbeek</p>",
    "a pull quote": f"<div class=uitgelicht><p>{STORY[1][:72]}</p></div>",
    "what can be done with it": "<p>Print | Mail dit artikel | Deel</p>",
    "a hidden part": "<div style='display:none'><p>Dit staat er voor wie het artikel zonder stijlen leest.</p></div>",
    "the words of a player": "<div class=video-js><p>Dit is een venster van de speler, en het gaat vanzelf dicht.</p></div>",
    "what the extension saw hidden": "<div data-kwartier=hidden><p>Accepteer alle cookies om verder te lezen.</p></div>",
    "what lay over the page": "<div data-kwartier=over><p>Accepteer alle cookies om verder te lezen.</p></div>",
}  # fmt: skip


@pytest.mark.parametrize("name", APART)
def test_it_is_no_part_of_the_text(name):
    assert text_with(APART[name]).splitlines() == STORY


PART = {
    "a sentence about newsletters": "De nieuwsbrief van het ziekenhuis, die elke verpleegkundige op maandag krijgt, schreef er voor het eerst over in mei en sindsdien komen er collega's van andere afdelingen kijken.",
    "a sentence with a link": "Het bord kwam er <a href=/x>na een staking</a> die twee weken duurde.",
    "a sentence with a date in it": "Op 12 maart 2026 hing het eerste briefje er, van een leerling.",
    "a sentence that begins with by": "Door de week ruilt bijna niemand zijn diensten.",
    "a sentence that begins with more": "Meer over hebben voor elkaar, dat is volgens de teamleider wat het bord teweegbracht op haar afdeling.",
    "a short sentence": "Dat werkt.",
    "a quotation": "‘Ik slaap weer’, zegt een van hen.",
}


@pytest.mark.parametrize("name", PART)
def test_what_looks_like_it_stays(name):
    sentence = PART[name].replace("<a href=/x>", "").replace("</a>", "")
    assert sentence in text_with(f"<p>{PART[name]}</p>").splitlines()


@pytest.mark.parametrize(
    "structure",
    [
        "<h2>Wat het kost</h2>",
        "<ul><li>Een bord van een meter breed.</li><li>Stiften in drie kleuren.</li></ul>",
        "<blockquote><p>Niemand belt mij nog op zondag.</p></blockquote>",
        "<pre>week 1: 4 nachten\nweek 2: 3 nachten</pre>",
        "<table><tr><th>Week</th><th>Nachten</th></tr><tr><td>Een</td><td>Vier stuks</td></tr></table>",
        "<figure><blockquote>Niemand belt mij nog op zondag.</blockquote></figure>",
        "<details><summary>Hoe het bord eruitziet</summary><p>Het is een meter breed.</p></details>",
    ],
)
def test_structure_is_part_of_it(structure):
    assert len(text_with(structure).splitlines()) > len(STORY)


def test_the_headline_is_said_once_and_not_in_the_text():
    assert text_with(before="<h1>Ruilen</h1>").splitlines() == STORY


def test_what_comes_after_the_article_is_left_out():
    comments = "<h3>3 reacties</h3><p>Goed stuk, bij ons doen we dat al jaren zo.</p><p>Waar koop je zo'n bord?</p>"
    assert text_with(after=comments).splitlines() == STORY


@pytest.mark.parametrize("name", ["related", "newsletter", "social", "share"])
def test_an_article_in_a_box_with_the_name_of_something_else_is_kept(name):
    body = "".join(f"<p>{line}</p>" for line in STORY)
    assert (
        extract(f"<body><div class={name}><div class={name}-inner>{body}</div></div></body>", URL)["text"].splitlines()
        == STORY
    )


def test_a_gallery_longer_than_the_article_is_left_out():
    slides = "".join(
        f"<li><h3>{n}/40 Op het water</h3><p>Een veerboot legt in de vroege ochtend aan bij kade {n}.</p></li>"
        for n in range(1, 41)
    )
    gallery = f"<div class=gallery><h2>De foto's van de week op een rij</h2><ul class=scroll>{slides}</ul></div>"
    text = text_with(gallery, before=NIGHTS)
    assert "nacht 19" in text
    assert "veerboot" not in text


@pytest.mark.parametrize("mark", ["hidden", "over"])
def test_what_the_extension_saw_hidden_is_left_out_of_a_short_page_too(mark):
    hidden = f"<div data-kwartier={mark}><p>{STORY[0]}<p>{STORY[1]}</div>"
    html = f"<html data-kwartier=seen><body><article>{hidden}<p>{STORY[2]}<p>{STORY[3]}</article></body></html>"
    assert extract(html, URL)["text"].splitlines() == STORY[2:4]


def test_an_article_that_a_script_is_to_show_is_not_given_for_the_notice_over_it():
    notice = f"<div class=melding><p>{' '.join(line.replace('op', 'bij') for line in [*STORY, *STORY[:3]])}</p></div>"
    html = f"<body>{notice}<article style='display:none'>{NIGHTS}</article></body>"
    assert "nacht 19" in extract(html, URL)["text"]


def test_a_heading_has_no_link_to_edit_it():
    edit = '<span class="mw-editsection">[<a href="?action=edit">bewerken</a>]</span>'
    text = text_with(f"<h2>Geschiedenis{edit}</h2>")
    assert "Geschiedenis" in text.splitlines()


def test_a_picture_story_is_its_captions():
    shown = "".join(f"<p class=caption>{line}</p>" for line in STORY[1:])
    assert extract(f"<article><h1>Ruilen</h1><p>{STORY[0]}</p>{shown}</article>", URL)["text"].splitlines() == STORY


def test_an_article_made_of_posts_of_elsewhere_keeps_them():
    said = "Dat bord van jullie is een vondst, en ik heb er bij ons ook een laten ophangen, naast de automaat, nummer"
    posts = [f'<blockquote class="twitter-tweet"><p>{said} {n}.</p></blockquote>' for n in range(4)]
    assert text_with(*posts).count(said) == 4


def test_equal_paragraphs_next_to_each_other_are_all_kept():
    refrain = "<p>En de nacht ging voorbij, en de nacht ging voorbij, en niemand die sliep.</p>"
    assert text_with(refrain, refrain, refrain).count("niemand die sliep") == 3


def test_a_second_copy_of_the_article_is_left_out():
    copy = "".join(f"<p>{line}</p>" for line in STORY)
    assert text_with(after=f"<div class=print>{copy}</div>").splitlines() == STORY


def test_a_text_that_is_hidden_until_a_script_shows_it_is_found():
    body = "".join(f"<p>{line}</p>" for line in STORY)
    html = f"<body><p>Even geduld</p><article style='display:none'>{body}</article></body>"
    assert extract(html, URL)["text"].splitlines()[-5:] == STORY


def test_in_a_page_that_was_seen_the_marks_alone_count():
    opened = (
        "<div style='display:none'><p>Dit was dicht tot de lezer op verder lezen drukte, en is nu te zien.</p></div>"
    )
    body = "".join(f"<p>{line}</p>" for line in STORY)
    html = f"<html data-kwartier=seen><body><article>{body}{opened}<p>{STORY[0][:60]} weer.</p></article></body></html>"
    assert "tot de lezer op verder lezen drukte" in extract(html, URL)["text"]


PROSE = "<p>Wie dat leest, weet wat er op de afdeling speelt, en heeft er geen vergadering meer voor nodig.</p>"


@pytest.mark.parametrize(
    "part",
    [
        f"<h2>LinkedIn</h2>{PROSE}",
        f"<h2>Meer over verzuim</h2>{PROSE}",
        f"<h2>Related-party transactions</h2>{PROSE}",
        "<ul><li>09:00 Inloop</li><li>09:30 Opening door de voorzitter</li></ul>",
        "<ul><li>1 januari 2026: start</li><li>1 juli 2026: einde van de proef</li></ul>",
        "<p>Lees meer boeken?</p>",
        "<p>Door COVID is alles anders</p>",
        "<div class=market-share><p>Het aandeel van de afdelingen die ruilen steeg in een jaar van vier naar elf procent.</p></div>",
        "<figure><pre>rooster = 1</pre><figcaption>Zo begint het.</figcaption></figure>",
    ],
)
def test_a_part_that_begins_like_something_else_stays(part):
    words = re.sub(r"<figcaption>.*?</figcaption>|<[^<>]*>", " ", part).split()
    found = text_with(part).split()
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        (
            "Een nieuwsbrief die wel gelezen wordt",
            "Zo maakt u een nieuwsbrief.|Schrijf u in onder een schuilnaam.|De nieuwsbrief van de concurrent",
        ),
        (
            "Copyright en AI",
            "Copyright ontstaat vanzelf.|Het teken © is niet nodig.|Alle rechten voorbehouden: wat dat betekent",
        ),
    ],
)
def test_an_article_may_be_about_what_is_left_out_elsewhere(title, topic):
    lines = [line for pair in zip(STORY, [*topic.split("|"), "", ""], strict=True) for line in pair if line]
    body = "".join(f"<p>{line}</p>" for line in lines)
    assert extract(f"<title>{title}</title><body><article>{body}</article></body>", URL)["text"].splitlines() == lines


def test_a_section_that_is_called_like_an_end_goes_on():
    section = "<h2>Reacties</h2>" + "".join(
        f"<p>{line.replace('Op', 'Volgens de bond hangt op')} Dat is zo.</p>" for line in STORY[:4]
    )
    assert "Reacties" in text_with(before=NIGHTS, after=section).splitlines()


def test_a_table_that_is_called_captions_is_a_table():
    rows = "".join(f"<tr><td>Foto {n} van het bord</td><td>Gemaakt in week {n}</td></tr>" for n in range(5))
    assert "Gemaakt in week 3" in text_with(f"<table class=captions>{rows}</table>")


def test_a_sentence_at_the_end_is_no_credit():
    last = "Door Corrie Veldkamp kwam het er."
    assert text_with(after=f"<p>{last}</p>").splitlines()[-1] == last


@pytest.mark.parametrize("line", ["12 maart 2026", "Foto: Sanne Verbeek", "© betekent dat het van iemand is"])
def test_what_would_be_a_credit_at_the_end_is_text_in_the_middle(line):
    assert line in text_with(f"<p>{line}</p>", before=NIGHTS, after=NIGHTS.replace("nacht", "late dienst")).splitlines()


def test_another_headline_than_the_titles_is_no_part_of_the_text_either():
    assert text_with(before="<h1>Een bord aan de muur</h1>").splitlines() == STORY


def test_a_line_that_says_much_more_than_the_title_stays():
    more = "Ruilen op de afdeling begon als proef, en wie er nu werkt wil niet meer anders, ook niet in de nacht."
    body = "".join(f"<p>{line}</p>" for line in [STORY[0], more, *STORY[1:]])
    html = f"<title>Ruilen op de afdeling</title><article><h1>Ruilen op de afdeling</h1>{body}</article>"
    assert extract(html, URL)["text"].splitlines()[1] == more


def test_a_heading_with_the_name_of_a_box_is_none():
    text = text_with(before=NIGHTS, after=f"<h2 class=author>Wie het bedacht</h2><p>{STORY[1]} Zo werkt dat.</p>")
    assert "Wie het bedacht" in text.splitlines()


def test_an_article_in_two_parts_is_found_whole():
    calls = "".join(
        f"<p>Op de poli belde {n} keer iemand af, zonder dat er een gat viel in de week.</p>" for n in range(20)
    )
    parts = "".join(f"<section><div><div class=tekst>{part}</div></div></section>" for part in (NIGHTS, calls))
    text = extract(f"<title>Ruilen</title><body><h1>Ruilen</h1>{parts}</body>", URL)["text"]
    assert ("nacht 3 " in text, "poli belde 3 " in text) == (True, True)


def test_a_table_keeps_its_short_head():
    rows = "".join(f"<tr><td>Afdeling {n} van het huis</td><td>{n} ruilingen in een maand</td></tr>" for n in range(6))
    assert "Waar" in text_with(after=f"<table><tr><th>Waar</th><th>Hoe vaak</th></tr>{rows}</table>")


def test_cells_of_a_word_or_two_are_known_by_their_row():
    rows = "".join(f"<tr><td>Afdeling {n}</td><td>{n} keer</td><td>sinds maart</td></tr>" for n in range(6))
    assert "Afdeling 3" in text_with(after=f"<table>{rows}</table>")


def test_a_table_is_whole_or_not_there():
    rows = "".join(
        f"<tr><td>Schijf {number}</td><td>{number},5 procent</td><td>{number} euro</td></tr>" for number in range(1, 9)
    )
    found = text_with(f"<table><tr><th></th><th>2025</th><th>2026</th></tr>{rows}</table>").splitlines()
    assert "2025 2026" in found
    assert [line for line in found if line.startswith("Schijf")] == [
        f"Schijf {n} {n},5 procent {n} euro" for n in range(1, 9)
    ]


def test_a_short_notice_is_not_changed_for_another_articles_text():
    notice = "Het bord op de derde verdieping hangt vanaf maandag naast de lift."
    others = "".join(f"<p>{line} Zo staat het in een heel ander artikel van deze krant.</p>" for line in STORY)
    html = f"<body><article><p>{notice}</p></article><script>var more = {{html: '{others}'}}</script></body>"
    assert extract(html, URL)["text"] == notice
