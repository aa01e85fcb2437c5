"""How a command reaches the companion: over HTTP where one runs, else an app of its own on the same folder.

Either way the same routes do the work, so a command behaves the same with and without a running companion.
"""

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import urlencode

import orjson

from companion import store
from companion.errors import KwartierError, StoreLocked
from companion.settings import Settings
from companion.web import control_file
from companion.web.secrets import new_secret

TIMEOUT_SECONDS = 60
# A companion that starts takes the folder a moment before it tells its port; another command needs it for a moment.
WAIT_SECONDS = 5


class Send(Protocol):
    """Sends one request and returns its status and body."""

    def __call__(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None, /) -> tuple[int, bytes]:
        """Send it."""


class Client:
    """Calls the API with the right to do everything."""

    def __init__(self, send: Send, secret: str, is_running: bool) -> None:
        self._send, self._secret, self.is_running = send, secret, is_running

    def get(self, path: str) -> Any:
        """The JSON at this path."""
        return orjson.loads(self._call("GET", path, None))

    def get_bytes(self, path: str, query: Mapping[str, str]) -> bytes:
        """The file at this path."""
        return self._call("GET", f"{path}?{urlencode(query)}", None)

    def post(self, path: str, record: Mapping[str, Any]) -> Any:
        """Send a record and return the reply."""
        return orjson.loads(self._call("POST", path, orjson.dumps(record)))

    def _call(self, method: str, path: str, body: bytes | None) -> bytes:
        headers = {"Authorization": f"Bearer {self._secret}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            status, content = self._send(method, path, headers, body)
        except (OSError, http.client.HTTPException) as error:
            raise KwartierError(f"Kwartier did not take this ({error}). Is it too large, or has it stopped?") from error
        if status >= 400:
            raise _refusal(status, content)
        return content


def _refusal(status: int, content: bytes) -> KwartierError:
    try:
        told = orjson.loads(content)
        return KwartierError(told["error"], told["problems"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return KwartierError(f"Kwartier refused this, with status {status}.")


@contextmanager
def connect(settings: Settings) -> Iterator[Client]:
    """A client of the companion on the settings' data folder.

    That the folder is taken proves that a companion lives; what a killed one left behind proves nothing, and a
    stranger may by now listen on its port.
    """
    opened = _running_or_store(settings)
    if isinstance(opened, Client):
        yield opened
        return
    try:
        yield _in_process(settings, opened)
    finally:
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
    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    return send


def _in_process(settings: Settings, kept: store.Store) -> Client:
    from companion.web.app import create_app
    from companion.web.context import Companion

    secret = new_secret()
    running = Companion(settings, kept, port=0, control_secret=secret)
    browser = create_app(running).test_client()

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> tuple[int, bytes]:
        here = {**headers, "Host": "127.0.0.1:0"}
        response = browser.open(path, method=method, headers=here, data=body)
        return response.status_code, response.data

    return Client(send, secret, is_running=False)
