"""The content plan for calendar programs that subscribe to it."""

from datetime import date, timedelta
from hashlib import sha256

from flask import Response, request
from flask_babel import force_locale

from companion import __version__
from companion.editorial.times import local_day, monday
from companion.exports import Plan, icalendar
from companion.settings import LANGUAGES
from companion.web.api.blueprints import feed
from companion.web.context import companion, now, zone
from companion.web.plan_files import gather_for_calendar, say

# What somebody still looks back at, and as far ahead as anything is planned.
WEEKS_BACK, WEEKS_AHEAD = 8, 26


@feed.get(f"/feed/<secret>/<any({', '.join(LANGUAGES)}):language>.ics")
def get_feed(secret: str, language: str) -> Response:
    """The calendar in this language; 304 to who has it already. The guard has seen to the secret."""
    plan = gather_for_calendar(*_days())
    companion().feed.read_at = now()
    response = Response(content_type=icalendar.FORMAT.media_type)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(_etag(plan, language))
    response.make_conditional(request)
    if response.status_code == 200:
        with force_locale(language):
            response.set_data(icalendar.render_feed(plan, say))
    return response


def _days() -> tuple[date, date]:
    this_week = monday(local_day(now(), zone()))
    return this_week - timedelta(weeks=WEEKS_BACK), this_week + timedelta(weeks=WEEKS_AHEAD, days=-1)


def _etag(plan: Plan, language: str) -> str:
    """Another one whenever a byte differs, told without writing the calendar: each event has its revision.

    Besides, the words are those of this version in this language, and the rules of zones reach over certain years.
    """
    made_of = (__version__, language, plan.zone, plan.first.year, plan.last.year, sorted(plan.revisions.items()))
    return sha256(repr(made_of).encode()).hexdigest()
