"""Which language a request is answered in."""

from flask import Flask, request
from flask_babel import Babel

from companion.settings import LANGUAGES
from companion.web.context import companion, zone

COOKIE = "kwartier_language"


def install(app: Flask) -> None:
    """Let every page and reason speak the reader's language."""
    Babel(app, locale_selector=choose, timezone_selector=lambda: zone().key)


def choose() -> str:
    """The language that the user picked; else the setting; else what the browser asks for; else English."""
    picked = request.cookies.get(COOKIE)
    if picked in LANGUAGES:
        return picked
    return companion().settings.language or request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
