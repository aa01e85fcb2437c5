"""Article texts and pages outside the documents: named by their content, compressed, never changed."""

import hashlib
import zlib
from pathlib import Path

from companion.errors import StoreError
from companion.store.files import make_subfolder, replace_file

COMPRESSION = 6


class Texts:
    """A folder of texts, each under the SHA-256 of its UTF-8 bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_subfolder(folder)

    def put(self, text: str) -> str:
        """Keep the text, durably, and return the hash that finds it. The same text is kept once."""
        content = text.encode("utf-8", "replace")
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if not path.exists():
            make_subfolder(path.parent)
            replace_file(path, zlib.compress(content, COMPRESSION))
        return name

    def get(self, name: str) -> str:
        """The text of this hash. Raises StoreError where it is missing or no longer what was kept."""
        try:
            content = zlib.decompress(self._path(name).read_bytes())
        except (OSError, zlib.error) as error:
            raise StoreError("The text of this article cannot be read from the data folder.") from error
        if hashlib.sha256(content).hexdigest() != name:
            raise StoreError("The text of this article is damaged in the data folder.")
        return content.decode("utf-8")

    def discard(self, name: str) -> None:
        """Remove the text of this hash; the caller knows that nothing needs it any more."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name[2:]}.zlib"
