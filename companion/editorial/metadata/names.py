"""People's names, out of what stands where an author is named."""

import re
from collections.abc import Iterator

from companion.editorial.metadata.words import key

# Characters. A name, and a list of the hundred authors of a paper.
LONGEST, LONGEST_LIST = 80, 500
MOST_WORDS = 7

# What stands before a name, in the languages of Western Europe: how it came about, a label, signs.
BEFORE = re.compile(
    r"""^(?:[\W\d_]+
    |(?:(?:written|posted|published|reviewed|words|story|text|geschreven|gepubliceerd|geplaatst|geschrieben|verfasst
        |veröffentlicht|eingestellt|rédigé|écrit|publié|proposé|escrito|publicado|scritto|pubblicato|skrevet|skriven
        |interview|column|essay|gastbeitrag|(?:ein|blog)\ beitrag|an?\ article|de\ la\ rédaction)\s+)?
        (?:by|door|von|vom|par|por|di|af|av|przez)\b\s*
    |(?:van\s+)?(?:onze?|unsere?[rnm]?|notre|nuestr[oa]|our)\s+
    |(?:authors?|autor(?:in|en|es|a)?|auteurs?|auteure|autore|autori)\s+(?=[^\W\d_])
    |[^\W\d_]+\s*[:：●]\s*
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands behind one: a role, a place, an employer, the date.
BEHIND = re.compile(
    r"""(?:\s*(?:[|•·●―—–→]|\s-\s|\s@|\(|\[|\d{1,2}[./:]|\d{4}|https?:|www\.|기자|記者|记者)
    |\s(?:op|on|am|le|el|il)\s(?=\d)|\s(?:for|from|in|at|aus|à|für|pour|voor|via)\s(?=[^\W\d_])).*$""",
    re.IGNORECASE | re.VERBOSE,
)
MAIL_OR_QUOTE = re.compile(r"\S+(?:@|\[at\]|\(at\))\S+|\s*[\"“”«»]\s*")
DEGREES = re.compile(r",?\s+(?:ph\.?\s?d|m\.?d|m\.?sc?|b\.?sc?|mba|esq|frcp|rn)\.?(?=,|;|$)", re.IGNORECASE)
DEGREE_BEFORE = re.compile(r"[a-z]{1,5}\.")
ELISION = re.compile(r"^[dl]['’]", re.IGNORECASE)
YOUNGER = re.compile(r",\s*(Jr|Sr|II|III)\b")
# Between two names. A sign always parts them, a word where both sides can be names.
SIGN = re.compile(r"\s*[;·•|]\s*|\s+/\s+|(?<=[a-z])/(?=[A-Z][a-z]+\s)")
AND = re.compile(rf"\s+(?i:and|und|en|et|y|e|og|och|&|\+)\s+|{SIGN.pattern}")
EDGES = " ,;:.-–—|/'*•《》©"
INITIAL_AT_END = re.compile(r"\s[^\W\d_]\.?$")

PARTICLES = frozenset(
    """
    't 's aan af al ap av be bin ben d' da dal dalla das de degli dei del della den der des di do dos du e el het ibn in
    la las le lo los mac mc of op ten ter the tot uit und van vom von vor y z zu zum zur à
    """.split()
)
# Words with which no person's name begins.
NO_BEGINNING = frozenset("the die der das het een in of on op los les ein eine zur zum im am bei mit und".split())
# With the words in small letters before it, where it stands behind the name.
ROLE = re.compile(
    r"""(?:^|(?:\s(?-i:[a-z])[\w-]*){0,3}\s)(?:staff
    |\S*(?:redakteur|redacteur|journalist|experte?|reporter|korrespondent|correspondente?|correspondant|corresponsal
        |verslaggever|projektleiter|editor|volontär|autor|auteur|gründer)(?:in)?
    )(?=\s|$)""",
    re.IGNORECASE | re.VERBOSE,
)
# Words of links and labels about authors, and what templates have where an author was to be filled in.
NO_NAME = re.compile(
    r"""\b(?:admin|administrator|anonymous|no\ author|unknown|unbekannt|guest|gast|webmaster|editorial\ team
    |view|show|see|all|posts?|profile?|complete|about|über|more|mehr|weiter|weitere|alle|beiträge|artikel|articles?
    |zeige|anzeigen|archiv|archive|read|reading|author|autor|auteur|autore|comments?|kommentare|follow|share|subscribe
    |login|published|updated|aktualisiert|veröffentlicht|gepubliceerd|bijgewerkt|publié|mis\ à\ jour|minutes?|min|uhr
    |uur|inhalt|content|menu|contact|email|e-mail|twitter|facebook|linkedin|instagram|rss|copyright|photo|foto|bild
    |image|getty|video)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What is named behind a person's name for belonging to it.
EMPLOYER = re.compile(r"\b(?:universit|instit|minister|hochschule|hogeschool|college|school|gmbh)", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r"[\d:!?]")
VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)


def people(declared: str) -> list[str]:
    """The names in a text that names authors, as people write them; none where it is an address.

    "Door A. Bos en C. Dijk, Brussel" names A. Bos and C. Dijk.
    """
    if declared.startswith(("http", "www.", "/", "@")):
        return []
    text = MAIL_OR_QUOTE.sub(" ", YOUNGER.sub(r" \1", declared[:LONGEST_LIST]))
    text = _without_beginning(" ".join(DEGREES.sub("", text).split()))
    names = [name for group in _grouped(text) for part in _listed(group) if (name := _name(part))]
    return list(dict.fromkeys(name for name in names if name is names[0] or not name[0].islower() or is_person(name)))


def is_person(name: str) -> bool:
    """Whether a name is written as people's are: two to five words with capitals, particles between them aside."""
    words = name.split()
    proper = [ELISION.sub("", word) for word in words if word not in PARTICLES and not DEGREE_BEFORE.fullmatch(word)]
    is_proper = len(proper) > 1 and words[-1].endswith(proper[-1]) and words[0].casefold() not in NO_BEGINNING
    # Scripts without capitals have letters that are neither.
    is_capital = all(word[:1].isalpha() and not word[0].islower() for word in proper)
    is_name = is_proper and is_capital and len(words) <= 5
    return is_name and not any(pattern.search(name) for pattern in (NOT_IN_NAMES, NO_NAME, ROLE))


def _without_beginning(text: str) -> str:
    while (without := BEFORE.sub("", text)) != text:
        text = without
    return text


def _grouped(text: str) -> Iterator[str]:
    """The parts between "and" and the like; "Ortega y Gasset" is one, since half of it would be no name."""
    parts, separators = AND.split(text), AND.findall(text)
    current = parts[0]
    for separator, part in zip(separators, parts[1:], strict=True):
        if SIGN.fullmatch(separator) or _are_two(current, part):
            yield current
            current = part
        else:
            current += separator + part
    yield current


def _are_two(before: str, after: str) -> bool:
    words = len(after.split(",")[0].split())
    is_agency = words == 1 and len(after) > 1 and after.isupper() and not before.isupper()
    return after[:1].isupper() and (words > 1 or is_agency or words == len(before.split()))


def _listed(text: str) -> list[str]:
    """The names between commas. A single word behind a full name is a city, a newspaper or a title, and is left out."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 2 and all(part.isalpha() for part in parts):
        return [f"{parts[1]} {parts[0]}"]
    others = (part for part in parts[1:] if is_person(_name(part)) and not EMPLOYER.search(part))
    return parts[:1] + [part for part in others if not part.isupper()]


def _name(part: str) -> str:
    """One name; "" where the text is none."""
    whole = BEHIND.sub("", _without_beginning(part)).strip()
    name = whole.strip(EDGES)
    without_role = ROLE.sub("", name).strip(EDGES)
    if is_person(without_role):
        name = without_role
    if INITIAL_AT_END.search(name) and whole.endswith("."):
        name += "."
    is_none = not key(name) or len(name) > LONGEST or len(name.split()) > MOST_WORDS or NO_NAME.fullmatch(name)
    return "" if is_none else _quiet(name)


def _quiet(name: str) -> str:
    """A name in capitals as it is written elsewhere; one word without a vowel, or of two letters, tells a company."""
    words = name.replace("-", " ").split()
    is_loud = len(words) > 1 and name.isupper() and name.isascii()
    if not is_loud or any(len(word) < 3 or not VOWEL.search(word) for word in words if not word.endswith(".")):
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
