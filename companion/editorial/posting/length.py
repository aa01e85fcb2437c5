"""How long a text is, as each channel counts it."""

import re
from collections.abc import Callable
from math import ceil
from unicodedata import category, normalize

# What stands for a web address, however long it is, on X and on Mastodon.
_ADDRESS = "x" * 23
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
# X makes a link of a bare name too. Of its long list these are the endings that our users meet.
_BARE = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|info|eu|nl|be|de|at|ch|fr|uk|io|ai|co)(?![\w-])(?:/\S*)?",
    re.IGNORECASE,
)
# Signs that end the sentence around an address, and not the address.
_BEHIND = ".,;:!?)]}'\"»”’…"
_FAR_MENTION = re.compile(r"(?<![\w/=])@(\w+)@[\w.-]*\w")
# What weighs one on X; all else weighs two.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
# Pictures. The first are watches, stars, check marks and the like, which many a device shows in colours.
_PICTURES = ((0x2300, 0x2BFF), (0x1F000, 0x1FFFF))
# Behind a joiner these go on the sign before it: signs such as ♂ and the arrows among them.
_JOINED = 0x203C

_MOST_BYTES = 3000
# Of what comes behind a site's name Bluesky shows so much, and of what is longer less and three dots.
_PATH, _PATH_CUT = 15, "x" * 16
_PATH_OF = re.compile(r"[/?#].*")

Count = Callable[[str], int]


def units(text: str) -> int:
    """Two for an emoji and one for nearly all else: UTF-16 units.

    That is how scripts count in a page's text field, and the safe side where a service only speaks of characters.
    """
    return len(text.encode("utf-16-le", "replace")) // 2


def on_x(text: str) -> int:
    """One for Latin, Greek, Cyrillic and the like, two for an emoji of any make and for other scripts, 23 for a link.

    From docs.x.com, "Counting characters", and the third configuration of X's library twitter-text.
    """
    shortened = _BARE.sub(_shortened, _WEB.sub(_shortened, normalize("NFC", text)))
    return sum(2 if is_emoji(sign) else sum(map(_weight, sign)) for sign in signs(shortened))


def on_mastodon(text: str) -> int:
    """Signs as people see them, 23 for a link, and of a mention of somebody elsewhere only the name.

    From docs.joinmastodon.org, "Posting to your profile".
    """
    return len(signs(_FAR_MENTION.sub(r"@\1", _WEB.sub(_shortened, text))))


def on_bluesky(text: str) -> int:
    """Signs as people see them, of which a post may hold 300; in over 3,000 bytes they count for ten bytes each.

    Both limits are in the schema app.bsky.feed.post. A link counts as the app writes it in the post, without what is
    far behind in it: toShortUrl in the source of bluesky-social/social-app.
    """
    shown = _WEB.sub(_cut, text)
    size, count = len(shown.encode("utf-8", "replace")), len(signs(shown))
    return count if size <= _MOST_BYTES else max(count, ceil(size / 10))


def on_threads(text: str) -> int:
    """Characters, and for an emoji its bytes, as Meta's page "Threads Posts" has it.

    It does not say which signs are emoji to it, so all that may be are taken for one.
    """
    return sum(len(sign.encode("utf-8", "replace")) if is_emoji(sign) else len(sign) for sign in signs(text))


def signs(text: str) -> list[str]:
    """The text in what a reader takes for one sign each: a letter with its accents, a flag, a family.

    These are the clusters of Unicode's annex 29, as far as they occur in posts.
    """
    if text.isascii():
        return list(text.replace("\r\n", "\n"))
    found: list[str] = []
    for sign in text:
        if found and _continues(found[-1], sign):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def is_emoji(sign: str) -> bool:
    """Whether one of the `signs` is a picture."""
    return _EMOJI_STYLE in sign or any(map(_is_picture, sign))


def _continues(before: str, sign: str) -> bool:
    if _is_flag_letter(sign):
        return len(before) == 1 and _is_flag_letter(before)
    if before == "\r":
        return sign == "\n"
    if before.endswith(_JOINER) and len(before) > 1:
        return ord(sign) >= _JOINED
    return category(sign) in ("Mn", "Me", "Mc") or _extends(ord(sign))


def _extends(code: int) -> bool:
    """Joiners, tones of skin, and the letters of the flags of parts of a country."""
    return code in (0x200C, 0x200D) or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F


def _is_picture(sign: str) -> bool:
    code = ord(sign)
    return any(first <= code <= last for first, last in _PICTURES) and category(sign) in ("So", "Sk")


def _is_flag_letter(sign: str) -> bool:
    return 0x1F1E6 <= ord(sign) <= 0x1F1FF


def _shortened(found: re.Match[str]) -> str:
    address = found[0].rstrip(_BEHIND)
    return _ADDRESS + found[0][len(address) :]


def _cut(found: re.Match[str]) -> str:
    address = found[0].rstrip(_BEHIND)
    named = address.partition("://")[2].removesuffix("/")
    path = _PATH_OF.search(named)
    shown = named[: path.start()] + _PATH_CUT if path and len(path[0]) > _PATH else named
    return shown + found[0][len(address) :]


def _weight(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in _LIGHT) else 2
