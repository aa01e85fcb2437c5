"""What lies where in the data folder."""

from pathlib import Path

TEXTS = "texts"
BACKUPS = "backups"
DAMAGED = "damaged"
BEFORE_FORMAT_2 = "before-format-2"
# The single file of the first version.
FIRST = "kwartier.json"
SEARCH = "search.sqlite"
LOCK, LOCK_OWNER = "lock", "lock.owner"
# What other parts of Kwartier keep there: how commands reach the companion, and the user's settings.
CONTROL, CONFIG = "companion.json", "config.toml"

FOLDERS = (TEXTS, BACKUPS, DAMAGED, BEFORE_FORMAT_2)
FILES = (FIRST, SEARCH, LOCK, LOCK_OWNER, CONTROL, CONFIG)
# What only a folder has in which something was kept.
TRACES = (f"{TEXTS}/??/*.zlib", f"{BACKUPS}/*.tsv.gz", f"{DAMAGED}/*", f"{BEFORE_FORMAT_2}/*")

# Bytes of the disk that whatever can be made again leaves to what the user keeps.
KEEP_FREE = 32 << 20


def has_traces(folder: Path) -> bool:
    """Whether something was kept in this folder, be it that its records are gone."""
    return any(path for trace in TRACES for path in folder.glob(trace))
