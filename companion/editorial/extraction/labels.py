"""Lines that tell what something else is: a picture, or the article itself."""

from companion.editorial.extraction.boilerplate import CAPTIONS, CREDIT, DATE
from companion.editorial.extraction.lines import WORD, Line

# Words. A label is no longer.
SHORT = 30
# Words that may stand beside a date in a line of its own, such as "last updated on".
BESIDE_A_DATE = 4
# Where a date or a name is what the text is about.
APART = ("pre", "td", "th", "dt", "dd", "li")
SENTENCE_ENDS = (".", "?", "!", "”", '"')


def is_caption(line: Line) -> bool:
    """Whether a line tells what a picture shows."""
    if any(each.names & CAPTIONS for each in list(line.container.chain())[:2]):
        return True
    for container in line.container.chain():
        if container.tag in ("blockquote", "table", "pre"):
            return False
        if container.tag in ("figure", "figcaption"):
            return True
    return False


def is_credit(line: Line) -> bool:
    """Whether a line tells who made the article or when, and nothing of what it is about."""
    if line.container.tag in APART or line.container.is_heading or line.size >= SHORT:
        return False
    if CREDIT.match(line.text) and not line.text.endswith(SENTENCE_ENDS):
        return True
    rest = DATE.sub(" ", line.text)
    return rest != line.text and len(WORD.findall(rest)) <= BESIDE_A_DATE
