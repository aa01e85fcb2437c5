"""Singular and plural of Dutch and English words, so that a search for the one finds the other.

A word is expanded into its forms when it is searched for, not cut to a stem when it is indexed: stems (the Snowball
stemmers were looked at) break the search while typing, where `werkge` has to find *werkgever*, and they merge words
that have nothing to do with one another. A form that does not exist costs some microseconds and finds nothing; what
matters is that no form is another word.
"""

import re
from collections.abc import Iterator

# Words that are not the plural of what stands before their s: `mens` has nothing to do with `men`.
_NO_PLURALS = frozenset(
    """
    alles als anders arts bewijs daags dans dies duits eens elders engels ens ergens fonds fors gans gens gids goods
    grens hals heks hens hoes iets immers ineens kaas kans kers koers krachtens laatst laks langs lens loods mars mens
    middels minstens mits muts namens nergens news niets nieuws onderhands ons onderwijs opeens overigens paars pers
    pils plaats plots plus pols prijs rechts reeds rots slechts soms steeds straks taks telkens tevens thans tijdens
    toets trots trouwens vals vers vervolgens vlees volgens wals was wegens wens wijs zelfs
    always besides canvas customs does goes has hans lucas means perhaps sometimes species yes
    """.split()
)
# Fields of study, as ethics and geopolitics; clinics and metrics do have a singular.
_STUDIES = re.compile(
    r"(?:acoust|aesthet|analyt|athlet|dynam|econom|electron|ergonom|eth|genet|hydraul|informat|linguist|logist|mathemat"
    r"|mechan|mechatron|phys|polit|robot)ics$"
)
# Forms by the rules, of which each is another word.
_UNRELATED = frozenset(
    frozenset(pair.split("/"))
    for pair in """
    data/datum sla/slum uit/uiten buit/buiten bin/binnen was/wassen word/worden gun/gunnen steel/stelen heel/helen
    maart/maarten mens/menses los/loses
    token/took listen/list have/haven take/taken same/samen here/heren were/weren late/laten wage/wagen store/storen
    trade/traden pole/polen gate/gaten
    """.split()
)
# Other words in f have no plural in ves: safe has nothing to do with saves.
_WITH_VES = ("calf", "half", "knife", "leaf", "life", "loaf", "scarf", "self", "shelf", "thief", "wife", "wolf")

Pairs = tuple[tuple[str, str], ...]

# Also for the words that end in them: dag and dagen, so werkdag and werkdagen.
_IRREGULAR: Pairs = tuple(
    (singular, plural)
    for singular, _, plural in (
        pair.partition("/")
        for pair in """
        bad/baden bedrag/bedragen been/beenderen bevel/bevelen blad/bladen blad/bladeren dag/dagen dak/daken ei/eieren
        gat/gaten gebed/gebeden gebrek/gebreken glas/glazen god/goden goed/goederen graf/graven hof/hoven
        kalf/kalveren kind/kinderen koe/koeien lam/lammeren lid/leden lied/liederen oorlog/oorlogen pad/paden
        rad/raderen rund/runderen schip/schepen slot/sloten smid/smeden spel/spelen stad/steden vat/vaten
        verdrag/verdragen verslag/verslagen vlo/vlooien volk/volkeren weg/wegen
        child/children criterion/criteria foot/feet goose/geese mouse/mice person/people phenomenon/phenomena
        tooth/teeth woman/women
        """.split()
    )
)
# What replaces the ending of a singular in the plural.
_ENDINGS: Pairs = (("heid", "heden"), ("icus", "ici"), ("um", "a"), ("sis", "ses"))
_IRREGULAR_PLURALS: Pairs = tuple((plural, singular) for singular, plural in _IRREGULAR)
_PLURAL_ENDINGS: Pairs = tuple((plural, singular) for singular, plural in _ENDINGS)
_SHORTEST = 3

_VOICED = {"f": "v", "s": "z"}
_UNVOICED = {"v": "f", "z": "s"}
# Virus and process are singulars; bureaus is none.
_WITH_S = re.compile(r"(?:[^isu]|eau)s$")
_LONG_VOWEL = re.compile(r"([aeou])\1[bdfgklmnprst]$")
_SHORT_VOWEL = re.compile(r"(?:^|[^aeiou])[aeiou][bdfgklmnprst]$")
_UNSTRESSED = re.compile(r"[aeiou].*(?:e[lmnr]|or|ik|it)$")
_OPEN_SYLLABLE = re.compile(r"(?:^|[^aeiou])([aeou])[bdfgklmnprstvz]$")
_DOUBLE_CONSONANT = re.compile(r"([bdfgklmnprst])\1$")


def forms(word: str) -> list[str]:
    """The word itself, then what may be its plurals and singulars, for a word in lower case without diacritics."""
    if not (word.isascii() and word.isalpha()):
        return [word]
    found = dict.fromkeys([word, *_plurals(word), *_singulars(word)])
    return [form for form in found if frozenset((word, form)) not in _UNRELATED]


def _plurals(word: str) -> Iterator[str]:
    yield from _with_other_ending(word, _ENDINGS)
    yield from _irregular(word, _IRREGULAR)
    if len(word) >= _SHORTEST:
        yield from _english_plurals(word)
        yield from (plural for plural in _dutch_plurals(word) if not any(_irregular(plural, _IRREGULAR_PLURALS)))


def _singulars(word: str) -> Iterator[str]:
    """Irregular plurals have no regular singular: `leden` is not the plural of `leed`."""
    yield from _with_other_ending(word, _PLURAL_ENDINGS)
    irregular = list(_irregular(word, _IRREGULAR_PLURALS))
    yield from irregular
    if not irregular and not word.endswith("heden"):
        yield from _without_s(word)
        yield from _without_en(word)


def _irregular(word: str, pairs: Pairs) -> Iterator[str]:
    for old, new in pairs:
        if word == old or (len(old) >= _SHORTEST and word.endswith(old)):
            yield word.removesuffix(old) + new


def _with_other_ending(word: str, endings: Pairs) -> Iterator[str]:
    """An ending says something only about a word that has more than it."""
    for old, new in endings:
        if word.endswith(old) and len(word) >= len(old) + 2:
            yield word.removesuffix(old) + new


def _english_plurals(word: str) -> Iterator[str]:
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    if word.endswith(_WITH_VES):
        yield word.removesuffix("e")[:-1] + "ves"
    if not word.endswith(("s", "x", "z")) and _is_plural(word + "s"):
        yield word + "s"


def _dutch_plurals(word: str) -> Iterator[str]:
    if word.endswith("e"):
        yield word + "n"
        if word.endswith(("ee", "ie")):
            yield word + "en"
    elif _LONG_VOWEL.search(word):
        yield from _with_en(word[:-2] + word[-1])
    elif _SHORT_VOWEL.search(word) and not word.endswith("ij"):
        yield word + word[-1] + "en"
        if _UNSTRESSED.search(word):
            yield word + "en"
    elif word[-1] not in "aiouy" and word[-1] != word[-2]:  # No word of Dutch ends as English bill does.
        yield from _with_en(word)


def _with_en(stem: str) -> Iterator[str]:
    """Brieven has a v, but eisen an s: both are tried."""
    if stem[-1] in _VOICED:
        yield stem[:-1] + _VOICED[stem[-1]] + "en"
    if not stem.endswith("f"):
        yield stem + "en"


def _without_s(word: str) -> Iterator[str]:
    if len(word) <= _SHORTEST or not _WITH_S.search(word) or not _is_plural(word):
        return
    yield word[:-1]
    if len(word) - 2 >= _SHORTEST and word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield from (word[:-3] + end for end in ("f", "fe") if (word[:-3] + end).endswith(_WITH_VES))


def _is_plural(word: str) -> bool:
    return word not in _NO_PLURALS and not _STUDIES.search(word)


def _without_en(word: str) -> Iterator[str]:
    stem = word.removesuffix("en")
    if stem == word or len(stem) < 2:
        return
    if (open_syllable := _OPEN_SYLLABLE.search(stem)) is not None:
        yield stem[:-1] + open_syllable[1] + _UNVOICED.get(stem[-1], stem[-1])
    elif _DOUBLE_CONSONANT.search(stem):
        if len(stem) > _SHORTEST:  # Innen has nothing to do with in.
            yield stem[:-1]
    elif len(stem) > 2 and (stem[-1] not in "aeiou" or stem.endswith(("ie", "ee"))):
        yield stem[:-1] + _UNVOICED.get(stem[-1], stem[-1])
    if _UNSTRESSED.search(stem):
        yield stem
    if len(stem) > 2 and stem[-1] not in "aeou":
        yield stem + "e"
