"""The language the pages are in, kept by this browser."""

from typing import Any

from flask import redirect, request, url_for

from companion.settings import LANGUAGES
from companion.web.language import COOKIE
from companion.web.pages import pages
from companion.web.pages.said import same_site_path

_A_YEAR = 365 * 24 * 3600


@pages.post("/language")
def language() -> Any:
    """Keeps the choice and goes back to the page it was made on."""
    answer = redirect(same_site_path(request.form.get("next"), url_for("pages.week")), 303)
    chosen = request.form.get("language")
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, max_age=_A_YEAR, httponly=True, samesite="Lax", path="/")
    return answer
