"""The records on the disk: an append-only journal with snapshots, and TinyDB's tables over it."""
