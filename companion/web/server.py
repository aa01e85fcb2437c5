"""Running the companion: one data folder, one port on 127.0.0.1, until it is told to stop."""

import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any, cast

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from companion import store
from companion.errors import StoreError, StoreLocked
from companion.settings import PORTS, Settings
from companion.web import control_file
from companion.web.app import create_app
from companion.web.command_lines import command_line
from companion.web.connections import Channel
from companion.web.context import Companion
from companion.web.default_browser import open_in_default_browser
from companion.web.dispatcher import Dispatcher
from companion.web.housekeeping import Housekeeping
from companion.web.limits import open_file_limit
from companion.web.memory import share_one_heap
from companion.web.paired_browsers import paired
from companion.web.secrets import new_secret

Server = BaseWSGIServer | MultiSocketServer

HOST = "127.0.0.1"
# Flask refuses bodies above its own limit with a reply that says so; this is only the point where reading stops.
MOST_READ = 16 * 1024 * 1024
HEADER_BYTES = 16 * 1024
# What of an answer may wait for its reader; a backup is made no faster than it is read.
WAITING_BYTES = 2 * 1024 * 1024
# A web page can open connections to 127.0.0.1 and leave them idle. They must not use up what there is, and the lowest
# number of sockets that a system lets a process look at is 512, on Windows.
MOST_CONNECTIONS = 400
# The journal, the index, the workers' pipes, and what is open for a moment.
OTHER_FILES = 100
IDLE_SECONDS = 15
CLEANUP_SECONDS = 5


def serve(settings: Settings, say: Callable[[str], Any]) -> None:
    """Serve until SIGTERM or Ctrl-C. `say` tells the person at the terminal what happens.

    Raises StoreLocked where a companion has the folder already, StoreError where no port is free.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # That requests wait for a turn is nothing to be warned of.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    share_one_heap()
    kept = _open_store(settings)
    try:
        _serve(settings, kept, say)
    finally:
        kept.close()


def _open_store(settings: Settings) -> store.Store:
    try:
        return store.open(settings.data)
    except StoreLocked as error:
        first = control_file.read(settings.data)
        where = f" It answers on port {first['port']}." if first else ""
        how = command_line(settings.data, "open")
        raise StoreLocked(f"{error.message}{where} Open it with: {how}") from error


def _serve(settings: Settings, kept: store.Store, say: Callable[[str], Any]) -> None:
    control_file.remove(settings.data)
    secret = new_secret()
    running = Companion(settings, kept, port=0, control_secret=secret)
    server, running.port = _listen(create_app(running), settings.port, running.close)
    control_file.write(settings.data, running.port, secret)
    _stop_on_signals()
    housekeeping = Housekeeping(running)
    housekeeping.start()
    running.links.resume()
    running.calendars.resume()
    running.reader.warm()
    try:
        say(f"Kwartier runs at {running.origin}/ and keeps its data in {settings.data}")
        _welcome(running, say)
        server.run()  # Until Ctrl-C or SIGTERM, both of which it takes as its end.
        say("Kwartier has stopped.")
    finally:
        server.close()
        running.close()
        housekeeping.stop()
        control_file.remove(settings.data)


def _listen(app: Any, port: int | None, stop_reading: Callable[[], None]) -> tuple[Server, int]:
    for candidate in PORTS if port is None else [port]:
        try:
            return _serve_on(_bind(candidate), app, stop_reading), candidate
        except OSError as error:
            taken = error
    if port is not None:
        raise StoreError(f"Port {port} is taken or not allowed. Name another with --port, or leave it out.") from taken
    raise StoreError(f"The ports {PORTS[0]} to {PORTS[-1]} are all taken. Name a free one with --port.") from taken


def _bind(port: int) -> socket.socket:
    """The port, for us alone. On Windows the usual option to reuse an address lets two programs share a port."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":
        option = socket.SO_EXCLUSIVEADDRUSE
    else:
        option = socket.SO_REUSEADDR
    try:
        bound.setsockopt(socket.SOL_SOCKET, option, 1)
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        raise
    return bound


def _serve_on(bound: socket.socket, app: Any, stop_reading: Callable[[], None]) -> Server:
    server: Any = create_server(
        app,
        sockets=[bound],
        ident="",
        max_request_body_size=MOST_READ,
        max_request_header_size=HEADER_BYTES,
        clear_untrusted_proxy_headers=True,
        outbuf_high_watermark=WAITING_BYTES,
        connection_limit=min(MOST_CONNECTIONS, open_file_limit() - OTHER_FILES),
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        # Where the system has it: select() cannot look at as many.
        asyncore_use_poll=True,
        _dispatcher=Dispatcher(stop_reading),
    )
    server.channel_class = Channel
    return cast(Server, server)


def _stop_on_signals() -> None:
    """SIGTERM, as the system sends it at log-off, ends as calmly as Ctrl-C."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _welcome(running: Companion, say: Callable[[str], Any]) -> None:
    """Open the first-run page, later the week, in a browser that this lets in."""
    if running.settings.open_browser:
        open_in_default_browser(running, "/" if paired(running.store) else "/welcome")
    else:
        say(f"Open it in a browser with: {command_line(running.settings.data, 'open')}")
