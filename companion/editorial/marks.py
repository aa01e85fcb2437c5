"""The marks of the extension in its copy of a page: what it saw is hidden, lies over it, or is a transcript."""

import re

MARK = "data-kwartier"
ANYWHERE = re.compile(MARK, re.IGNORECASE)


def without_marks(html: str) -> str:
    """A page that did not come from the extension, without anything that reads as a mark of its.

    Also without NUL: it is left out of every page that is read, and between the letters of a mark it would hide that.
    """
    return ANYWHERE.sub("data-elsewhere", html.replace("\0", ""))
