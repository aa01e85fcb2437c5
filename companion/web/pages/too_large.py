"""A file that is larger than is taken: said at the field where it was chosen."""

from collections.abc import Callable
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from companion.web.failures import http_error
from companion.web.pages import pages

# By endpoint the page that says so; anything else of that size was no form of ours.
SAID_BY: dict[str, Callable[[], Any]] = {}


@pages.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> Any:
    page = SAID_BY.get(request.endpoint or "")
    return page() if page else http_error(error)
