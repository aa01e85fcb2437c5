"""The command `kwartier`."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from companion import __version__, settings
from companion.errors import Invalid, KwartierError, StoreError

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


main.command_class = Command


def with_companion(command: Callable[..., None]) -> Callable[..., None]:
    """A command that talks to the companion of the data folder: the running one, or one of its own."""

    @main.command(command.__name__.removesuffix("_command").replace("_", "-"), help=command.__doc__)
    @DATA
    @wraps(command)
    def run(data: Path | None, **options: Any) -> None:
        from companion.web.client import connect

        with connect(settings.load(data)) as client:
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
    """Put an article in the queue: a saved page, or a link."""
    from companion.editorial.extraction import page_address

    capture = {"id": str(uuid4()), "title": "", "captured_at": _now(), "commentary": view,
               "client": {"name": "kwartier add", "version": __version__}}  # fmt: skip
    if source.startswith(("http://", "https://")):
        capture["url"] = source
    else:
        capture["html"] = _page(source)
        capture["url"] = url or page_address(str(capture["html"])) or _without_address()
    receipt = client.post("/api/captures", capture)
    kept = "Known already" if receipt["known"] else "Saved as a link only" if receipt["item"]["link_only"] else "Saved"
    click.echo(f"{kept}: {receipt['article']['title']}")


def _page(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Invalid.field("FILE-OR-URL", f"{source} cannot be read: {error.strerror}") from error


def _without_address() -> str:
    raise Invalid.field("--url", "the file does not say which address it is of; name it with --url")


def _now() -> str:
    from companion.editorial.times import instant

    return instant(datetime.now(UTC))


@with_companion
@click.argument("format_name", metavar="FORMAT")
@click.option("--from", "first", help="The first day, such as 2026-11-23; by default this Monday.")
@click.option("--to", "last", help="The last day; by default twelve weeks on.")
@click.option("-o", "output", type=click.Path(path_type=Path), help="The file; by default it is printed.")
def export(client: Any, format_name: str, first: str | None, last: str | None, output: Path | None) -> None:
    """Write the content plan as csv, ics, md or json."""
    query = {name: day for name, day in (("from", first), ("to", last)) if day}
    content = client.get_bytes(f"/api/exports/{format_name}", query)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        _write(output, content)


@with_companion
@click.argument("file", type=click.Path(path_type=Path))
def backup(client: Any, file: Path) -> None:
    """Write everything that is kept into one archive."""
    _write(file, client.get_bytes("/api/control/backup", {}))
    click.echo(f"Everything is in {file}.")


@main.command()
@DATA
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(data: Path | None, file: Path) -> None:
    """Unpack an archive into an empty data folder."""
    from companion.store.backup import restore as unpack

    folder = settings.load(data).data
    unpack(file.read_bytes(), folder)
    click.echo(f"Restored into {folder}.")


@with_companion
def check(client: Any) -> None:
    """Look whether everything that is kept can be read; the exit status is 1 where it cannot."""
    found = client.get("/api/control/check")
    for problem in found["problems"]:
        click.echo(problem["message"], err=True)
    click.echo(f"{found['items']} items, {found['slots']} kept slots, {found['segments']} time segments.")
    sys.exit(1 if found["problems"] else 0)


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


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise Invalid.field("FILE", f"{file} cannot be written: {error.strerror}") from error
