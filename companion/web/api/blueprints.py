"""Who may call: a route is on the blueprint of its callers, and the guard knows no other way in."""

from flask import Blueprint

# Programs and paired extensions, by their token.
api = Blueprint("api", __name__, url_prefix="/api")
# Commands on this machine, by the control secret in the data folder.
control = Blueprint("control", __name__, url_prefix="/api/control")
# Anyone but web pages, without a token.
open_to_all = Blueprint("open", __name__, url_prefix="/api")
# Calendar programs, by the secret in the address.
feed = Blueprint("feed", __name__)
# Browsers that carry a one-time secret in the address.
launch = Blueprint("launch", __name__)
