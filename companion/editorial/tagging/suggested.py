"""A suggestion, which says what it stands on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggested:
    """A hashtag or a person, and why.

    `used` before on the topic that `about` names; `similar`: used before; in the `title` or the `article`; who `wrote`
    it; who is `named` in it.
    """

    value: str
    because: str
    about: str = ""
