"""Article texts and pages outside the documents: named by their content, compressed, never changed."""

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

from companion.errors import StoreError
from companion.store.files import make_subfolder, remove_leftovers, replace_file, sync_folder

COMPRESSION = 6


class Texts:
    """A folder of texts, each under the SHA-256 of its UTF-8 bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_subfolder(folder)
        remove_leftovers(folder)
        sync_folder(folder)  # A subfolder of a process that was killed may not be on the disk yet.

    def put(self, text: str) -> str:
        """Keep the text, durably, and return the hash that finds it. The same text is kept once."""
        content = text.encode("utf-8", "replace")
        name = hashlib.sha256(content).hexdigest()
        if not self._is_kept(name):
            make_subfolder(self.path(name).parent)
            replace_file(self.path(name), zlib.compress(content, COMPRESSION), near=self.folder)
        return name

    def _is_kept(self, name: str) -> bool:
        """Whether the text is there, undamaged; from now on durably, whoever wrote it."""
        try:
            self.compressed(name)
            sync_folder(self.path(name).parent)
        except (StoreError, OSError):
            return False
        return True

    def get(self, name: str) -> str:
        """The text of this hash. Raises StoreError where it is missing or no longer what was kept."""
        try:
            return unpacked(name, self._read(name)).decode("utf-8")
        except UnicodeDecodeError as error:  # Its hash is right: some other program wrote it.
            raise StoreError("The text of this article is no text.") from error

    def compressed(self, name: str) -> bytes:
        """The text of this hash as its file has it. Raises StoreError as `get` does."""
        packed = self._read(name)
        unpacked(name, packed)
        return packed

    def _read(self, name: str) -> bytes:
        try:
            return self.path(name).read_bytes()
        except OSError as error:
            raise StoreError("The text of this article cannot be read from the data folder.") from error

    def discard(self, name: str) -> None:
        """Remove the text of this hash; the caller knows that nothing needs it any more."""
        self.path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """The hash of every text that is kept."""
        return (path.parent.name + path.stem for path in self.folder.glob("??/*.zlib"))

    def path(self, name: str) -> Path:
        """Where the text of this hash lies."""
        return self.folder / name[:2] / f"{name[2:]}.zlib"


def unpacked(name: str, packed: bytes) -> bytes:
    """The content of a text's file. Raises StoreError where it is not what its name says."""
    try:
        content = zlib.decompress(packed)
    except zlib.error as error:
        raise StoreError("The text of this article cannot be read from the data folder.") from error
    if hashlib.sha256(content).hexdigest() != name:
        raise StoreError("The text of this article is damaged in the data folder.")
    return content
