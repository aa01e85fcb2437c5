"""What stands among the lines of an article and is none of it: each rule takes lines, and gives back those that stay.

The figures are what F1 on 73 news pages of 2023-26 loses without the rule, if anything.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from companion.editorial.extraction.amounts import prose, size
from companion.editorial.extraction.boilerplate import (
    ASKS,
    BOXES,
    EMBEDDED,
    END,
    NEWSLETTER,
    READ_MORE,
    SECTIONS,
    SMALL_PRINT,
    TOOLS,
    WEAK_BOXES,
)
from companion.editorial.extraction.labels import SHORT, is_caption, is_credit
from companion.editorial.extraction.lines import WORD, Container, Line
from companion.editorial.extraction.repeats import repeats

# Words. Beside so many, whole galleries and lists of links may go.
ENOUGH = 150
# A box in an article has at most so many words, and so much of the article.
BOX_WORDS, BOX_SHARE = 80, 0.3
# A line that asks for something, rather than one about newsletters, is short; or not long, and at the end or a link.
LABEL, LONG = 12, 60
FIRST_LINES, LAST_LINES = 6, 4
SENTENCE_ENDS = (".", "!", "?", "…")
# Words of prose after which an article is not over yet.
GOES_ON = 60


class Surroundings(NamedTuple):
    """What the rules know of the page: the keys of its titles, and the lines that readability-lxml takes."""

    titles: frozenset[str]
    readability: frozenset[int]


Kept = Sequence[Line]
Rule = Callable[[Kept, Surroundings], list[Line]]


def trim(lines: Kept, surroundings: Surroundings) -> list[Line]:
    """The lines that are left when every rule was asked.

    A rule that would leave less than half has met an article that is about what it looks for.
    """
    kept = list(lines)
    for rule in RULES:
        left = rule(kept, surroundings)
        least = size(kept) / 2
        kept = left if size(left) >= (min(ENOUGH, least) if rule in LARGE else least) else kept
    return kept


def without_sections(lines: Kept, around: Surroundings) -> list[Line]:
    """Sections named for something else, of which the candidate that weighs containers takes next to nothing."""
    within = _by_container(lines)
    taken = _by_container([line for line in lines if line.number in around.readability])
    sections = {
        each for each, held in within.items() if each.names & SECTIONS and size(taken.get(each, ())) <= 0.1 * size(held)
    }
    return [line for line in lines if sections.isdisjoint(line.container.chain())]


def without_headline(lines: Kept, around: Surroundings) -> list[Line]:
    """The title, where it is said again over the text (.002)."""
    return [
        line
        for place, line in enumerate(lines)
        if not (_is_title(line, around) and (place < 4 or line.container.tag == "h1"))
    ]


def _is_title(line: Line, around: Surroundings) -> bool:
    """Whether a line is a title, the beginning of one, or one with a little more."""
    key = line.key
    return any(
        key == title
        or (min(len(key), len(title)) > 15 and (key in title or (title in key and len(key) < 1.5 * len(title))))
        for title in around.titles
    )


def without_embedded(lines: Kept, _: Surroundings) -> list[Line]:
    """Posts of other places, and what players say (.002); where they are much of it, the article is made of them."""
    embedded = [line for line in lines if any(_classes(each) & EMBEDDED for each in line.container.chain())]
    return _less(lines, embedded) if size(embedded) < 0.4 * size(lines) else list(lines)


def without_captions(lines: Kept, _: Surroundings) -> list[Line]:
    """What is said of a picture (.004); a quotation or a table in a figure is part of the text."""
    return [line for line in lines if not is_caption(line)]


def without_read_more(lines: Kept, _: Surroundings) -> list[Line]:
    """Lines that send the reader to another article (.001)."""
    return [line for place, line in enumerate(lines) if not (READ_MORE.match(line.text) and _leads(lines, place))]


def _leads(lines: Kept, place: int) -> bool:
    """Whether a line stands for another article: as a link, with these words alone, or as a label for links."""
    line = lines[place]
    found = READ_MORE.match(line.text)
    if line.links > 0.3 or (found and not WORD.search(line.text, found.end())):
        return True
    return line.size <= 8 and not line.text.endswith(SENTENCE_ENDS) and not _stands_over_prose(lines, place)


def _stands_over_prose(lines: Kept, place: int) -> bool:
    following = lines[place + 1] if place + 1 < len(lines) else None
    return bool(
        lines[place].container.is_heading and following and following.links < 0.5 and not following.container.is_heading
    )


def without_requests(lines: Kept, around: Surroundings) -> list[Line]:
    """Lines that ask to subscribe, follow or register (.003); in an article about that, those that are links."""
    is_topic = any(ASKS.search(title) or NEWSLETTER.search(title) for title in around.titles)
    return [
        line
        for place, line in enumerate(lines)
        if not (line.size < LONG and _asks(line, is_topic, place >= len(lines) - LAST_LINES))
    ]


def _asks(line: Line, is_topic: bool, is_last: bool) -> bool:
    if is_topic or line.links > 0.15:
        return line.links > 0.15 and bool(ASKS.search(line.text) or NEWSLETTER.search(line.text))
    if (is_last or line.size < SHORT) and ASKS.search(line.text):
        return True
    is_label = line.container.is_heading or line.size < LABEL or (is_last and (line.size < SHORT or line.links > 0))
    return is_label and bool(NEWSLETTER.search(line.text))


def without_tools(lines: Kept, _: Surroundings) -> list[Line]:
    """What can be done with the article: print it, send it on, download it, be asked in."""
    return [line for place, line in enumerate(lines) if _stands_over_prose(lines, place) or not _is_tool(line)]


def _is_tool(line: Line) -> bool:
    return line.size <= 8 and all(word.lower() in TOOLS for word in line.words)


def without_credits(lines: Kept, _: Surroundings) -> list[Line]:
    """Who wrote it, and when: at the beginning or the end."""
    return [
        line
        for place, line in enumerate(lines)
        if not (is_credit(line) and not FIRST_LINES <= place < len(lines) - FIRST_LINES)
    ]


def without_small_print(lines: Kept, around: Surroundings) -> list[Line]:
    """Whose it is, and what may not be made of it: at the end."""
    if any(SMALL_PRINT.search(title) for title in around.titles):
        return list(lines)
    end = len(lines) - FIRST_LINES
    return [
        line
        for place, line in enumerate(lines)
        if not (place >= end and line.size < SHORT and SMALL_PRINT.search(line.text))
    ]


def without_link_lists(lines: Kept, _: Surroundings) -> list[Line]:
    """Lists in which nearly every entry is a link (.005)."""
    entries: dict[Container, list[Line]] = {}
    for line in lines:
        if line.container.closest("li") and (found := line.container.closest("ul", "ol")):
            entries.setdefault(found, []).append(line)
    lists = [each for each in entries.values() if sum(line.links >= 0.5 for line in each) >= 0.8 * len(each)]
    return _less(lines, [line for each in lists for line in each if line.links >= 0.5])


def without_boxes(lines: Kept, _: Surroundings) -> list[Line]:
    """Small boxes named for something else (.002): share buttons, author boxes, calls to subscribe."""
    within = _by_container(lines)
    most = min(BOX_WORDS, max(BOX_SHARE * size(lines), 20))
    boxes = {each for each, held in within.items() if _is_box(each, held) and size(held) <= most}
    return [line for line in lines if boxes.isdisjoint(line.container.chain())]


def _is_box(container: Container, held: Kept) -> bool:
    """Not a heading by itself: what it stands over has its name too. Some names are those of parts of articles too."""
    names = container.names & BOXES
    if container.is_heading or (names and names <= WEAK_BOXES and prose(held)):
        return False
    return bool(names) or container.tag in ("aside", "footer", "form", "address")


def without_end(lines: Kept, _: Surroundings) -> list[Line]:
    """All from the line on with which the article is over, in its last third, unless it goes on with much prose."""
    first = int(0.7 * len(lines))
    ends = (place for place in range(first, len(lines)) if _is_end(lines[place]) and prose(lines[place:]) < GOES_ON)
    return list(lines[: next(ends, len(lines))])


def _is_end(line: Line) -> bool:
    is_sentence = line.text.endswith(SENTENCE_ENDS)
    return line.size < 12 and line.container.tag != "pre" and not is_sentence and bool(END.match(line.text))


def without_last_headings(lines: Kept, _: Surroundings) -> list[Line]:
    """Headings under which nothing is left."""
    kept = list(lines)
    while kept and kept[-1].container.is_heading:
        kept.pop()
    return kept


def without_repeats(lines: Kept, _: Surroundings) -> list[Line]:
    """What is said twice (.002)."""
    return _less(lines, repeats(lines))


def _by_container(lines: Kept) -> dict[Container, list[Line]]:
    """What each container holds, at any depth."""
    within: dict[Container, list[Line]] = {}
    for line in lines:
        for container in line.container.chain():
            within.setdefault(container, []).append(line)
    return within


def _classes(container: Container) -> set[str]:
    return set((container.element.get("class") or "").split())


def _less(lines: Kept, dropped: Kept) -> list[Line]:
    numbers = {line.number for line in dropped}
    return [line for line in lines if line.number not in numbers]


RULES: tuple[Rule, ...] = (
    without_sections,
    without_headline,
    without_embedded,
    without_captions,
    without_read_more,
    without_requests,
    without_tools,
    without_credits,
    without_small_print,
    without_link_lists,
    without_boxes,
    without_end,
    without_last_headings,
    without_repeats,
)
LARGE = {without_sections, without_link_lists}
