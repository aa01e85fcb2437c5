"""The address at which a calendar program reads the plan: it holds a secret of its own, which opens nothing else."""

import threading
from datetime import datetime

from companion.editorial.times import instant, moment
from companion.store import Store
from companion.web.secrets import digest, fits, new_secret

_RECORD = "calendar_feed"


class FeedState:
    """What is known of the address while this companion runs, and is kept nowhere."""

    def __init__(self) -> None:
        self.read_at: datetime | None = None
        self._unseen: dict[str, str] = {}
        self._lock = threading.Lock()

    def renew(self, browser: str = "", secret: str = "") -> None:
        """Forget the address before, and hold the secret of the new one until this browser has shown it."""
        with self._lock:
            self.read_at = None
            self._unseen = {browser: secret} if secret else {}

    def take(self, browser: str) -> str:
        """The secret that this browser is to show, once; empty where there is none."""
        with self._lock:
            return self._unseen.pop(browser, "")


def make(store: Store, now: datetime) -> str:
    """A new secret for the address; the one before stops working."""
    secret = new_secret()
    store.singletons.put({"id": _RECORD, "secret_hash": digest(secret), "made_at": instant(now)})
    return secret


def made_at(store: Store) -> datetime | None:
    """When the address was made; None where there is none."""
    kept = store.singletons.find(_RECORD)
    return moment(kept["made_at"]) if kept else None


def opens(store: Store, secret: str) -> bool:
    """Whether this is the secret of the address."""
    kept = store.singletons.find(_RECORD)
    return kept is not None and fits(secret, kept["secret_hash"])


def revoke(store: Store) -> None:
    """Let the address work no more."""
    store.singletons.discard(_RECORD)
