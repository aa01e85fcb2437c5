"""How a command reaches the companion: over HTTP where one runs, else an app of its own on the same folder.

Either way the same routes do the work, so a command behaves the same with and without a running companion.
"""

import http.client
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

import orjson

from companion import store
from companion.errors import KwartierError, NotFound, StoreError, StoreLocked
from companion.settings import Settings
from companion.store.backups.target import is_data_folder, is_locked
from companion.web import control_file
from companion.web.secrets import new_secret

if TYPE_CHECKING:
    from companion.web.context import Companion

# For each part of an answer. Looking through everything that is kept sends nothing until it is done.
TIMEOUT_SECONDS = 60
CHECK_SECONDS = 3600
CHUNK_BYTES = 1 << 16
# A companion that starts takes the folder a moment before it tells its port; another command needs it for a moment.
WAIT_SECONDS = 5


# The status of an answer, and its body in parts as they arrive.
Answer = tuple[int, Generator[bytes]]


class Send(Protocol):
    """Sends one request."""

    def __call__(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None, timeout: float, /
    ) -> Answer:
        """Send it."""


class Client:
    """Calls the API with the right to do everything."""

    def __init__(self, send: Send, secret: str, is_running: bool) -> None:
        self._send, self._secret, self.is_running = send, secret, is_running

    def get(self, path: str, timeout: float = TIMEOUT_SECONDS) -> Any:
        """The JSON at this path. `timeout` is the longest silence, in seconds."""
        return orjson.loads(b"".join(self._call("GET", path, None, timeout)))

    def get_bytes(self, path: str, query: Mapping[str, str]) -> bytes:
        """The file at this path."""
        return b"".join(self.stream(path, query))

    def stream(self, path: str, query: Mapping[str, str]) -> Iterator[bytes]:
        """The file at this path, in parts, of which only one is in memory at a time."""
        return self._call("GET", f"{path}?{urlencode(query)}", None)

    def post(self, path: str, record: Mapping[str, Any]) -> Any:
        """Send a record and return the reply."""
        return orjson.loads(b"".join(self._call("POST", path, orjson.dumps(record))))

    def _call(self, method: str, path: str, body: bytes | None, timeout: float = TIMEOUT_SECONDS) -> Iterator[bytes]:
        headers = {"Authorization": f"Bearer {self._secret}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            status, parts = self._send(method, path, headers, body, timeout)
            with closing(parts):
                if status >= 400:
                    raise _refusal(status, b"".join(parts))
                yield from parts
        except (OSError, http.client.HTTPException) as error:
            raise KwartierError(f"Kwartier did not take this ({error}). Is it too large, or has it stopped?") from error


def _refusal(status: int, content: bytes) -> KwartierError:
    try:
        told = orjson.loads(content)
        return (NotFound if status == 404 else KwartierError)(told["error"], told["problems"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return KwartierError(f"Kwartier refused this, with status {status}.")


def require_data(folder: Path) -> None:
    """Raise StoreError where Kwartier keeps nothing in the folder, for what does not want to begin there.

    A companion that starts has the lock a moment before it has anything else.
    """
    if is_data_folder(folder) or is_locked(folder):
        return
    raise StoreError(
        f"There is no Kwartier data in {folder}. Name the folder with --data, or begin there with: kwartier serve"
    )


@contextmanager
def connect(settings: Settings) -> Iterator[Client]:
    """A client of the companion on the settings' data folder.

    That the folder is taken proves that a companion lives; what a killed one left behind proves nothing, and a
    stranger may by now listen on its port.
    """
    from companion.web.context import Companion

    opened = _running_or_store(settings)
    if isinstance(opened, Client):
        yield opened
        return
    running = Companion(settings, opened, port=0, control_secret=new_secret())
    try:
        yield _in_process(running)
    finally:
        running.close()
        opened.close()


def _running_or_store(settings: Settings) -> Client | store.Store:
    """The companion that runs, or the folder where none does. A folder that another command has is soon free."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            opened = store.open(settings.data)
        except StoreLocked:
            if told := control_file.read(settings.data):
                return Client(_over_http(told["port"]), told["secret"], is_running=True)
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            control_file.remove(settings.data)  # Left behind by one that was killed.
            return opened


def _over_http(port: int) -> Send:
    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None, timeout: float) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
        except BaseException:
            connection.close()
            raise
        return response.status, _parts(connection, response)

    return send


def _parts(connection: http.client.HTTPConnection, response: http.client.HTTPResponse) -> Generator[bytes]:
    with closing(connection):
        while part := response.read(CHUNK_BYTES):
            yield part


def _in_process(running: "Companion") -> Client:
    from companion.web.app import create_app

    browser = create_app(running).test_client()

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None, _timeout: float) -> Answer:
        here = {**headers, "Host": "127.0.0.1:0"}
        response = browser.open(path, method=method, headers=here, data=body)
        return response.status_code, _parts_of(response)

    return Client(send, running.control_secret, is_running=False)


def _parts_of(response: Any) -> Generator[bytes]:
    with closing(response):
        yield from response.iter_encoded()
