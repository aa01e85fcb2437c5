"""Pages that hold no article: log-ins, walls, pages that are not there, home pages and lists.

What is kept of them is the link, with the reason. An article must never be lost so, a short one neither: nothing is
decided about a page with some prose, nor about one that declares itself an article, and nothing by its address alone.
"""

import re
from functools import partial

from companion.editorial import typed
from companion.editorial.articles import LOGIN, NO_ARTICLE, WALL, one_line
from companion.editorial.metadata import Page
from companion.editorial.metadata.kinds import LIST_TYPES, is_home, is_search
from companion.editorial.metadata.linked_data import types_of
from companion.editorial.metadata.page import ARTICLE_ENDINGS, is_article

# Words that stand together: headlines have fewer, paragraphs of news and of the web more.
LONG_LINE = 15
# Our choice, by the pages in the tests: what a wall or a login says beside its fields has less prose than this.
SOME_PROSE = 30
# And a list less than this, about three short paragraphs.
MUCH_PROSE = 120
# What a wall says, all of it.
FEW_WORDS = 100
# Our choice: from here on the words that lead nowhere only have to outweigh those that do.
MANY_WORDS = 250
# Our choice: so many headlines that lead elsewhere make a list; and of fewer words an empty one is made.
MANY_HEADLINES, EMPTY_LIST = 6, 30
# A title that names a login or an error names little else. "Page not found: why links die" is an article's.
MOST_WORDS_BESIDE = 3

# What may be of a few words.
SHORT = ("post", "video")
# No colon and no star: a headline may be about logging in, and begin with that.
SEPARATOR = re.compile(r"\s+[-–—·•/]\s+|\s*[|»«]\s*")
ASKS_IN = re.compile(
    r"^(?:log ?in|sign ?in|inloggen|aanmelden|anmelden|einloggen|login|connexion|se connecter|identifiez-vous|"
    r"iniciar sesi[oó]n|acceder)\b",
    re.IGNORECASE,
)
# What is said instead of a post to who is not logged in.
LOG_IN_FIRST = re.compile(
    r"\b(?:must|need to|have to|please) (?:log|sign) ?in\b|"
    r"\b(?:log|sign) ?in (?:to|or|and) (?:continue|see|view|sign|join)|"
    r"\b(?:moet (?:je |u )?(?:eerst )?inloggen|log in om|meld (?:je|u) aan om)\b|\bmelde(?:n sie)? (?:dich|sich) an\b",
    re.IGNORECASE,
)
NOT_THERE = re.compile(
    r"^(?:error |fout |fehler |erreur )?40[34](?=\W*$|\W+(?:error|fout|not found|forbidden|page|pagina|seite))|"
    r"\b(?:page|file)(?: (?:you|that you) [^.]{0,30})? (?:was |is |could |can |can)?not (?:be )?found\b|^not found\b|"
    r"pagina (?:is )?niet gevonden|(?:seite|datei) (?:wurde )?nicht gefunden|page (?:introuvable|non trouv[ée]e)|"
    r"p[áa]gina no encontrada",
    re.IGNORECASE,
)
CHECK = re.compile(
    r"^(?:just a moment|attention required|access denied|one more step|security check|verify(?:ing)? you are human|"
    r"checking your browser|are you (?:a robot|human)|even geduld|ben je (?:een robot|een mens))\b",
    re.IGNORECASE,
)
WANTS_SCRIPT = re.compile(
    r"(enable|turn on|activate|requires?|schakel|activeer|aktivieren|activer|habilit\w+|activa) [^.]{0,40}javascript|"
    r"javascript [^.]{0,40}(disabled|required|enable|not available|nodig|uitgeschakeld|in te schakelen|deaktiviert|"
    r"aktivieren|d[ée]sactiv|n[ée]cessaire|desactivado|necesario)|"
    r"\b(verify|verifying|confirm|prove|checking) (that )?(if )?(you are|you're) (a |not a )?(human|robot)|"
    r"(geen|not a|kein|pas un) (robot|roboter)\b|checking your browser before",
    re.IGNORECASE,
)
LIST = re.compile(
    r"/(?:search|zoeken|suche|recherche|buscar|tags?|topics?|onderwerp|thema|category|categories|categorie|kategorie|"
    r"author|auteur|autor|archive|archief)(?:/[^/]+)?/?$",
    re.IGNORECASE,
)
ELSEWHERE = "a[@href][not(starts-with(@href, '#'))]"
BESIDE = "ancestor::nav or ancestor::aside or ancestor::footer"
HEADLINES = f"//*[self::h2 or self::h3 or self::h4][.//{ELSEWHERE} or ancestor::{ELSEWHERE}][not({BESIDE})]"
LINKED = f"//{ELSEWHERE} | //{ELSEWHERE}//*[self::p or self::div or self::span or self::li]"
PASSWORD = re.compile(r"pass(word|code|wort)|wachtwoord|kennwort|mot de passe|contrase[ñn]a", re.IGNORECASE)
# Many a site asks who one is, or what one looks for, at the head of every page.
IN_PAGE = "not(ancestor::header or ancestor::nav or ancestor::*[@role='banner' or @role='navigation'])"
WANTS_PASSWORD = f"boolean(//input[@type='password'][{IN_PAGE}])"
HAS_FIELD = f"boolean(//form//input[not(@type='hidden')][{IN_PAGE}])"


def reason(page: Page, kind: str, text: str) -> str | None:
    """Why a page is no article, in the codes of an item's `fetch`: login, wall or no_article; None for one that may be.

    `text` is what was found in it. A page without any says nothing here: there is nothing to tell it by.
    """
    if kind == "pdf" or not text or _is_declared(page, kind):
        return None
    if len(text.split()) <= FEW_WORDS:
        if _is_login(page, kind, text):
            return LOGIN
        if _is_wall(page, text):
            return WALL
        if any(_is_called(NOT_THERE, name) for name in _names(page)) and kind not in SHORT:
            return NO_ARTICLE
    return NO_ARTICLE if kind not in SHORT and _is_list(page, text) else None


def _is_declared(page: Page, kind: str) -> bool:
    """Whether it says what it is: one article, or what stands in the post or is to be seen in the video.

    One that names several articles is a list of them.
    """
    if kind in SHORT:
        return typed.text(page, kind, "") is not None
    named = [types_of(thing) for thing in page.linked_data]
    articles = [types for types in named if any(name.endswith(ARTICLE_ENDINGS) for name in types)]
    # A recipe or a check of a claim is often named beside the article that it stands in.
    others = [types for types in named if is_article(types) or "ClaimReview" in types]
    return len(articles or others) == 1 or (page.first_meta("og:type") or "").lower() == "article"


def _names(page: Page) -> list[str]:
    """The parts of the page's title and its headings of the first degree."""
    named = (one_line(element.text_content()) for element in page.tree.xpath("//head/title | //h1"))
    return [part for name in named for part in SEPARATOR.split(name)]


def _is_called(pattern: re.Pattern[str], name: str) -> bool:
    """Whether a name is what the pattern says, and little else."""
    found = pattern.search(name)
    return bool(found) and len(pattern.sub("", name).split()) <= MOST_WORDS_BESIDE


def _is_login(page: Page, kind: str, text: str) -> bool:
    rest = [line for line in text.splitlines() if not LOG_IN_FIRST.search(line)]
    if _words(rest, LONG_LINE) >= SOME_PROSE:
        return False
    if kind in SHORT and LOG_IN_FIRST.search(text):
        return True
    has_field, wants_password = page.tree.xpath(HAS_FIELD), page.tree.xpath(WANTS_PASSWORD)
    is_called = any(map(partial(_is_called, ASKS_IN), _names(page)))
    return (is_called and (has_field or wants_password)) or bool(wants_password and PASSWORD.search(text))


def _is_wall(page: Page, text: str) -> bool:
    """Whether all there is wants JavaScript, or to know that a person asks."""
    rest = [line for line in text.splitlines() if not WANTS_SCRIPT.search(line)]
    if _words(rest, LONG_LINE) >= SOME_PROSE:
        return False
    return any(_is_called(CHECK, name) for name in _names(page)) or bool(WANTS_SCRIPT.search(text))


def _is_list(page: Page, text: str) -> bool:
    """By headlines that lead elsewhere and stand in its text; beside an article they stand too, but not in it.

    At the address of a home page or a list there is no article that they could stand beside.
    """
    linked = {one_line(element.text_content()) for element in page.tree.xpath(LINKED)}
    headlines = {one_line(headline.text_content()) for headline in page.tree.xpath(HEADLINES)}
    lines = [one_line(line) for line in text.splitlines()]
    free = [line for line in lines if line not in linked | headlines]
    words, free_words = _words(lines), _words(free)
    if _words(free, LONG_LINE) >= MUCH_PROSE or (words >= MANY_WORDS and 2 * free_words > words):
        return False
    leading = sum(line in headlines for line in lines)
    asks = is_search(page)
    if LIST.search(page.parts.path) or is_home(page):
        is_without_prose = not _words(free, LONG_LINE)
        return leading > 1 or (is_without_prose and (words < EMPTY_LIST or len(headlines) >= MANY_HEADLINES))
    return leading >= MANY_HEADLINES or (leading > 1 and (asks or bool(page.things(LIST_TYPES))))


def _words(lines: list[str], fewest: int = 0) -> int:
    """How many words stand in the lines that have so many."""
    return sum(words for line in lines if (words := len(line.split())) >= fewest)
