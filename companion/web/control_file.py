"""The file by which commands find the running companion: its port, and a secret that only the user can read."""

import os
from pathlib import Path
from typing import Any

import orjson

from companion.store.files import replace_file
from companion.store.layout import CONTROL


def write(folder: Path, port: int, secret: str) -> None:
    """Tell where this process serves."""
    replace_file(folder / CONTROL, orjson.dumps({"port": port, "secret": secret, "pid": os.getpid()}))


def read(folder: Path) -> dict[str, Any] | None:
    """What the running companion told, or None. One that was killed leaves its file behind."""
    try:
        found = orjson.loads((folder / CONTROL).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    return found if isinstance(found, dict) and {"port", "secret", "pid"} <= found.keys() else None


def remove(folder: Path) -> None:
    """Tell that nothing serves any more."""
    (folder / CONTROL).unlink(missing_ok=True)
