"""The browsers that the user let in.

An extension's origin and token belong together, and the companion can prove that it is the one they were paired with,
so that a stranger on its port is not trusted. Of a browser that was shut out the key of that proof stays: only by it
does the browser know that it was really shut out, and does not take a stranger's word for it.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from companion.editorial.times import instant, moment
from companion.errors import NotFound
from companion.store import Store
from companion.web.pairing import Request
from companion.web.secrets import digest, new_secret

# `last_seen` is for the eye alone; it is not worth a write at every request.
SEEN_AGAIN_AFTER = timedelta(hours=1)
# A browser that was shut out longer ago than this asks anew, as if it had never been let in.
REVOKED_KEPT = timedelta(days=400)
# Of a browser that asked and never came, such as one that ended that very moment, and of one that is not used any more,
# such as a Firefox that forgot its extension: they would stand in the list for ever.
NEVER_USED_KEPT = timedelta(hours=1)
UNSEEN_KEPT = timedelta(days=180)

Pairing = Mapping[str, Any]


def pair(store: Store, request: Request, now: datetime) -> dict[str, str]:
    """Let the extension in. Returns what it needs from now on; the token is kept only as its hash.

    The proof key is kept as it is, since the companion proves itself with it.
    """
    token, proof_key, pairing_id = new_secret(), secrets.token_hex(32), store.new_id()
    kept = {"id": pairing_id, "origin": request.origin, "browser": request.browser, "token_hash": digest(token),
            "proof_key": proof_key, "paired_at": instant(now), "last_seen": instant(now), "is_used": False}  # fmt: skip
    with store.transaction():
        old = store.pairings.find(request.replaces) if request.replaces else None
        if old is not None and old["origin"] == request.origin:
            store.pairings.put(_shut_out(old, now))
        store.pairings.put(kept)
    return {"pairing_id": pairing_id, "token": token, "proof_key": proof_key}


def pairings(store: Store) -> Iterator[Pairing]:
    """The pairings that are valid."""
    return (pairing for pairing in store.pairings if "revoked_at" not in pairing)


def is_paired(store: Store, origin: str) -> bool:
    """Whether an extension of exactly this origin was let in."""
    return any(pairing["origin"] == origin for pairing in pairings(store))


def paired(store: Store) -> list[dict[str, Any]]:
    """The extensions that were let in, the latest first, without their secrets."""
    shown = ("id", "origin", "browser", "paired_at", "last_seen")
    found = [{name: pairing[name] for name in shown} for pairing in pairings(store)]
    return sorted(found, key=lambda pairing: pairing["paired_at"], reverse=True)


def revoke(store: Store, pairing_id: str, now: datetime) -> None:
    """Shut an extension out again; its next request fails."""
    with store.transaction():
        kept = store.pairings.find(pairing_id)
        if kept is not None:
            store.pairings.put(_shut_out(kept, now))


def _shut_out(pairing: Pairing, now: datetime) -> Pairing:
    """What stays of a pairing: enough to prove that it is over."""
    since = pairing.get("revoked_at", instant(now))
    return {**{name: pairing[name] for name in ("id", "origin", "proof_key")}, "revoked_at": since}


def let_go_of_unused(store: Store, now: datetime) -> None:
    """Shut out the browsers that never came or are long gone, and forget those that were shut out long ago."""
    with store.transaction():
        for pairing in list(store.pairings):
            if "revoked_at" in pairing:
                if now - moment(pairing["revoked_at"]) > REVOKED_KEPT:
                    store.pairings.discard(pairing["id"])
            elif now - moment(pairing["last_seen"]) > (UNSEEN_KEPT if is_used(pairing) else NEVER_USED_KEPT):
                store.pairings.put(_shut_out(pairing, now))


def is_used(pairing: Pairing) -> bool:
    """Whether the extension has ever called. Those of an earlier version did not say."""
    return bool(pairing.get("is_used", True))


def seen(store: Store, pairing: Pairing, now: datetime) -> None:
    """Note that a paired extension called: the first time, and then at most once an hour."""
    is_noted = is_used(pairing) and now - moment(pairing["last_seen"]) <= SEEN_AGAIN_AFTER
    if store.read_only_reason or is_noted:
        return
    with store.transaction():
        kept = store.pairings.find(pairing["id"])
        if kept is not None and "revoked_at" not in kept:  # Else it was revoked this very moment.
            store.pairings.put({**kept, "last_seen": instant(now), "is_used": True})


def find_pairing(store: Store, pairing_id: str | None, origin: str | None) -> Pairing:
    """The pairing of this id, of this origin, or of both where both are told; a valid one first. Raises NotFound."""
    known = [*pairings(store), *store.pairings] if pairing_id or origin else ()
    for pairing in known:
        if pairing["id"] == (pairing_id or pairing["id"]) and pairing["origin"] == (origin or pairing["origin"]):
            return cast(Pairing, pairing)
    raise NotFound("There is no such pairing.")


def proof(pairing: Pairing, nonce: str, port: int) -> dict[str, Any]:
    """The companion's answer to an extension that asks for proof; it says so where that was shut out."""
    if "revoked_at" in pairing:
        return {"proof": _signed(pairing, f"revoked:{nonce}:{port}"), "revoked": True}
    return {"proof": _signed(pairing, f"{nonce}:{port}")}


def _signed(pairing: Pairing, message: str) -> str:
    return hmac.new(bytes.fromhex(pairing["proof_key"]), message.encode(), hashlib.sha256).hexdigest()
