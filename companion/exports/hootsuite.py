"""The posts ahead for Hootsuite's bulk composer: moment, message and link, without a line of headers.

What is known of this format comes from people who use it; Hootsuite shows its own description to its customers alone.
"""

from companion.exports.plan import Format, Plan, Say, unchanged
from companion.exports.schedulers import link_beside, post_text, posts, split, table, wall_time

MOST = 350


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """The posts of one channel; no word in them is Kwartier's own, so none is translated."""
    return table(
        (wall_time(row, plan, "%m/%d/%Y %H:%M"), post_text(row, with_link=False), link_beside(row))
        for row in posts(plan)
    )


FORMAT = Format("hootsuite", "text/csv; charset=utf-8", "csv", render, split(MOST), with_queue=False)
