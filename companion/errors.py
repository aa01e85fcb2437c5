"""What can go wrong, in the words of the domain; the web turns each into one status."""

from collections.abc import Sequence

from companion.records import Problem


class KwartierError(Exception):
    """A refusal that a person can read, with a problem for each field at fault."""

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = list(problems)


class Invalid(KwartierError):
    """A record or a field is not as the contract says."""

    @classmethod
    def field(cls, path: str, message: str) -> "Invalid":
        """The refusal of one field."""
        return cls(f"{path}: {message}", [{"path": path, "message": message}])


class NotFound(KwartierError):
    """Nothing goes by that id or name."""


class Conflict(KwartierError):
    """The act does not fit the state things are in, such as a slot that is taken."""


class Gone(KwartierError):
    """It was there, and its time is over."""


class Refused(KwartierError):
    """The caller may not do this."""


class Unauthorized(KwartierError):
    """The caller did not prove who it is."""


class TooMany(KwartierError):
    """Too many tries; `retry_after` says after how many seconds to come back."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StoreError(KwartierError):
    """The data folder cannot be used as it is."""


class StoreLocked(StoreError):
    """Another process has the data folder."""


class DiskFault(StoreError):
    """The disk failed at reading or writing; what is on it is not known."""


class StoreFull(StoreError):
    """The disk has no room; nothing was written."""
