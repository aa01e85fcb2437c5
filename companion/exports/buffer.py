"""The posts ahead for Buffer's bulk upload, with its four headers."""

from companion.exports.plan import Format, Plan, Say, unchanged
from companion.exports.schedulers import IMAGES, label, media, post_text, posts, split, table, wall_time

# Buffer tells capitals apart in these.
HEADERS = ("Text", "Image URL", "Tags", "Posting Time")
# Of its paid plans; who has it for free sends the first ten.
MOST = 100


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """The posts of one channel; no word in them is Kwartier's own, so none is translated."""
    lines = [
        (post_text(row, with_link=True), media(row, IMAGES), label(row), wall_time(row, plan, "%Y-%m-%d %H:%M"))
        for row in posts(plan)
    ]
    return table(lines, HEADERS)


FORMAT = Format("buffer", "text/csv; charset=utf-8", "csv", render, split(MOST), with_queue=False)
