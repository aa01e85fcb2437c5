"""A form that was sent, beside what was changed elsewhere since it was shown."""

from collections.abc import Mapping

from flask_babel import gettext

Texts = Mapping[str, str]


def merged(sent: Texts, stored: Texts) -> tuple[dict[str, str], list[str]]:
    """The fields as they are to be kept, and the names of those that were changed both here and elsewhere.

    `stored` is the form as it would be shown now; `sent` has beside each field what was shown in it. A field that was
    left alone follows what is stored; what was changed on both sides stays as typed, for the user to decide on.
    """
    texts, clashing = {}, []
    for name, now in stored.items():
        seen = sent.get(f"shown_{name}", now)
        typed = sent.get(name, seen)
        is_touched = _plain(typed) != _plain(seen)
        texts[name] = typed if is_touched else now
        if is_touched and _plain(now) not in (_plain(seen), _plain(typed)):
            clashing.append(name)
    return texts, clashing


def _plain(text: str) -> str:
    """Without what only browsers make of it."""
    return text.replace("\r\n", "\n").strip()


def also_changed(stored: str) -> str:
    """What to do about such a field, which is stored so now."""
    if stored:
        return gettext(
            "It was also changed elsewhere, to: %(value)s. Save again to keep what stands in the field.", value=stored
        )
    return gettext("It was also emptied elsewhere. Save again to keep what stands in the field.")
