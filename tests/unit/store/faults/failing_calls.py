"""System calls that report an error instead of doing what they are for."""

import os
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from typing import Any

CALLS = ("write", "fsync", "fdatasync", "replace", "unlink", "mkdir", "ftruncate")
SYNCING = ("fsync", "fdatasync")


class Failing:
    """Makes some calls fail, counted from the start; `count` is how many were made."""

    def __init__(self, places: Container[int], error: int) -> None:
        self.places, self.error, self.count = places, error, 0

    @contextmanager
    def active(self) -> Iterator[None]:
        """While this lasts."""
        real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}
        try:
            for name, function in real.items():
                setattr(os, name, self._between(function))
            yield
        finally:
            for name, function in real.items():
                setattr(os, name, function)

    def _between(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count - 1 in self.places:
                raise OSError(self.error, os.strerror(self.error))
            return function(*arguments, **named)

        return call


def fail(monkeypatch: Any, names: tuple[str, ...], error: int) -> None:
    """Make these calls fail until the monkeypatch is undone, as far as this system has them."""

    def failing(*_arguments: Any) -> None:
        raise OSError(error, os.strerror(error))

    for name in names:
        if hasattr(os, name):
            monkeypatch.setattr(os, name, failing)
    if names == SYNCING and sys.platform == "darwin":
        import fcntl  # There a file is synced by a call of its own.

        monkeypatch.setattr(fcntl, "fcntl", failing)
