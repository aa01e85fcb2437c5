"""Putting copies back in the place of texts that were damaged."""

from collections.abc import Callable

from companion.errors import StoreError
from companion.store.backups.archive import text_names
from companion.store.backups.copies import whole_copy
from companion.store.database import Store
from companion.store.texts import Texts, unpacked


def mend_texts(store: Store, breathe: Callable[[], object] = lambda: None) -> int:
    """Put back the copy of each text that cannot be read and of which there is a whole one; returns how many.

    `breathe` is called before each text is looked at; what it raises ends the work. Raises StoreError as writing does.
    """
    mended = 0
    with store.keeping_texts():
        for name in sorted(text_names(store.state())):
            breathe()
            copy = None if is_readable(store.texts, name) else whole_copy(store.folder, name)
            if copy is not None:
                with store.transaction():
                    store.texts.put(unpacked(name, copy).decode())
                mended += 1
    return mended


def is_readable(texts: Texts, name: str) -> bool:
    """Whether the text of this hash is there, and is what was kept."""
    try:
        texts.compressed(name)
    except StoreError:
        return False
    return True
