"""Every refusal in one shape: JSON for programs, a page for people, and never what lies behind it."""

import logging
import traceback

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from companion import errors
from companion.web.context import companion
from companion.web.default_browser import open_in_default_browser
from companion.web.guard import NotLetIn

logger = logging.getLogger("kwartier")

# The first that fits counts.
STATUS: list[tuple[type[errors.KwartierError], int]] = [
    (errors.Invalid, 422),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Gone, 410),
    (errors.Unauthorized, 401),
    (errors.Refused, 403),
    (errors.TooMany, 429),
    (errors.StoreFull, 507),
    (errors.StoreError, 503),
]


def install(app: Flask) -> None:
    """Answer every error of the app in its one shape."""
    app.register_error_handler(errors.KwartierError, _domain_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, _unforeseen)


def _domain_error(error: errors.KwartierError) -> tuple[Response, int]:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    if isinstance(error, NotLetIn) and _is_for_a_person():
        return _page("not_let_in.html", status, path=request.full_path.rstrip("?"), is_elsewhere=_show_elsewhere())
    answer = _answer(status, error.message, error)
    if isinstance(error, errors.TooMany):
        answer[0].headers["Retry-After"] = str(error.retry_after)
    return answer


def _show_elsewhere() -> bool:
    """Whether the page that was asked for shows a browser's request, and is opened where the user may answer it.

    An extension opens that page in its own browser, which is not always the one that was let in. No web page can make
    windows open by this: only what the user or an extension opens has no site behind it, and each request counts once.
    """
    is_asked_by_user = request.headers.get("Sec-Fetch-Site") == "none" and request.method == "GET"
    running = companion()
    if request.endpoint != "pages.pair" or not is_asked_by_user or not running.settings.open_browser:
        return False
    if running.pairings.take_unseen(running.clock()):
        open_in_default_browser(running, "/pair")
    return bool(running.pairings.waiting(running.clock()))


def http_error(error: HTTPException) -> Response | tuple[Response, int]:
    """The answer to an error of the web: a page that is not there, or more than is taken."""
    if error.response is not None or not error.code or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, as werkzeug made it
    return _answer(error.code, error.description or error.name)


def _unforeseen(error: Exception) -> tuple[Response, int]:
    """A fault of ours. The log says where, not with what: that could be the user's words."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s in %s, line %s (%s)", type(error).__name__, last.filename, last.lineno, request.endpoint)
    return _answer(500, "Something went wrong in Kwartier; its log says where. Try again.")


def _answer(status: int, message: str, error: errors.KwartierError | None = None) -> tuple[Response, int]:
    if _is_for_a_person():
        return _page("error.html", status, message=message)
    return jsonify(error=message, problems=error.problems if error else []), status


def _page(template: str, status: int, **values: object) -> tuple[Response, int]:
    return Response(render_template(template, status=status, **values), mimetype="text/html"), status


def _is_for_a_person() -> bool:
    """Whether a browser is about to show the answer to somebody, rather than a program reading it."""
    return not request.path.startswith("/api/") and request.accept_mimetypes.accept_html
