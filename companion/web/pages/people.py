"""Everyone named to be tagged, and where."""

from collections.abc import Iterable

from flask import render_template

from companion.editorial.curation import every_item
from companion.records import Item
from companion.web.context import store
from companion.web.pages import pages

_SHOWN_EACH = 3


@pages.get("/people")
def people() -> str:
    """Names with the articles they are tagged on, those most often named first."""
    named = _by_name(every_item(store()))
    rows = sorted(named.items(), key=lambda entry: (-len(entry[1]), entry[0].casefold()))
    return render_template("people.html", rows=rows, shown_each=_SHOWN_EACH)


def _by_name(items: Iterable[Item]) -> dict[str, list[Item]]:
    """Items by name; spellings that differ in case only are one person, as spelled last."""
    spelled: dict[str, str] = {}
    named: dict[str, list[Item]] = {}
    for item in items:
        for name in item["people"]:
            known = spelled.setdefault(name.casefold(), name)
            named.setdefault(known, []).append(item)
    return named
