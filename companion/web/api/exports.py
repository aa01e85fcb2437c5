"""The content plan as a file."""

from flask import Response

from companion.editorial.calendar import require_range
from companion.web.api.blueprints import api
from companion.web.api.decoding import local_date
from companion.web.plan_files import default_range, plan_file


@api.get("/exports/<name>")
def get_export(name: str) -> Response:
    """The plan of a range of days; this Monday and twelve weeks by default."""
    first, last = default_range()
    first, last = local_date("from", first), local_date("to", last)
    require_range(first, last)
    return plan_file(name, first, last)
