"""Pairing: the user lets one extension in with one click, and nothing is typed.

The extension asks; a local page shows which browser asks, with the same four digits; the user presses Allow. What
follows from that is in paired_browsers.py.
"""

import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from companion.errors import Gone, NotFound, TooMany, Unauthorized
from companion.web.limits import Attempts
from companion.web.secrets import digest, fits, new_secret

LIFETIME = timedelta(minutes=2)
MOST_WRONG_SECRETS = 5
CLOSED_SECONDS = 60


@dataclass(frozen=True)
class Request:
    """An extension that asks to be let in."""

    id: str
    origin: str
    browser: str
    code: str
    secret_hash: str
    expires_at: datetime
    # The pairing that this very browser had before, if any.
    replaces: str | None = None
    is_shown_elsewhere: bool = False
    status: Literal["waiting", "allowed", "refused", "used"] = "waiting"
    wrong_secrets: int = 0


class Pairings:
    """The requests of the last minutes; at most one waits for each browser.

    Chrome and Edge give an extension that they load from one folder the same origin, so the origin alone is no browser.
    """

    def __init__(self) -> None:
        self._requests: dict[str, Request] = {}
        self._starts = Attempts(most=3, seconds=60)
        self._lock = threading.Lock()

    def ask(self, origin: str, browser: str, now: datetime, replaces: str | None = None) -> tuple[Request, str]:
        """A new request and its secret. Raises TooMany after three in a minute."""
        self._starts.count()
        secret = new_secret()
        with self._lock:
            kept = [old for old in self._requests.values() if old.expires_at + LIFETIME > now]
            others = [old for old in kept if (old.origin, old.browser) != (origin, browser)]
            code = _code_unlike({old.code for old in others})
            request = Request(secrets.token_hex(8), origin, browser, code, digest(secret), now + LIFETIME, replaces)
            self._requests = {old.id: old for old in others} | {request.id: request}
        return request, secret

    def waiting(self, now: datetime) -> list[Request]:
        """The requests on which the user can still decide."""
        with self._lock:
            return self._waiting(now)

    def _waiting(self, now: datetime) -> list[Request]:
        return [one for one in self._requests.values() if one.status == "waiting" and one.expires_at > now]

    def take_unseen(self, now: datetime) -> bool:
        """Whether a request waits that is to be shown in another window; once for each request."""
        with self._lock:
            unseen = [one for one in self._waiting(now) if not one.is_shown_elsewhere]
            self._requests |= {one.id: replace(one, is_shown_elsewhere=True) for one in unseen}
        return bool(unseen)

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
            if request.status != "allowed" or request.expires_at + LIFETIME <= now:
                raise Gone("The request was refused." if request.status == "refused" else "The request is over.")
            self._requests[request_id] = replace(request, status="used")
        return request

    def give_back(self, request: Request) -> None:
        """Let the extension collect once more: what it was to get could not be kept."""
        with self._lock:
            self._requests[request.id] = request

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


def _code_unlike(others: set[str]) -> str:
    """Four digits by which the user tells the requests apart."""
    while (code := f"{secrets.randbelow(10_000):04}") in others:
        pass
    return code
