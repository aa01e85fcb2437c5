"""One-time links that let a browser in, and the cookie by which it is known afterwards."""

import hashlib
import hmac
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from companion.editorial.times import instant
from companion.store import Store
from companion.web.secrets import digest, fits, new_secret

LINK_SECONDS = 120
# The longest that browsers keep a cookie.
COOKIE_SECONDS = 400 * 24 * 3600


class LaunchLinks:
    """The links that are out and not yet used."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def make(self, path: str) -> str:
        """A new link's secret; the link leads to `path`."""
        secret = new_secret()
        with self._lock:
            self._open = {key: entry for key, entry in self._open.items() if entry[0] > time.monotonic()}
            self._open[digest(secret)] = (time.monotonic() + LINK_SECONDS, path)
        return secret

    def use(self, secret: str) -> str | None:
        """The path of the link, once; None where it was used or is too old."""
        with self._lock:
            expires, path = self._open.pop(digest(secret), (0.0, ""))
        return path if expires > time.monotonic() else None


def cookie_name(store: Store) -> str:
    """Named after the data folder: cookies are shared by everything on 127.0.0.1, whatever its port."""
    installation = store.singletons.find("installation") or _name_installation(store)
    return f"kwartier_{installation['name']}"


def _name_installation(store: Store) -> Mapping[str, str]:
    with store.transaction():
        named = store.singletons.find("installation") or {"id": "installation", "name": store.new_id()}
        store.singletons.put(named)
    return named


def let_in(store: Store, cookie: str | None, now: datetime) -> str:
    """Let a browser in, or stay in; returns the value of its cookie."""
    if cookie is None or not is_let_in(store, cookie):
        cookie = f"{store.new_id()}.{new_secret()}"
    browser_id, _, secret = cookie.partition(".")
    expired = instant(now - timedelta(seconds=COOKIE_SECONDS))
    with store.transaction():
        for old in [kept for kept in store.browsers if kept["let_in_at"] < expired]:
            store.browsers.discard(old["id"])
        store.browsers.put({"id": browser_id, "secret_hash": digest(secret), "let_in_at": instant(now)})
    return cookie


def let_in_browsers(store: Store) -> int:
    """How many browsers may see the local pages."""
    return len(store.browsers)


def shut_out_others(store: Store, cookie: str) -> None:
    """From now on only the browser with this cookie may see the local pages."""
    browser_id = cookie.partition(".")[0]
    with store.transaction():
        for other in [kept for kept in store.browsers if kept["id"] != browser_id]:
            store.browsers.discard(other["id"])


def is_let_in(store: Store, cookie: str | None) -> bool:
    """Whether this cookie is one that was given out."""
    browser_id, _, secret = (cookie or "").partition(".")
    kept = store.browsers.find(browser_id)
    return kept is not None and fits(secret, kept["secret_hash"])


def csrf_token(cookie: str) -> str:
    """The token of this browser's forms: it cannot be made without the cookie, which no page can read."""
    return hmac.new(cookie.encode(), b"form", hashlib.sha256).hexdigest()
