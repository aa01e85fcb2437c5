"""What every page says when something is wrong with the data folder, and the button that says it was seen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext

from companion.errors import StoreFull
from companion.store.backups.dated import backup_days
from companion.store.notices import dismiss, open_notices
from companion.web.command_lines import command_line
from companion.web.context import companion, store
from companion.web.pages import pages
from companion.web.pages.said import same_site_path

_MOST_TITLES = 5


@dataclass(frozen=True)
class Notice:
    """Damage that was found: the items it touched, as many as are shown, and how much else there is.

    Where `is_complete` is false, more may be lost than could be named. `copies` tells that the damaged file was kept.
    """

    id: str
    kind: str
    items: list[dict[str, Any]]
    more_items: int
    others: int
    is_gone: bool
    is_complete: bool
    copies: bool


@dataclass(frozen=True)
class Trouble:
    """Everything that is wrong at the moment; `backup` says why no dated backup could be made.

    `last_backup` is the day of the last one that could be, if there is any.
    """

    is_read_only: bool
    notices: list[Notice]
    backup: str
    last_backup: date | None

    def __bool__(self) -> bool:
        return bool(self.is_read_only or self.notices or self.backup)


def _trouble() -> Trouble:
    notices = [_shown(notice) for notice in open_notices(store())]
    days = backup_days(store().folder) if notices else []
    return Trouble(_is_read_only(), notices, _backup_trouble(), days[-1] if days else None)


def _is_read_only() -> bool:
    return store().read_only_reason is not None


def _shown(notice: dict[str, Any]) -> Notice:
    items = [lost for lost in notice["lost"] if lost["table"] == "items"]
    shown = items[:_MOST_TITLES]
    return Notice(
        notice["id"],
        notice["kind"],
        shown,
        more_items=len(items) - len(shown),
        others=len(notice["lost"]) - len(items),
        is_gone=any(not item["still_there"] for item in items),
        is_complete=notice.get("is_complete", True),
        copies=notice.get("copies", True),
    )


def _backup_trouble() -> str:
    error = companion().backup_error
    if error is None:
        return ""
    if isinstance(error, StoreFull):
        return gettext("The disk is full.")
    return gettext("The folder for it could not be read or written.")


@pages.app_context_processor
def _for_every_page() -> dict[str, Any]:
    folder = companion().settings.data
    return {
        "trouble": _trouble,
        "is_read_only": _is_read_only,
        "damaged_folder": folder / "damaged",
        "backup_command": command_line(folder, "backup", "kwartier.zip"),
    }


@pages.post("/notices/<notice_id>/dismiss")
def dismiss_notice(notice_id: str) -> Any:
    """Keeps a notice as seen and goes back to the page it stood on."""
    dismiss(store(), notice_id)
    return redirect(same_site_path(request.form.get("next"), url_for("pages.week")), 303)
