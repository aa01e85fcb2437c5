"""Pack the extension for the stores: python3 scripts/package_extension.py [FOLDER], by default dist/.

Writes a .zip for Chrome and Edge and an .xpi for Firefox with the same content. The same files give the same bytes,
so that anybody can check that what a store offers is what stands here.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTENSION = ROOT / "extension"
# Types are for the checks; no browser reads them.
LEFT_OUT = {".ts", ".md"}
# The earliest moment that a zip file can hold.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def main(arguments: list[str]) -> int:
    """Write both files and say where they are."""
    folder = Path(arguments[0]) if arguments else ROOT / "dist"
    version = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))["version"]
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("zip", "xpi"):
        print(pack(EXTENSION, folder / f"kwartier-{version}.{suffix}"))
    return 0


def pack(folder: Path, target: Path) -> Path:
    """An extension's folder as one archive, the manifest at its top."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in packed_files(folder):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())
    return target


def packed_files(folder: Path) -> Iterator[Path]:
    """The files that belong in the archive, in a fixed order."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and file.suffix not in LEFT_OUT:
            yield file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
