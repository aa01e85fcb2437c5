"""Pairing: the user lets one extension in with one click, and nothing is typed.

The extension asks; a local page shows which browser asks, with the same four digits; the user presses Allow. From
then on that extension's origin and token belong together, and the companion can prove that it is the one they paired
with, so that a stranger on its port is not trusted.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from companion.editorial.times import instant, moment
from companion.errors import Gone, NotFound, TooMany, Unauthorized
from companion.store import Store
from companion.web.limits import Attempts
from companion.web.secrets import digest, fits, new_secret

LIFETIME = timedelta(minutes=2)
MOST_WRONG_SECRETS = 5
CLOSED_SECONDS = 60
# `last_seen` is for the eye alone; it is not worth a write at every request.
SEEN_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Request:
    """An extension that asks to be let in."""

    id: str
    origin: str
    browser: str
    code: str
    secret_hash: str
    expires_at: datetime
    status: Literal["waiting", "allowed", "refused", "used"] = "waiting"
    wrong_secrets: int = 0


class Pairings:
    """The requests of the last minutes; at most one waits for each origin."""

    def __init__(self) -> None:
        self._requests: dict[str, Request] = {}
        self._starts = Attempts(most=3, seconds=60)
        self._lock = threading.Lock()

    def ask(self, origin: str, browser: str, now: datetime) -> tuple[Request, str]:
        """A new request and its secret. Raises TooMany after three in a minute."""
        self._starts.count()
        secret = new_secret()
        code = f"{secrets.randbelow(10_000):04}"
        request = Request(secrets.token_hex(8), origin, browser, code, digest(secret), now + LIFETIME)
        with self._lock:
            kept = (old for old in self._requests.values() if old.expires_at + LIFETIME > now)
            self._requests = {old.id: old for old in kept if old.origin != origin} | {request.id: request}
        return request, secret

    def waiting(self, now: datetime) -> list[Request]:
        """The requests on which the user can still decide."""
        with self._lock:
            return [one for one in self._requests.values() if one.status == "waiting" and one.expires_at > now]

    def decide(self, request_id: str, is_allowed: bool, now: datetime) -> Request:
        """The user's answer. Raises Gone for a request that no longer waits."""
        with self._lock:
            request = self._requests.get(request_id)
            if request is None or request.status != "waiting" or request.expires_at <= now:
                raise Gone("This request is over. Click Kwartier's icon in the browser to ask again.")
            self._requests[request_id] = replace(request, status="allowed" if is_allowed else "refused")
        return request

    def collect(self, request_id: str, origin: str, secret: str, now: datetime) -> Request | None:
        """For the extension that asked: the request once it is allowed, None while it waits.

        Raises Gone when it is over, Unauthorized for a wrong secret, TooMany when that was tried too often.
        """
        with self._lock:
            request = self._requests.get(request_id)
            if request is None or request.origin != origin:
                raise NotFound("There is no such request.")
            self._check_secret(request, secret)
            if request.status == "waiting" and request.expires_at > now:
                return None
            if request.status != "allowed":
                raise Gone("The request was refused." if request.status == "refused" else "The request is over.")
            self._requests[request_id] = replace(request, status="used")
        return request

    def _check_secret(self, request: Request, secret: str) -> None:
        if request.wrong_secrets > MOST_WRONG_SECRETS:
            raise TooMany("This request was closed after too many wrong answers.", CLOSED_SECONDS)
        if fits(secret, request.secret_hash):
            return
        wrong = replace(request, wrong_secrets=request.wrong_secrets + 1)
        self._requests[request.id] = wrong
        if wrong.wrong_secrets > MOST_WRONG_SECRETS:
            self._requests[request.id] = replace(wrong, status="refused")
            raise TooMany("This request was closed after too many wrong answers.", CLOSED_SECONDS)
        raise Unauthorized("That is not the secret of this request.")


def pair(store: Store, request: Request, now: datetime) -> dict[str, str]:
    """Let the extension in. Returns what it needs from now on; the token is kept only as its hash.

    The proof key is kept as it is, since the companion proves itself with it.
    """
    token, proof_key, pairing_id = new_secret(), secrets.token_hex(32), store.new_id()
    kept = {"id": pairing_id, "origin": request.origin, "browser": request.browser, "token_hash": digest(token),
            "proof_key": proof_key, "paired_at": instant(now), "last_seen": instant(now)}  # fmt: skip
    with store.transaction():
        for old in [old for old in store.pairings if old["origin"] == request.origin]:
            store.pairings.discard(old["id"])
        store.pairings.put(kept)
    return {"pairing_id": pairing_id, "token": token, "proof_key": proof_key}


def paired(store: Store) -> list[dict[str, Any]]:
    """The extensions that were let in, the latest first, without their secrets."""
    shown = ("id", "origin", "browser", "paired_at", "last_seen")
    found = [{name: pairing[name] for name in shown} for pairing in store.pairings]
    return sorted(found, key=lambda pairing: pairing["paired_at"], reverse=True)


def revoke(store: Store, pairing_id: str) -> None:
    """Shut an extension out again; its next request fails."""
    store.pairings.discard(pairing_id)


def seen(store: Store, pairing: Mapping[str, Any], now: datetime) -> None:
    """Note that a paired extension called, at most once an hour."""
    if store.read_only_reason or now - moment(pairing["last_seen"]) <= SEEN_AGAIN_AFTER:
        return
    with store.transaction():
        kept = store.pairings.find(pairing["id"])
        if kept is not None:  # Else it was revoked this very moment.
            store.pairings.put({**kept, "last_seen": instant(now)})


def find_pairing(store: Store, pairing_id: str | None, origin: str | None) -> Mapping[str, Any]:
    """The pairing of this id, of this origin, or of both where both are told. Raises NotFound."""
    for pairing in store.pairings if pairing_id or origin else ():
        if pairing["id"] == (pairing_id or pairing["id"]) and pairing["origin"] == (origin or pairing["origin"]):
            return cast(Mapping[str, Any], pairing)
    raise NotFound("There is no such pairing.")


def proof(pairing: Mapping[str, Any], nonce: str, port: int) -> str:
    """The companion's answer to an extension that asks for proof."""
    key = bytes.fromhex(pairing["proof_key"])
    return hmac.new(key, f"{nonce}:{port}".encode(), hashlib.sha256).hexdigest()
