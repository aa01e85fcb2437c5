"""A backup, saved by the browser; and where the ones are that Kwartier makes by itself."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Response

from companion.store.backups.dated import backup_days, backup_folder, backup_path
from companion.web.backups import send_archive
from companion.web.command_lines import command_line
from companion.web.context import companion, now, store, zone
from companion.web.pages import pages


@dataclass(frozen=True)
class DatedBackups:
    """The dated backups that there are; `restore` is what to type to go back to the last one, or to a FILE."""

    days: list[date]
    folder: Path
    restore: str


def dated_backups() -> DatedBackups:
    """What the settings tell about backups."""
    data = companion().settings.data
    days = backup_days(data)
    last = str(backup_path(data, days[-1])) if days else "FILE"
    return DatedBackups(days, backup_folder(data), command_line(data, "restore", last, "--set-aside"))


@pages.get("/backup")
def save_backup() -> Response:
    """Everything that is kept, as an archive for the browser to save."""
    answer = send_archive(store())
    day = now().astimezone(zone()).date()
    answer.headers["Content-Disposition"] = f'attachment; filename="kwartier-{day.isoformat()}.zip"'
    return answer
