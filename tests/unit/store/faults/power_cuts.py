"""A disk as a power cut may leave it: what of the recorded calls had reached it is what was synced, or more.

A file's content is on the disk for certain once the file was synced, its name once its folder was. What was not synced
may be there or not, each by itself; so there are several disks for each moment.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from tests.unit.store.faults.system_calls import Call

FOLDER = None
# Contents by name, FOLDER for a folder.
Files = dict[str, bytes | None]


@dataclass
class Node:
    """A file's content as programs see it, and as it is on the disk for certain; `is_folder` has none."""

    content: bytes = b""
    synced: bytes = b""
    is_folder: bool = False


@dataclass
class Disk:
    """The folder as programs see it (`names`), and the names that are on the disk for certain (`synced_names`)."""

    names: dict[str, Node] = field(default_factory=dict)
    synced_names: dict[str, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """A folder whose files have long been on the disk; "" is the folder itself."""
        names = {"": Node(is_folder=True)}
        for path in folder.rglob("*"):
            content = b"" if path.is_dir() else path.read_bytes()
            names[path.relative_to(folder).as_posix()] = Node(content, content, path.is_dir())
        return cls(names, dict(names))

    def apply(self, call: Call) -> None:
        """What the call changes."""
        if call.kind in ("create", "mkdir"):
            self.names[call.path] = Node(is_folder=call.kind == "mkdir")
        elif call.kind == "replace":
            self.names[call.to] = self.names.pop(call.path)
            self._move_inside(call.path, call.to)
        elif call.kind == "unlink":
            self.names.pop(call.path, None)  # It may be a file that another library wrote.
        elif call.kind == "sync":
            self._sync(call.path)
        else:
            node = self.names[call.path]
            node.content = _changed(node.content, call)

    def _move_inside(self, source: str, target: str) -> None:
        """A folder that is renamed takes along what is in it."""
        for name in [name for name in self.names if name.startswith(f"{source}/")]:
            self.names[target + name.removeprefix(source)] = self.names.pop(name)

    def _sync(self, path: str) -> None:
        node = self.names[path]
        if not node.is_folder:
            node.synced = node.content
            return
        kept = {name: found for name, found in self.synced_names.items() if _parent(name) != path or name == ""}
        self.synced_names = kept | {name: found for name, found in self.names.items() if name and _parent(name) == path}

    def after_a_cut(self, last: Call | None = None) -> Iterator[tuple[str, Files]]:
        """The states in which the disk may be found, each with the name of its kind."""
        yield "strict", _files(self.synced_names, lambda node: node.synced)
        yield "names first", _files(self.names, lambda node: node.synced)
        yield "contents first", _files(self.synced_names, lambda node: node.content)
        yield "lengths first", _files(self.names, lambda node: node.synced.ljust(len(node.content), b"\0"))
        yield "all of it", _files(self.names, lambda node: node.content)
        if last is not None and last.kind == "write":
            yield from self._torn(last)

    def _torn(self, last: Call) -> Iterator[tuple[str, Files]]:
        """The last write partly there: cut, or with zeros where the rest should be."""
        files = _files(self.names, lambda node: node.content)
        whole, size = files[last.path] or b"", len(last.content)
        for part in sorted({1, size // 3, size // 2, size - 1} - {0, size}):
            cut = whole[: last.number + part]
            yield f"torn after {part} bytes", {**files, last.path: cut}
            rest = whole[last.number + part :]
            yield f"zeros after {part} bytes", {**files, last.path: cut + bytes(len(rest))}
            yield f"zeros for {part} bytes", {**files, last.path: whole[: last.number] + bytes(part) + rest}


def _parent(name: str) -> str:
    return name.rpartition("/")[0]


def _changed(content: bytes, call: Call) -> bytes:
    if call.kind == "truncate":
        return content[: call.number].ljust(call.number, b"\0")
    end = call.number + len(call.content)
    return content[: call.number].ljust(call.number, b"\0") + call.content + content[end:]


def _files(names: dict[str, Node], content: Callable[[Node], bytes]) -> Files:
    """What lies in a folder that is not there is not there either."""
    return {
        name: FOLDER if node.is_folder else content(node)
        for name, node in names.items()
        if name and all(parent in names for parent in _parents(name))
    }


def _parents(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def lay_out(files: Files, folder: Path) -> None:
    """Make the folder as the disk has it."""
    folder.mkdir()
    for name, content in sorted(files.items()):
        if content is FOLDER:
            (folder / name).mkdir(0o700)
        else:
            (folder / name).touch(0o600)
            (folder / name).write_bytes(content)


def states(before: Disk, calls: list[Call]) -> Iterator[tuple[int, str, Files]]:
    """Every state in which a cut after each number of calls may leave the disk; the same state is told once a moment."""
    disk = deepcopy(before)
    for count in range(len(calls) + 1):
        last = calls[count - 1] if count else None
        if last is not None:
            disk.apply(last)
        seen: list[Files] = []
        for kind, files in disk.after_a_cut(last):
            if files not in seen:
                seen.append(files)
                yield count, kind, files
