"""The Flask application, made for one running companion."""

from flask import Flask

from companion.settings import MAX_BODY_BYTES
from companion.web import failures, guard, language, reasons
from companion.web.api import BLUEPRINTS
from companion.web.context import Companion, zone
from companion.web.pages import pages


def create_app(running: Companion) -> Flask:
    """An application that answers for `running`, with its guard in front."""
    app = Flask("companion.web")
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = 1_000_000
    app.extensions["kwartier"] = running
    # With it on, //api/items would be led to /api/items before the guard has seen what was asked.
    app.url_map.merge_slashes = False
    guard.install(app)
    failures.install(app)
    language.install(app)
    for blueprint in (*BLUEPRINTS, pages):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(say_reason=reasons.say, zone=zone)
    return app
