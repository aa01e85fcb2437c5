"""The content plan as a file."""

from flask import Response

from companion.editorial.planning.calendar import require_range
from companion.web.api.blueprints import api
from companion.web.api.decoding import local_date
from companion.web.plan_files import default_range, plan_file, range_from


@api.get("/exports/<name>")
def get_export(name: str) -> Response:
    """The plan of a range of days; twelve weeks from this Monday by default."""
    first = local_date("from", default_range()[0])
    last = local_date("to", range_from(first)[1])
    require_range(first, last)
    return plan_file(name, first, last)
