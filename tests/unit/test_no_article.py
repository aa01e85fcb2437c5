"""Pages that hold no article are told from articles, also from short ones: none of those may be lost."""

import json

import pytest
from lxml.html import document_fromstring

from companion.editorial.metadata import Page
from companion.editorial.no_article import reason

SITE = "https://krant.example"
PROSE = (
    "Drie ziekenhuizen lieten hun verpleegkundigen zelf het rooster maken, en het verzuim daalde in een half jaar met "
    "een derde, terwijl de leidinggevenden eerst vooral bezwaren zagen, want wie zou er nog op kerstavond willen werken, "
    "en wie op zondag of in de nacht, of in de weken waarin alle kinderen vrij zijn?"
)
HEADLINES = [f"Nieuws van dag {day}: de gemeente besluit over plan {day}" for day in range(1, 9)]
TEASERS = "\n".join(
    f"{headline}\nLees meer over dit besluit en wat het voor de stad betekent." for headline in HEADLINES
)
LINKED = "".join(f'<h3><a href="/artikel/{day}">{headline}</a></h3><p>…</p>' for day, headline in enumerate(HEADLINES))
# As news and the web write them: a paragraph of 35 words, and one of 25.
PARAGRAPH = " ".join(PROSE.split()[:35])
SHORT = " ".join(PROSE.split()[:25])
SEARCH = "<header><form><input name=q><input type=password></form></header>"


def listing(count, words):
    """Headlines that lead elsewhere, with so much under each: the text, and the body of the page."""
    names = [f"Middel {number} voor het rooster" for number in range(count)]
    linked = "".join(f"<h3><a href=https://middel{number}.example>{name}</a></h3>" for number, name in enumerate(names))
    return "\n".join(f"{name}\n{words}" for name in names), {"body": linked}


PASSWORD = "<form><input name=user><input type=password></form>"
ARTICLE_TYPE = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
BESIDE_IT = [
    f'<script type="application/ld+json">{{"@type": "{name}"}}</script>' for name in ("Recipe", "HowTo", "ClaimReview")
]
FOOTER = f"<footer>{LINKED}</footer>"
TWO_ARTICLES = '<script type="application/ld+json">[{"@type": "NewsArticle"}, {"@type": "NewsArticle"}]</script>'


def judged(path, text, title="Krant", head="", body="", kind="article"):
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}<p>.</p></body></html>"
    return reason(Page(document_fromstring(html), SITE + path), kind, text)


@pytest.mark.parametrize(
    ("path", "text", "more"),
    [
        ("/", TEASERS, {"body": LINKED}),
        ("/nl/", TEASERS, {"body": LINKED, "head": TWO_ARTICLES}),
        ("/", "Een korte inleiding van het artikel.\n" * 12, {"body": LINKED}),
        ("/index.html", "Welkom bij onze winkel. Wij staan voor u klaar.", {}),
        ("/nieuws/", TEASERS, {"body": LINKED}),
        ("/tag/rooster", "Alles over roosters", {}),
        ("/category/zorg/", TEASERS, {"body": LINKED}),
        ("/nieuws/", *listing(6, "Lees meer.")),
        ("/auteur/anna-de-wit", "Anna de Wit schrijft over zorg.", {}),
        ("/nieuws", *listing(6, " ".join(PROSE.split()[:19]))),
        ("/nieuws", *listing(12, " ".join(PROSE.split()[:4]))),
        ("/zoeken?q=rooster", "8 resultaten voor rooster", {"body": LINKED}),
        ("/?s=rooster", "Niets gevonden", {}),
        ("/vind?zoekterm=rooster", TEASERS, {"body": LINKED}),
        ("/weg", "De pagina die u zoekt bestaat niet meer.", {"title": "404 - Krant"}),
        ("/weg", "Oeps.", {"title": "Krant", "body": "<h1>Pagina niet gevonden</h1>"}),
        ("/weg", "Sorry.", {"title": "Page not found | Krant"}),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article(path, text, more):
    assert judged(path, text, **more) == "no_article"


@pytest.mark.parametrize(
    ("path", "text", "more"),
    [
        ("/artikel/1", "You need to enable JavaScript to run this app.", {}),
        ("/artikel/1", "Zet JavaScript aan: schakel in uw browser JavaScript in om verder te gaan.", {}),
        ("/artikel/1", "Bitte aktivieren Sie JavaScript. JavaScript ist deaktiviert.", {}),
        ("/artikel/1", "Checking your browser before accessing krant.example.", {"title": "Just a moment..."}),
        ("/artikel/1", "We moeten weten dat u geen robot bent.", {}),
        ("/artikel/1", "One more step. Verify you are human by completing the action below.", {}),
        ("/artikel/1", "You don't have permission.", {"title": "Access Denied"}),
    ],
)
def test_a_page_that_wants_a_browser_or_a_person_before_it(path, text, more):
    assert judged(path, text, **more) == "wall"


@pytest.mark.parametrize(
    ("path", "text", "more"),
    [
        ("/login", "E-mail\nWachtwoord\nWachtwoord vergeten?", {"body": PASSWORD}),
        ("/artikel/1", "Log in om verder te lezen\nWachtwoord vergeten?", {"title": "Inloggen - Krant", "body": PASSWORD}),
        ("/", "Sign in\nForgot password?", {"title": "Sign in", "body": PASSWORD}),
        ("/account", "Weiter", {"title": "Anmelden | Konto", "body": "<form><input name=email></form>"}),
        ("/compte", "Mot de passe oublié ?", {"body": f"<h1>Se connecter</h1>{PASSWORD}"}),
    ],
)  # fmt: skip
def test_a_page_to_log_in_on(path, text, more):
    assert judged(path, text, **more) == "login"


@pytest.mark.parametrize(
    ("path", "text", "more"),
    [
        ("/artikel/1", PROSE, {"body": LINKED}),
        ("/artikel/1", "Een kort bericht.", {}),
        ("/artikel/1", "Een kort bericht.", {"body": PASSWORD}),
        ("/artikel/1", "Een kort bericht.", {"body": LINKED}),
        ("/artikel/1", "Het begin van een artikel.\nWachtwoord", {"head": ARTICLE_TYPE, "body": PASSWORD}),
        ("/artikel/1", "De gemeente blokkeert JavaScript. " * 40, {}),
        ("/artikel/1", "Log in 1891 begon de oorlog.", {"title": "Logboek van een schipper", "body": "<form><input></form>"}),
        ("/artikel/404", "Over de fout die iedereen kent. " * 30, {"title": "404: de geschiedenis van een foutmelding"}),
        ("/", PROSE * 3, {}),
        ("/", "Een alinea van niet meer dan acht woorden.\n" * 40, {}),
        ("/", "Een kort bericht.", {"head": ARTICLE_TYPE}),
        *((path, PARAGRAPH, {"body": FOOTER}) for path in ("/", "/nl", "/ai", "/thema/ai", "/archief/12", "/?q=node/12")),
        ("/", "Een regel van een gedicht.\n" * 20, {"body": FOOTER}),
        *(("/", TEASERS, {"body": LINKED, "head": ARTICLE_TYPE + each}) for each in BESIDE_IT),
        ("/", TEASERS, {"body": LINKED, "head": BESIDE_IT[-1]}),
        ("/n/1", "Een kort bericht.", {"title": "Login : waarom het overal moet", "body": PASSWORD}),
        ("/", "Een kort bericht.", {"head": '<meta property="og:type" content="article">'}),
        ("/?p=123", "Een kort bericht.", {}),
        ("/artikel?q=1", "Een kort bericht.", {}),
        ("/zoekend-naar-rust", "Een kort bericht.", {}),
        ("/tag/een/bericht", "Een kort bericht.", {}),
        ("/handleiding", "\n".join(HEADLINES), {"body": LINKED.replace("/artikel/", "#deel-")}),
        ("/artikel/1", "", {"body": PASSWORD}),
        ("/blog/25-middelen", *listing(25, PARAGRAPH)),
        ("/nieuws/week-47", *listing(12, PARAGRAPH)),
        ("/thema/ai-act", *listing(1, "\n".join([SHORT] * 8))),
        ("/archief/uitspraak-over-inhuur", "\n".join([SHORT] * 8), {}),
        ("/", "\n".join([PARAGRAPH] * 7), {}),
        ("/index.php?q=node/12", *listing(1, "\n".join([SHORT] * 8))),
        ("/index.asp?id=5&s=3", *listing(1, PARAGRAPH)),
        ("/tips", *listing(5, "Zo kan het ook.")),
        ("/tips", *listing(6, " ".join(PROSE.split()[:20]))),
        ("/n/1", f"{PARAGRAPH}\n{PARAGRAPH}", {"title": "404 dagen zonder cao"}),
        ("/n/1", "Een kort bericht.", {"title": "404 dagen zonder cao"}),
        ("/n/1", PARAGRAPH, {"title": "Page not found: waarom zoveel links doodgaan"}),
        ("/n/1", f"{PARAGRAPH}\n{PARAGRAPH}", {"title": "Inloggen met DigiD wordt verplicht", "body": SEARCH}),
        ("/n/1", "Een kort bericht.", {"title": "Inloggen met DigiD wordt voor iedereen verplicht", "body": PASSWORD}),
        ("/n/1", f"{PARAGRAPH} Wijzig uw wachtwoord. {PARAGRAPH}", {"title": "Datalek", "body": PASSWORD}),
        ("/n/1", "Wijzig uw wachtwoord.", {"title": "Datalek bij gemeente", "body": SEARCH}),
        ("/n/1", f"Zonder JavaScript: JavaScript is disabled.\n{PARAGRAPH}", {}),
    ],
)  # fmt: skip
def test_what_may_be_an_article_is_kept(path, text, more):
    assert judged(path, text, **more) is None


POSTED = {"@type": "SocialMediaPosting", "articleBody": "Log in to see what I see."}
SHOWN = {"@type": "VideoObject", "description": "JavaScript is not available."}


@pytest.mark.parametrize(
    ("kind", "text", "more", "why"),
    [
        ("post", "Kort.", {}, None),
        ("video", "Kort.", {}, None),
        ("pdf", "Kort.", {"title": "Inloggen", "body": PASSWORD}, None),
        ("post", "Een lijst van niets", {"title": "404"}, None),
        ("post", "JavaScript is not available.", {}, "wall"),
        ("video", "JavaScript is not available.", {}, "wall"),
        ("post", "You must log in to continue", {}, "login"),
        ("post", "Forgot password?", {"title": "Login • Krant", "body": PASSWORD}, "login"),
        ("post", f"Log in to continue\n{PARAGRAPH}", {}, None),
        ("post", POSTED["articleBody"], {"head": POSTED}, None),
        ("video", SHOWN["description"], {"head": SHOWN}, None),
    ],
)
def test_a_post_and_a_video_may_be_short_but_not_a_wall_in_their_place(kind, text, more, why):
    if "head" in more:
        more = {**more, "head": f'<script type="application/ld+json">{json.dumps(more["head"])}</script>'}
    assert judged("/", text, kind=kind, **more) == why
