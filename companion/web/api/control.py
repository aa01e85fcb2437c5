"""What the commands ask of a running companion, and the links that let a browser in."""

from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from companion.store.backups.check import check
from companion.web.api.blueprints import api, control, launch
from companion.web.api.decoding import body
from companion.web.backups import send_archive, send_document
from companion.web.context import companion, now, store
from companion.web.launch import COOKIE_SECONDS, cookie_name, let_in
from companion.web.tokens import make_token


@api.post("/launch-links")
def post_launch_link() -> tuple[Response, int]:
    """A one-time link that lets the browser in which it is opened see the local pages."""
    secret = companion().launch_links.make(body("launch_request")["path"])
    return jsonify(url=f"{companion().origin}/open/{secret}"), 201


@launch.get("/open/<secret>")
def open_link(secret: str) -> ResponseReturnValue:
    """Let the browser in and go on to the page.

    With a page that leads on instead of a redirect: after one from another site, the strict cookie would not be sent.
    """
    path = companion().launch_links.use(secret)
    if path is None:
        return redirect("/", 303)
    onward = f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(path)}"><title>Kwartier</title>'
    response = Response(f'{onward}<a href="{escape(path)}">Kwartier</a>', mimetype="text/html")
    name = cookie_name(store())
    cookie = let_in(store(), request.cookies.get(name), now())
    response.set_cookie(name, cookie, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict", path="/")
    return response


@control.post("/tokens")
def post_token() -> tuple[Response, int]:
    """A token for a program."""
    return jsonify(token=make_token(store(), body("token_request")["name"], now())), 201


@control.get("/backup")
def get_backup() -> Response:
    """Everything that is kept, as one archive, or with ?format=json as one document."""
    return send_document(store()) if request.args.get("format") == "json" else send_archive(store())


@control.get("/check")
def get_check() -> Response:
    """Whether what is kept can be read, and what cannot."""
    return jsonify(check(store()))
