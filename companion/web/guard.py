"""Who may call: checked for every request before anything else, and refused unless something allows it.

Servers on localhost are attacked through the browser: by pages that post to them, by names that resolve to them, by
other extensions. So the Host must be exactly ours, an Origin must be exactly one that was let in, and each endpoint
is closed unless its blueprint says who may call it.
"""

import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_cors.core import get_cors_options, set_cors_headers
from werkzeug.exceptions import MisdirectedRequest, NotFound, UnsupportedMediaType

from companion.errors import Refused, Unauthorized
from companion.web import feed_address
from companion.web.context import companion, now, store
from companion.web.launch import cookie_name, csrf_token, is_let_in
from companion.web.paired_browsers import is_paired, pairings, seen
from companion.web.secrets import digest, fits

EXTENSION_ORIGIN = re.compile(r"(chrome-extension://[a-p]{32}|moz-extension://[0-9a-f-]{36})\Z")
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
FROM_ELSEWHERE = {"cross-site", "same-site"}
CORS: Any = {"methods": ["GET", "POST", "PUT", "PATCH", "DELETE"], "allow_headers": ["Authorization", "Content-Type"],
        "expose_headers": ["Retry-After"], "max_age": 600, "vary_header": True}  # fmt: skip

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class NotLetIn(Refused):
    """A browser without the cookie asks for a page."""


def install(app: Flask) -> None:
    """Put the guard before every request of the app, and its headers on every answer."""
    app.before_request(check_request)
    app.after_request(add_headers)
    app.jinja_env.globals["csrf_token"] = form_token


def check_request() -> Response | None:
    """Refuse the request, or let it through to its view. Answers preflights itself."""
    _check_host()
    if request.endpoint is None:
        raise request.routing_exception or NotFound()
    blueprint = (request.blueprints or [request.endpoint])[-1]
    if request.method == "OPTIONS":
        return _preflight()
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType("Send the body as it is, without compression.")
    CHECKS.get(blueprint, _refuse)()
    return None


def _refuse() -> None:
    raise NotFound()


def _check_host() -> None:
    """Against DNS rebinding: the name that was asked for must be ours, with the port."""
    target = request.environ.get("REQUEST_URI", "/")
    if request.environ.get("HTTP_HOST") != f"127.0.0.1:{companion().port}" or not target.startswith("/"):
        raise MisdirectedRequest("Kwartier answers to 127.0.0.1 and its own port only.")


def _preflight() -> Response:
    if not is_paired(store(), request.headers.get("Origin", "")):
        raise Refused("This origin is not let in.")
    return Response(status=204)


def _check_open() -> None:
    """Open to programs and extensions, but not to web pages."""
    origin = request.headers.get("Origin")
    if origin is not None and not EXTENSION_ORIGIN.match(origin):
        raise Refused("Web pages may not call Kwartier.")
    _check_fetch_site(origin)
    _check_media_type()


def _check_api() -> None:
    origin = request.headers.get("Origin")
    if origin is not None and not is_paired(store(), origin):
        raise Refused("This origin is not let in.")
    _check_fetch_site(origin)
    caller = _caller()
    if origin is not None and caller.get("origin") != origin:
        raise Refused("This token belongs to another caller.")
    if request.blueprint == "control" and not caller.get("is_control"):
        raise Refused("Only commands on this machine may do this.")
    _check_media_type()


def _check_fetch_site(origin: str | None) -> None:
    if origin is None and request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE:
        raise Refused("Web pages may not call Kwartier.")


def _check_media_type() -> None:
    """Only JSON: what a plain web form can send is refused, even before it is read."""
    has_body = bool(request.content_length) or "Transfer-Encoding" in request.headers
    if request.method in CHANGING and has_body and request.mimetype != "application/json":
        raise UnsupportedMediaType("Send JSON, with the content type application/json.")


def _caller() -> Mapping[str, Any]:
    """Whose token this is. Wrong ones are counted, and after some of them answered with "wait"."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token and (found := _find_caller(token)):
        return found
    companion().failed_logins.count()
    raise Unauthorized("A token is needed: Authorization: Bearer …")


def _find_caller(token: str) -> Mapping[str, Any] | None:
    if hmac.compare_digest(digest(token), digest(companion().control_secret)):
        return {"is_control": True}
    pairing = _with_token(pairings(store()), token)
    if pairing:
        seen(store(), pairing, now())
    return pairing or _with_token(store().tokens, token)


def _with_token(table: Iterable[Mapping[str, Any]], token: str) -> Mapping[str, Any] | None:
    return next((record for record in table if fits(token, record["token_hash"])), None)


def _check_page() -> None:
    """A page: for a browser that was let in; a form, in addition, from our own page with its token."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    # A link on another site may lead here; anything else from there may not.
    if site in FROM_ELSEWHERE and (mode != "navigate" or request.method != "GET"):
        raise Refused("Web pages may not call Kwartier.")
    # Cookies are shared by everything on 127.0.0.1: a page on another port says where it comes from.
    if request.headers.get("Origin", companion().origin) != companion().origin:
        raise Refused("This was asked from elsewhere.")
    cookie = _cookie()
    if cookie is None:
        raise NotLetIn("This browser is not let in yet.")
    if mode not in (None, "navigate") and not _is_from_our_page(cookie):
        raise Refused("Only Kwartier's own pages may ask for this.")
    g.cookie = cookie
    if request.method in CHANGING:
        _check_form(cookie)


def _cookie() -> str | None:
    """The cookie by which this browser was let in. A server on another port can put one of the same name before it."""
    named = request.cookies.getlist(cookie_name(store()))
    return next((cookie for cookie in named if is_let_in(store(), cookie)), None)


def _is_from_our_page(cookie: str) -> bool:
    """Another extension's fetch carries the cookie as well, but cannot know the token that stands in our pages."""
    return hmac.compare_digest(request.headers.get("X-Kwartier-Page", "").encode(), csrf_token(cookie).encode())


def _check_form(cookie: str) -> None:
    if not hmac.compare_digest(request.form.get("csrf", "").encode(), csrf_token(cookie).encode()):
        raise Refused("This form is too old. Go back, reload the page and try again.")


def _check_file() -> None:
    """A static file: nothing private, but which other page is interested in whether it is here?"""
    if request.headers.get("Sec-Fetch-Site") in FROM_ELSEWHERE:
        raise Refused("Web pages may not call Kwartier.")


def _check_feed() -> None:
    """A calendar program: the secret in the address opens this and nothing else, and nothing else opens it.

    Wrong ones are counted as wrong tokens are.
    """
    _check_file()
    if "Origin" in request.headers:
        raise Refused("Web pages may not call Kwartier.")
    if not feed_address.opens(store(), (request.view_args or {}).get("secret", "")):
        companion().failed_logins.count()
        raise NotFound()


def _anyone() -> None:
    """A launch link is its own secret."""


CHECKS: Mapping[str, Callable[[], None]] = {
    "static": _check_file,
    "launch": _anyone,
    "open": _check_open,
    "api": _check_api,
    "control": _check_api,
    "feed": _check_feed,
    "pages": _check_page,
}


def form_token() -> str:
    """The hidden field of every form; empty where the browser is not let in."""
    return csrf_token(g.cookie) if "cookie" in g else ""


def add_headers(response: Response) -> Response:
    """What a browser may do with the answer."""
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers.setdefault("Cache-Control", "no-store")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "no-cache"
    _allow_paired_origin(response)
    return response


def _allow_paired_origin(response: Response) -> None:
    """CORS for the exact paired origin, and none other; the checks above are the gate."""
    origin = request.headers.get("Origin", "")
    if EXTENSION_ORIGIN.match(origin) and is_paired(store(), origin):
        set_cors_headers(response, get_cors_options(current_app, CORS, {"origins": [origin]}))
