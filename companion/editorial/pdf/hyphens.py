"""Words that were broken at the end of a line, put together again."""

import re

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
BROKEN = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-\u2010]$")
# After a hyphen of its own: "in- en uitvoer", "Ein- und Ausfuhr", "pre- and post-war".
SUSPENDED = {"en", "of", "und", "oder", "bzw", "and", "or", "to", "et", "ou", "y", "o", "tot", "bis"}


def words_of(texts: list[str]) -> set[str]:
    """The words of a document as they stand within its lines, in small letters."""
    return {word.casefold() for text in texts for word in WORD.findall(BROKEN.sub("", text))}


def joined(text: str, following: str, known: set[str]) -> str:
    """Two lines as one text. A hyphen at the end of the first goes where it only broke a word.

    It stays where what follows has a capital or is a number, and where the document has the word with it elsewhere.
    """
    broken, next_word = BROKEN.search(text), WORD.match(following)
    if not broken or not next_word:
        return f"{text} {following}"
    first, second = broken[1], next_word[0]
    if second.casefold() in SUSPENDED:
        return f"{text} {following}"
    whole, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
    is_word = second[0].islower() and not first[-1].isdigit()
    if is_word and (whole in known or hyphened not in known):
        return text[:-1] + following
    return text + following
