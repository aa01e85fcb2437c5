"""How much of a view is the user's own, said in one line."""

from dataclasses import dataclass

from flask_babel import get_locale, gettext, ngettext

from companion.editorial import voice
from companion.records import Item

# Measured on short comments: two thirds and more is a copy, a third and more leans on the article.
_LEANS, _COPIES = 0.35, 0.70
_LONG_RUN = 12


@dataclass(frozen=True)
class OwnWords:
    """The line, and whether it asks for care."""

    text: str
    careful: bool = False


def own_words(item: Item, article_text: str) -> OwnWords | None:
    """What to say about the view; nothing where there is none."""
    view = item["commentary"].strip()
    if not view:
        return None
    exempt = [item["article"]["title"], *(quote["text"] for quote in item["quotes"])]
    found = voice.compare(view, article_text, exempt)
    counted = ngettext("%(num)s word", "%(num)s words", found.words)
    share, run = found.copied_share, found.longest_run
    if share >= _COPIES or run >= _LONG_RUN:
        return OwnWords(gettext("%(words)s, most of them the article's. What do you make of it?", words=counted), True)
    if share >= _LEANS:
        return OwnWords(gettext("%(words)s, a good part of them the article's", words=counted), True)
    if not article_text or _other_language(item):
        return OwnWords(counted)
    if share:
        return OwnWords(gettext("%(words)s, mostly your own", words=counted))
    return OwnWords(gettext("%(words)s, all your own", words=counted))


def _other_language(item: Item) -> bool:
    """Whether the article is likely in another language than the view, where a comparison says nothing."""
    written = (item["article"]["language"] or "").split("-")[0].lower()
    return bool(written) and written != str(get_locale() or "en").split("_")[0]
