"""The text of a post, out of what the user wrote and chose. Kwartier adds no word of its own."""

import re
from collections.abc import Iterable

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.posting.channels import Channel

# What can be left out, in the order in which it stands under the view.
PARTS = ("link", "hashtags", "people")

# What goes on an address: these signs, also behind such as end the sentence around it.
_OF_ADDRESS = r"[\w/#&=%~+@$*-]"
_BEHIND = r".,;:!?)\]}'\"»”’…"


def compose(
    row: PlanRow, channel: Channel, with_link: bool = True, with_people: bool = True, with_hashtags: bool = True
) -> str:
    """The view as it was written, and under it the link, the hashtags and the names, each on a line of its own.

    What the view says already is not said again: its own hashtags, the names in it, the link. Names stand as the user
    typed them, a handle with its sign; only the channel itself can turn a name into a tag.
    """
    wanted = {"link": with_link, "hashtags": with_hashtags, "people": with_people}
    under = [text for name, text in parts_of(row).items() if wanted[name]]
    return channel.gap.join(filter(None, [row.commentary.strip(), *under]))


def parts_of(row: PlanRow) -> dict[str, str]:
    """By name of `PARTS` what comes under the view; empty for what there is not, or stands in the view."""
    view = row.commentary
    return {
        "link": "" if says_link(view, row.link) else row.link,
        "hashtags": " ".join(f"#{tag}" for tag in _missing(row.hashtags, view, "#")),
        "people": _names(_missing(row.people, view)),
    }


def says_link(text: str, link: str) -> bool:
    """Whether the text holds this very address: not a longer one that begins with it, or another that leads to it."""
    return bool(re.search(rf"(?<![\w/=]){re.escape(link)}(?![{_BEHIND}]*{_OF_ADDRESS})", text))


def _names(names: list[str]) -> str:
    """Handles stand apart by spaces, names that hold spaces by commas, and by semicolons where a name holds a comma."""
    apart = "; " if any("," in name for name in names) else ", " if any(" " in name for name in names) else " "
    return apart.join(names)


def _missing(wanted: Iterable[str], view: str, sign: str = "") -> list[str]:
    """Those that the view does not say, each once."""
    once: dict[str, str] = {}
    for word in wanted:
        once.setdefault(word.casefold(), word)
    return [word for word in once.values() if not _says(view, sign + word)]


def _says(view: str, word: str) -> bool:
    """Somebody's name is said with the sign that tags them, too."""
    sign = "" if word.startswith(("@", "#")) else "@?"
    return bool(re.search(rf"(?<![\w@#]){sign}{re.escape(word)}(?!\w)", view, re.IGNORECASE))
