"""Secrets that are handed out once and kept only as hashes."""

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """256 random bits, safe in a header or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def fits(secret: str, kept_digest: str) -> bool:
    """Whether this is the secret, in a time that does not depend on the answer."""
    return hmac.compare_digest(digest(secret), kept_digest)
