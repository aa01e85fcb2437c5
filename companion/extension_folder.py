"""Where the browser extension lies: beside the code in a checkout, inside the package when installed."""

import shutil
from pathlib import Path

from companion.errors import Conflict, NotFound

PACKAGE = Path(__file__).parent


def extension_folder() -> Path:
    """The folder to load unpacked."""
    for folder in (PACKAGE / "_extension", PACKAGE.parent / "extension"):
        if (folder / "manifest.json").is_file():
            return folder
    raise NotFound("This installation came without the browser extension. Install Kwartier again.")


def copy_extension(target: Path) -> Path:
    """Copy the extension to `target`, in the place of an older copy. Never over other files."""
    if target.exists() and any(target.iterdir()) and not (target / "manifest.json").is_file():
        raise Conflict(f"{target} holds other files. Name an empty or a new folder.")
    shutil.copytree(extension_folder(), target, dirs_exist_ok=True)
    return target.absolute()
