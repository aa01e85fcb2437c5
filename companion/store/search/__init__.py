"""Full-text search: an index that is derived from what is kept, and may be deleted at any time."""
