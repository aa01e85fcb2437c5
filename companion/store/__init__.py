"""Everything that touches the disk: items, slots, time and texts in one folder of the user's own."""

from companion.store.database import Store, open

__all__ = ["Store", "open"]
