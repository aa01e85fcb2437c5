"""Tokens for programs that call the API, made by `kwartier token NAME`."""

from datetime import datetime

from companion.editorial.times import instant
from companion.store import Store
from companion.web.secrets import digest, new_secret


def make_token(store: Store, name: str, now: datetime) -> str:
    """A new token under this name; an older one of the same name stops working."""
    token = new_secret()
    with store.transaction():
        for old in [old for old in store.tokens if old["name"] == name]:
            store.tokens.discard(old["id"])
        store.tokens.put({"id": store.new_id(), "name": name, "token_hash": digest(token), "made_at": instant(now)})
    return token


def made_tokens(store: Store) -> list[dict[str, str]]:
    """The tokens that programs have, by name, without anything of the tokens themselves."""
    shown = [{name: token[name] for name in ("id", "name", "made_at")} for token in store.tokens]
    return sorted(shown, key=lambda token: token["name"].casefold())


def revoke_token(store: Store, token_id: str) -> None:
    """Let the token work no more."""
    store.tokens.discard(token_id)
