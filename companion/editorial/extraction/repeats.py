"""What an article says twice: pull quotes, a second copy for another layout, one that is hidden behind a paywall.

Equal paragraphs next to each other are no such thing: a song has its refrain.
"""

from collections import Counter
from collections.abc import Sequence, Set

from companion.editorial.extraction.amounts import windows
from companion.editorial.extraction.lines import Container, Line

# Signs. Longer lines are no paragraphs, but a text that has lost them.
LONGEST_PARAGRAPH = 1500
NEARLY_ALL = 0.8
# Signs of all lines. A book is said once.
MOST_SIGNS = 500_000
# Words. A pull quote has at least so many, and the box around it not many more.
SHORTEST_QUOTE, LONGEST_BOX = 6, 60
MOST_HOLDING = 20
# So many lines in a row are not repeated by chance.
RUN = 3


def repeats(lines: Sequence[Line]) -> list[Line]:
    """Those of the lines that say what others say."""
    if sum(len(line.text) for line in lines) > MOST_SIGNS:
        return []
    copies = _copies(lines)
    rest = [line for line in lines if line not in copies]
    return [*copies, *_quotes(rest), *_runs(rest)]


def _copies(lines: Sequence[Line]) -> list[Line]:
    """Long lines of which the others say nearly all."""
    long = [line for line in lines if len(line.text) >= LONGEST_PARAGRAPH]
    said = Counter(window for line in lines for window in windows(line.words)) if long else Counter()
    found = []
    for line in long:
        mine = Counter(windows(line.words))
        if sum(min(times, said[window] - times) for window, times in mine.items()) >= NEARLY_ALL * mine.total() > 0:
            found.append(line)
            said -= mine
    return found


def _quotes(lines: Sequence[Line]) -> list[Line]:
    """Lines that stand as a part of a longer one elsewhere, in a box that holds little else."""
    words: Counter[Container | None] = Counter()
    for line in lines:
        words[line.container.parent] += line.size
    short = [line for line in lines if len(line.words) >= SHORTEST_QUOTE and words[line.container.parent] < LONGEST_BOX]
    holding = _holding({line.words[:SHORTEST_QUOTE] for line in short}, lines)
    return [line for line in short if _is_quote(line, holding[line.words[:SHORTEST_QUOTE]])]


def _is_quote(line: Line, holding: Sequence[Line]) -> bool:
    """Whether it is a part of one of these lines; what many lines begin with is a form, such as an article of a law."""
    return len(holding) <= MOST_HOLDING and any(_quotes_from(line, other) for other in holding)


def _holding(beginnings: Set[tuple[str, ...]], lines: Sequence[Line]) -> dict[tuple[str, ...], list[Line]]:
    """For each of these beginnings of lines, the lines in which it stands."""
    found: dict[tuple[str, ...], list[Line]] = {beginning: [] for beginning in beginnings}
    for line in lines:
        for window in {line.words[start : start + SHORTEST_QUOTE] for start in range(len(line.words))} & beginnings:
            found[window].append(line)
    return found


def _quotes_from(line: Line, other: Line) -> bool:
    is_elsewhere = other.container.parent is not line.container.parent
    return is_elsewhere and len(other.key) > len(line.key) and line.key in other.key


def _runs(lines: Sequence[Line]) -> list[Line]:
    """Lines in a row that were all said before, in another container."""
    first: dict[str, Line] = {}
    runs: list[list[Line]] = [[]]
    for line in lines:
        if first.setdefault(line.key, line).container.parent is not line.container.parent:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [line for run in runs if len(run) >= RUN for line in run]
