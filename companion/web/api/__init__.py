"""The API: one module a noun; the blueprint a route is on says who may call it."""

from companion.web.api import calendar, captures, control, exports, feed, items, pairing, time
from companion.web.api.blueprints import api, launch, open_to_all
from companion.web.api.blueprints import control as control_blueprint
from companion.web.api.blueprints import feed as feed_blueprint

# The modules add their routes when they are imported.
MODULES = (calendar, captures, control, exports, feed, items, pairing, time)
BLUEPRINTS = (api, control_blueprint, feed_blueprint, launch, open_to_all)
