"""The system calls by which a folder is written, recorded one by one while they are really made."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR


@dataclass(frozen=True)
class Call:
    """One call: what it did, to which path under the folder, and with what."""

    kind: str
    path: str
    number: int = 0
    content: bytes = b""
    to: str = ""


class Recorder:
    """Records calls on paths under one folder; calls on anything else pass unseen.

    `marks` tells after how many calls the n-th act had returned.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: list[Call] = []
        self.marks: list[int] = []
        self._handles: dict[int, str] = {}
        self._lock = threading.RLock()

    def mark(self) -> None:
        """What was done up to here has been acknowledged."""
        with self._lock:
            self.marks.append(len(self.calls))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Stand between the program and the system while this lasts."""
        wrapped = {name: getattr(self, f"_{name}") for name in ("open", "close", "write", "ftruncate", "replace")}
        wrapped |= {"rename": self._replace, "unlink": self._unlink, "remove": self._unlink, "mkdir": self._mkdir}
        wrapped |= {"rmdir": self._rmdir, "fsync": self._sync, "fdatasync": self._sync}
        real = {name: getattr(os, name) for name in wrapped}
        try:
            for name, wrapper in wrapped.items():
                setattr(os, name, self._between(wrapper, real[name]))
            yield
        finally:
            for name, function in real.items():
                setattr(os, name, function)

    def _between(self, wrapper: Callable[..., Any], real: Callable[..., Any]) -> Callable[..., Any]:
        """One call at a time, so that the order of the record is the order in which they were made."""

        def call(*arguments: Any, **named: Any) -> Any:
            with self._lock:
                return wrapper(real, *arguments, **named)

        return call

    def _under(self, path: Any) -> str | None:
        """The path inside the folder, "" for the folder itself, None outside it."""
        if not isinstance(path, str | os.PathLike):
            return None
        absolute = Path(os.fspath(path)).absolute()
        if not absolute.is_relative_to(self.folder):
            return None
        return "" if absolute == self.folder else absolute.relative_to(self.folder).as_posix()

    def _record(self, kind: str, path: str | None, **more: Any) -> None:
        if path is not None:
            self.calls.append(Call(kind, path, **more))

    def _open(self, real: Callable[..., int], path: Any, flags: int, *arguments: Any, **named: Any) -> int:
        known = self._under(path)
        is_new = known is not None and not os.path.lexists(path)
        handle = real(path, flags, *arguments, **named)
        self._handles.pop(handle, None)
        if known is None:
            return handle
        self._handles[handle] = known
        if is_new:
            self._record("create", known)
        elif flags & os.O_TRUNC and flags & WRITING:
            self._record("truncate", known)
        return handle

    def _close(self, real: Callable[..., None], handle: int) -> None:
        self._handles.pop(handle, None)
        real(handle)

    def _write(self, real: Callable[..., int], handle: int, content: Any) -> int:
        known = self._handles.get(handle)
        count = real(handle, content)
        if known is not None:
            # After the write, since a file opened for appending stands at its end only then.
            offset = os.lseek(handle, 0, os.SEEK_CUR) - count
            self._record("write", known, number=offset, content=bytes(content)[:count])
        return count

    def _ftruncate(self, real: Callable[..., None], handle: int, length: int) -> None:
        real(handle, length)
        self._record("truncate", self._handles.get(handle), number=length)

    def _replace(self, real: Callable[..., None], source: Any, target: Any, **named: Any) -> None:
        real(source, target, **named)
        self._record("replace", self._under(source), to=self._under(target))

    def _unlink(self, real: Callable[..., None], path: Any, **named: Any) -> None:
        real(path, **named)
        self._record("unlink", self._under(path))

    def _mkdir(self, real: Callable[..., None], path: Any, *arguments: Any, **named: Any) -> None:
        real(path, *arguments, **named)
        self._record("mkdir", self._under(path))

    def _rmdir(self, real: Callable[..., None], path: Any, **named: Any) -> None:
        real(path, **named)
        self._record("unlink", self._under(path))

    def _sync(self, real: Callable[..., None], handle: int) -> None:
        real(handle)
        self._record("sync", self._handles.get(handle))
