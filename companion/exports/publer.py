"""The posts ahead for Publer's bulk scheduling, in its template of twelve columns, all of which it wants to see."""

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.formulas import guard
from companion.editorial.printable import printable
from companion.exports.plan import Format, Plan, Say, unchanged
from companion.exports.schedulers import (
    IMAGES,
    VIDEOS,
    label,
    link_beside,
    media,
    post_text,
    posts,
    split,
    table,
    wall_time,
)

HEADERS = (
    "Date - Intl. format or prompt",
    "Text",
    "Link(s) - Separated by comma for FB carousels",
    "Media URL(s) - Separated by comma",
    "Title - For the video, pin, PDF ..",
    "Label(s) - Separated by comma",
    "Alt text(s) - Separated by ||",
    "Comment(s) - Separated by ||",
    "Pin board, FB album, or Google category",
    "Post subtype - I.e. story, reel, PDF ..",
    "CTA - For Facebook links or Google",
    "Reminder - For stories, reels, shorts, and TikToks",
)
# No limit of Publer's is known; this many can still be looked through after the upload.
MOST = 500
DOCUMENTS = (".pdf",)


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """The posts of one channel; no word in them is Kwartier's own, so none is translated."""
    return table((_line(row, plan) for row in posts(plan)), HEADERS)


def _line(row: PlanRow, plan: Plan) -> tuple[str, ...]:
    """A post with a file of its own is no post of a link, so that its link stands in the text then.

    A comma in an address would make two of it.
    """
    file = media(row, (*IMAGES, *VIDEOS, *DOCUMENTS))
    is_document = file.lower().split("?")[0].endswith(DOCUMENTS)
    return (
        wall_time(row, plan, "%Y-%m-%d %H:%M"),
        post_text(row, with_link=bool(file)),
        "" if file else link_beside(row).replace(",", "%2C"),
        file,
        _title(row) if media(row, (*VIDEOS, *DOCUMENTS)) else "",
        label(row),
        *("", "", ""),
        "PDF" if is_document else "",
        *("", ""),
    )


def _title(row: PlanRow) -> str:
    return guard(printable(row.topic if row.kind == "own" and row.topic else row.title))


FORMAT = Format("publer", "text/csv; charset=utf-8", "csv", render, split(MOST), with_queue=False)
