"""Letters as a search takes them: of the several ways in which a word can be written, none makes a difference."""

import unicodedata
from functools import cache

# Soft hyphens and the like, which pages leave amid words and nobody sees.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# Where Unicode has its Latin, Greek and Cyrillic letters with diacritics.
_ACCENTED_LETTERS = (*range(0xC0, 0x530), *range(0x1E00, 0x2000))


def normalized(text: str) -> str:
    """The text in Unicode's form NFKC, where ligatures and raised digits are ordinary ones, without invisible signs."""
    for sign in _INVISIBLE:
        text = text.replace(sign, "")
    # Line by line: on megabytes at once the interpreter would be busy so long that requests wait.
    return "\n".join(unicodedata.normalize("NFKC", line) for line in text.split("\n"))


def lowered(text: str) -> str:
    """The text in lower case, each letter in its place."""
    lower = text.lower()
    # The Turkish İ alone becomes two characters.
    return lower if len(lower) == len(text) else text.replace("İ", "I").lower()


def base(letter: str) -> str:
    """The letter without its diacritics. Other letters that fall apart, such as Korean ones, are left whole."""
    apart = unicodedata.normalize("NFD", letter)
    return apart[0] if all(map(unicodedata.combining, apart[1:])) else letter


@cache
def accented() -> dict[str, str]:
    """The small letters that have diacritics, by their base."""
    found: dict[str, str] = {}
    for letter in map(chr, _ACCENTED_LETTERS):
        if letter.islower() and base(letter) != letter:
            found[base(letter)] = found.get(base(letter), "") + letter
    return found
