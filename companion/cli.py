"""The command `kwartier`."""

import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import wraps
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion import __version__, adding, settings
from companion.errors import Invalid, KwartierError, StoreError
from companion.records import Problem

if TYPE_CHECKING:
    from companion.store.backups.archive import Download

# How a ZIP archive begins; workbooks are one too.
ARCHIVE = b"PK\x03\x04"

DATA = click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The data folder.")


class Command(click.Command):
    """A command whose refusals are one readable line, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KwartierError as error:
            raise click.ClickException(error.message) from error


@click.group()
@click.version_option(__version__, prog_name="kwartier")
def main() -> None:
    """Kwartier: a quarter of an hour a day, turned into a content plan in your own words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A title that the terminal has no letters for must not end what is done in a traceback.
            stream.reconfigure(errors="backslashreplace")


main.command_class = Command


def with_companion(command: Callable[..., None]) -> Callable[..., None]:
    """A command that talks to the companion of the data folder: the running one, or one of its own.

    Only `add` begins in a folder that has no data yet: that another one finds none is a mistake in --data.
    """

    @main.command(command.__name__.removesuffix("_command").replace("_", "-"), help=command.__doc__)
    @DATA
    @wraps(command)
    def run(data: Path | None, **options: Any) -> None:
        from companion.web.client import connect, require_data

        loaded = settings.load(data)
        if command.__name__ != "add":
            require_data(loaded.data)
        with connect(loaded) as client:
            command(client, **options)

    return run


@main.command()
@DATA
@click.option("--port", type=int, help="The port; by default the first free one from 7715 to 7719.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def serve(data: Path | None, port: int | None, no_open: bool) -> None:
    """Run the companion until Ctrl-C."""
    from companion.web.server import serve as run

    run(settings.load(data, port, open_browser=not no_open), click.echo)


@with_companion
@click.option("--print", "only_print", is_flag=True, help="Print the link instead of opening it.")
def open_command(client: Any, only_print: bool) -> None:
    """Open this week in the browser, by a link that works once."""
    if not client.is_running:
        raise StoreError("Kwartier is not running. Start it with: kwartier serve")
    url = client.post("/api/launch-links", {"path": "/"})["url"]
    click.echo(url) if only_print else click.launch(url)


@with_companion
@click.argument("name")
def token(client: Any, name: str) -> None:
    """Print an API token for the program NAME; an older one of that name stops working."""
    click.echo(client.post("/api/control/tokens", {"name": name})["token"])


@with_companion
@click.argument("source", metavar="FILE-OR-URL")
@click.option("--url", help="The address of a page that is given as a file.")
@click.option("--view", default="", help="Your view on it.")
def add(client: Any, source: str, url: str | None, view: str) -> None:
    """Put an article in the queue: a saved page, or a link, whose page Kwartier then reads."""
    click.echo(adding.add(client, adding.capture_of(source, url, view)))


@with_companion
@click.argument("format_name", metavar="FORMAT")
@click.option("--from", "first", help="The first day, such as 2026-11-23; by default this Monday.")
@click.option("--to", "last", help="The last day; by default twelve weeks on.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="The file; by default it is printed.")
def export(client: Any, format_name: str, first: str | None, last: str | None, output: Path | None) -> None:
    """Write the content plan as xlsx, csv, ics, md or json, or for buffer, publer or hootsuite."""
    query = {name: day for name, day in (("from", first), ("to", last)) if day}
    content = client.get_bytes(f"/api/exports/{format_name}", query)
    if output is None:
        _print(content)
    elif content.startswith(ARCHIVE) and format_name != "xlsx" and output.suffix.lower() != ".zip":
        written = _write(_archive_beside(output), [content])
        click.echo(f"It takes several files, so that they are in {written}.", err=True)
    elif output.suffix.lower() == ".zip" and not content.startswith(ARCHIVE):
        _write(output, [_packed(output.stem, format_name, content)])
    else:
        _write(output, [content])


def _archive_beside(output: Path) -> Path:
    """The archive in place of the file that was named. Neither may be there: the one is not ours, the other is old."""
    stem = output.stem if output.suffix.lower() == ".csv" else output.name
    archive = output.with_name(f"{stem}.zip")
    for there in (archive, output):
        if there.exists():
            told = f"{there} is there already, and it takes several files now: name one that ends in .zip"
            raise Invalid.field("FILE", told)
    return archive


def _packed(stem: str, format_name: str, content: bytes) -> bytes:
    """An archive of this one file, where an archive was asked for."""
    from companion import exports

    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{stem}.{exports.lookup(format_name).extension}", content)
    return packed.getvalue()


def _print(content: bytes) -> None:
    if content.startswith(ARCHIVE) and sys.stdout.isatty():
        raise Invalid.field("FORMAT", "cannot be shown in a terminal; name a file with -o")
    sys.stdout.buffer.write(content)


@with_companion
@click.argument("file", type=click.Path(path_type=Path))
def backup(client: Any, file: Path) -> None:
    """Write everything that is kept into one archive, or into one JSON document where FILE ends in .json."""
    from companion.store.backups.archive import Download

    format_name = "json" if file.suffix.lower() == ".json" else "zip"
    download = Download(client.stream("/api/control/backup", {"format": format_name}))
    written = _save(file, download)
    told = download.contents()
    if told.left_out:
        missing = (
            "1 text that cannot be read is" if told.left_out == 1 else f"{told.left_out} texts that cannot be read are"
        )
        instead = "" if written.name == file.name else f" {file} is left as it was."
        raise StoreError(f"{missing} not in {written}.{instead} Which, and what to do: kwartier check")
    # Into a pipe, such as /dev/stdout, goes the backup and nothing else.
    is_piped = not file.is_file()
    click.echo(f"{_count(told.items, 'item')} and {_count(told.texts, 'text')} are in {file}.", err=is_piped)


def _save(file: Path, download: "Download") -> Path:
    """Write the file once it is known to be whole; one that lacks texts goes beside one that is there already."""
    from companion.store.files import sync_folder

    file = file.resolve() if file.is_file() else file
    if file.exists() and not file.is_file():
        return _write(file, download)
    unjudged = _write(file.with_name(f"{file.stem}-incomplete{file.suffix}"), download)
    try:
        if not (download.contents().left_out and file.exists()):
            unjudged = unjudged.replace(file)
            sync_folder(file.parent)
        return unjudged
    except OSError as error:
        raise Invalid.field("FILE", f"{file} cannot be written: {error.strerror}. It is {unjudged} instead") from error


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@main.command()
@DATA
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--set-aside", is_flag=True, help="Rename a data folder that is in the way; it stays beside the new one.")
def restore(data: Path | None, file: Path, set_aside: bool) -> None:
    """Put a backup back into an empty data folder: an archive, a JSON document, or one of the folder `backups`."""
    from companion.store.backups.dated import backup_days, backup_folder
    from companion.store.backups.restore import restore as put_back

    folder = settings.load(data).data
    done = put_back(file, folder, _record_problems, datetime.now().astimezone().date() if set_aside else None)
    click.echo(f"Restored {_count(done.items, 'item')} into {folder}.")
    if done.without_text:
        click.echo(f"Of {done.without_text} of them this backup lacks the text or the page.")
    if done.set_aside:
        click.echo(f"What was there is now in {done.set_aside}.")
        if backup_days(done.set_aside):
            click.echo(f"The earlier dated backups are in {backup_folder(done.set_aside)}.")


def _record_problems(table: str, record: Mapping[str, Any]) -> list[Problem]:
    from companion import contract
    from companion.editorial.busy.calendars import edge_problems

    if table == "segments":  # It is kept under an id that names its browser too.
        record = {**record, "id": str(record["id"]).removeprefix(f"{record.get('source')}:")}
    concepts = {"items": "item", "slots": "slot", "segments": "segment", "busy_calendars": "busy_calendar"}
    problems = contract.check(concepts[table], record) if table in concepts else []
    return problems or (edge_problems(record) if table == "busy_calendars" else [])


@with_companion
def check(client: Any) -> None:
    """Look whether everything that is kept can be read; the exit status is 1 where it cannot."""
    from companion.web.client import CHECK_SECONDS

    found = client.get("/api/control/check", CHECK_SECONDS)
    for problem in found["problems"]:
        click.echo(problem["message"], err=True)
    click.echo("\n".join(_findings(found)))
    sys.exit(1 if found["problems"] else 0)


def _findings(found: Mapping[str, Any]) -> Iterator[str]:
    counts = (
        _count(found["items"], "item"),
        _count(found["slots"], "kept slot"),
        _count(found["segments"], "time segment"),
    )
    yield f"{', '.join(counts)}."
    needless = f", {found['orphans']} of them needed no more, and removed in time" if found["orphans"] else ""
    yield f"{_count(found['texts'], 'text')}{needless}."
    yield f"Search index: {'complete' if found['is_search_complete'] else 'being made; searching may miss items'}."
    backups = found["backups"]
    yield f"Dated backups: {len(backups)}, the last of {backups[-1]}." if backups else "Dated backups: none yet."
    for name in found["made_good"]:
        yield f"{name} was damaged earlier. What could be read of it was written anew, and a copy of it was kept."
    yield f"Problems: {len(found['problems'])}." if found["problems"] else "All of it can be read."


@main.command()
@DATA
@click.option("--to", "target", type=click.Path(path_type=Path), help="Copy it into this folder.")
def extension(data: Path | None, target: Path | None) -> None:
    """Say where the browser extension lies, or copy it to a folder to load it from."""
    from companion.extension_folder import copy_extension, extension_folder

    click.echo(copy_extension(target) if target else extension_folder())


@main.command()
@DATA
@click.argument("state", type=click.Choice(["on", "off"]))
def autostart(data: Path | None, state: str) -> None:
    """Start Kwartier when you log in, or no longer."""
    from companion.autostart import Places, serve_command, set_autostart

    click.echo(set_autostart(state == "on", serve_command(settings.load(data).data), Places.of()))


def _write(file: Path, parts: Iterable[bytes]) -> Path:
    """Write the file whole or not at all; what is no file, such as a pipe, is written as it comes.

    Returns what was written: where `file` is a link, the file that it leads to.
    """
    from companion.store.files import replace_file

    file = file.resolve() if file.is_file() else file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file() or not file.exists():
            replace_file(file, parts)
        else:
            with file.open("wb") as output:
                output.writelines(parts)
        return file
    except (OSError, StoreError) as error:
        reason = error if isinstance(error, OSError) else error.__cause__
        if not isinstance(reason, OSError):
            raise
        raise Invalid.field("FILE", f"{file} cannot be written: {reason.strerror}") from error
