"""People to tag: who wrote the article, who was tagged before on its topic, who is named in it. Only ever suggested."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from companion.editorial.metadata.names import PARTICLES, is_person
from companion.editorial.tagging.history import Tagged, used_on
from companion.editorial.tagging.keywords import OPENING
from companion.editorial.tagging.suggested import Suggested
from companion.editorial.tagging.words import stop_words

MOST = 6
# Of one topic people tag few, and of an article with a long list of authors the first ones.
MOST_USED, MOST_AUTHORS, MOST_NAMED = 3, 3, 4

_CAPITAL = r"[^\W\d_a-z]['’]?[^\W\d_]+(?:-[^\W\d_]+)*"
# Between two surnames these join two people, or are words of the sentence.
_PARTICLES = "|".join(
    sorted(PARTICLES - {"y", "e", "i", "und", "do", "in", "op", "of", "the", "to", "s", "t", "be", "en"})
)
_NAME = re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL})*(?: (?:{_PARTICLES}))* {_CAPITAL}\b")
# What people are, before their name.
_ROLE = re.compile(
    r"""(?:lei[dt]er|leiterin|leidster|beheerder|wethouder|burgemeester|bürgermeister(?:in)?|minister(?:in)?|planner|monteur
    |directeur|directrice|director|manager(?:in)?|officer|adviseur|adviser|advisor|wissenschaftler(?:in)?|onderzoeker
    |forscher(?:in)?|researcher|hoogleraar|professor(?:in)?|lector|dozent(?:in)?|advocaat|anwalt|anwältin|lawyer|notaris
    |rechter|richter(?:in)?|judge|arts|arzt|ärztin|doctor|verpleegkundige|nurse|kwekerij|bakkerij|voorzitter|chairman|
    president|chief|executive|justice|senator|sprecher(?:in)?|woordvoerder|redacteur|editor|owner|captain|chef(?:in)?|ceo|mevrouw|heer|frau|herr
    |mr|mrs|ms|dr|prof|madame|monsieur|sir|lady|lord|onze|ihre)$""",
    re.IGNORECASE | re.VERBOSE,
)
# Headings and cells of a table hold words with capitals too.
SHORTEST_LINE = 40
_NO_PERSON = re.compile(
    r"""(?:straat|laan|plein|weg|gracht|kade|dijk|stra(?:ß|ss)e|platz|allee|burg|stad|dorp)$
    |^(?:ministeries?|universit\w+|hogeschool|hochschule|instit\w+|stichting|vereniging|gemeente|provincie|kamer|raad|bank
    |college|school|academ\w+|museum|ziekenhuis|kliniek|hospital|clinic|court|commission|council|committee|department
    |agency|association|foundation|society|company|group|holding|partners|advocaten|accountants|consult\w+|media|press
    |news|times|post|courier|journal|magazine|krant|dagblad|street|road|avenue|square|park|bridge|bay|river|lake|mount
    |north|south|east|west|new|saint|san|santa|los|las|united|royal|national|international|european|europese?|american
    |british|dutch|german|deutsche[rns]?|nederlandse?|act|wet|verordening|richtlijn|code|red|rood|storm|lage|hoge|nieuwe?
    |grote|kleine|bruxelles|london|paris|berlin|amsterdam|rotterdam|utrecht|york|rue|avenue|place|boulevard
    |haag|hague|nederland|deutschland|belgi[eë]|france|valley|wall|staat|state|steel|tata|groep|corporation|dynamics
    |technolog\w+|systems|solutions|software|medical|energy|motors|capital|platform|cloud|intelligence|resources|\w{4,}bank
    |lieve|beste|dear|hello|hallo|kerst\w*|christmas|pasen|easter|google|microsoft|apple|excel|windows|linux|open|chat\w*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_BUREAU = re.compile(
    r"\b(?:redactie|redaktion|rédaction|editors?|editorial|staff|team|newsroom|bureau)\b", re.IGNORECASE
)
# Who speaks, or is introduced, is a person. German writes every noun with a capital, so there nothing else counts.
_SPEAKS = re.compile(
    r"^[”\"'’»]*,?\s*(?:\(\d\d\)|zegt|vertelt|noemt|vindt|legt|schrijft|zei|aldus|said|says|told|explains|writes|who"
    r"|sagt|erklärt|sagte|berichtet|meint|dit|explique|résume|raconte|souligne|affirme)\b"
)
_INTRODUCED = re.compile(
    r"\b(?:zegt|aldus|vertelt|said|says|sagt|erklärt|meint|dit|résume|explique|selon|volgens|dr|prof|mr|mrs|ms|drs|ir|ing"
    r"|heer|mevrouw|frau|herr|mme|hoogleraar|lector|directeur|director|professor|auteur|author|ceo|cto|cfo|\w+leiter"
    r"|onderzoeker|researcher|advocaat|wethouder|burgemeester|minister|\w+leider|\w+beheerder|\w+ière|\w+ère)[.,]?\s$",
    re.IGNORECASE,
)


def suggest_people(
    article: Mapping[str, Any], text: str, topic: str, history: Sequence[Tagged], chosen: Iterable[str] = ()
) -> list[Suggested]:
    """At most six people with what each stands on: `wrote`, `used` on the topic `about`, or `named` in the article.

    None of those that are `chosen`; `history` is the user's own tagging, newest first.
    """
    authors = [name for name in article["authors"] if _may_be_author(name, article["site_name"])]
    found = [
        *(Suggested(name, "wrote") for name in authors[:MOST_AUTHORS]),
        *(Suggested(name, "used", topic) for name in used_on(history, topic, lambda one: one.people)[:MOST_USED]),
        *(Suggested(name, "named") for name in _named(text[:OPENING], article["language"] or "")),
    ]
    once: dict[str, Suggested] = {}
    for one in found:
        once.setdefault(one.value.casefold(), one)
    taken = {name.casefold() for name in chosen}
    return [one for name, one in once.items() if name not in taken][:MOST]


def _may_be_author(name: str, site: str) -> bool:
    return is_person(name) and not _BUREAU.search(name) and name.casefold() != site.casefold()


def _named(text: str, language: str) -> list[str]:
    """Those who are named with their first name and surname, the surest first."""
    stopped, is_german = stop_words(language), language.startswith("de")
    scores: Counter[str] = Counter()
    for line in text.splitlines():
        for name, certainty in _in_line(line, stopped) if len(line) >= SHORTEST_LINE else ():
            scores[name] += certainty if certainty > 1 or not is_german else 0
    return [name for name, score in scores.most_common(MOST_NAMED) if score]


def _in_line(line: str, stopped: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Words with capitals beside each other that may name a person: 3 where one speaks or is introduced, else 1."""
    for found in _NAME.finditer(line):
        words = found[0].split()
        roles = [at for at, word in enumerate(words[:-2]) if _ROLE.search(word)]
        is_introduced = bool(roles or _INTRODUCED.search(line[: found.start()][-30:]))
        words = words[roles[-1] + 1 :] if roles else words[words[0].casefold() in stopped :]
        if _are_name(words, stopped):
            speaks = _SPEAKS.match(line[found.end() : found.end() + 30])
            yield " ".join(words), 3 if is_introduced or speaks else 1


def _are_name(words: list[str], stopped: frozenset[str]) -> bool:
    proper = [word for word in words if word[0].isupper()]
    return is_person(" ".join(words)) and not any(
        _NO_PERSON.search(word) or word.isupper() or word.casefold() in stopped for word in proper
    )
