"""How much text there is in lines, and the runs of words by which a text is known again."""

from collections.abc import Iterable, Sequence

from companion.editorial.extraction.lines import Line

# Words in a row; also what extraction is scored by.
WINDOW = 4
# Words from which on a line is prose rather than a label, unless this share of it stands in links.
PROSE_LINE, LINKED = 10, 0.3


def size(lines: Iterable[Line]) -> int:
    """How many words they have."""
    return sum(line.size for line in lines)


def prose(lines: Iterable[Line]) -> int:
    """How many words stand in those that are no labels and no links."""
    return size(line for line in lines if line.size >= PROSE_LINE and line.links < LINKED)


def windows(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Each run of so many words, in order."""
    return [tuple(words[start : start + WINDOW]) for start in range(len(words) - WINDOW + 1)]
