"""Who may get at what is kept: shutting out a browser's extension, a program, or other browsers' windows."""

from typing import Any

from flask import g, url_for

from companion.web.context import now, store
from companion.web.launch import shut_out_others
from companion.web.pages import pages
from companion.web.pages.said import done
from companion.web.paired_browsers import revoke
from companion.web.tokens import revoke_token


@pages.post("/settings/browsers/<pairing_id>/revoke")
def revoke_browser(pairing_id: str) -> Any:
    """Shuts a connected browser out."""
    revoke(store(), pairing_id, now())
    return done("revoked", url_for("pages.settings"))


@pages.post("/settings/programs/<token_id>/revoke")
def revoke_program(token_id: str) -> Any:
    """Lets a program's token work no more."""
    revoke_token(store(), token_id)
    return done("token_revoked", url_for("pages.settings"))


@pages.post("/settings/windows/revoke")
def shut_out_windows() -> Any:
    """Leaves these pages to this browser alone."""
    shut_out_others(store(), g.cookie)
    return done("shut_out", url_for("pages.settings"))
