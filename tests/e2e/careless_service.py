"""A local service as there are many: it answers whoever asks. It shows that what a page tries can succeed."""

import base64
import hashlib
from http.server import BaseHTTPRequestHandler

from tests.e2e.local_service import LocalService

SECRET = "what only the user may read"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
# The body and its type, by how the path ends or what is accepted.
BODIES = {
    ".svg": ("image/svg+xml", PICTURE),
    ".js": ("text/javascript", "0;"),
    "text/event-stream": ("text/event-stream", f"data: {SECRET}\n\n"),
}


class CarelessService(LocalService):
    """Answers until it is left; `taken` is each body that was posted to it."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        super().__init__(0, _handler_of(self))


def _handler_of(service: CarelessService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if key := self.headers.get("Sec-WebSocket-Key"):
                self._open_socket(key)
                return
            asked = (self.path, self.headers.get("Accept", ""))
            found = next((body for end, body in BODIES.items() if any(part.endswith(end) for part in asked)), None)
            kind, body = found or ("text/html", f"<!doctype html><p>{SECRET}</p>")
            self._answer(200, {"Content-Type": kind, "Content-Length": str(len(body))}, body.encode())

        def do_POST(self) -> None:
            service.taken.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self._answer(200, {"Content-Length": "0"})

        def do_OPTIONS(self) -> None:
            self._answer(204, {"Access-Control-Allow-Headers": "authorization, content-type"})

        def _open_socket(self, key: str) -> None:
            digest = hashlib.sha1((key + WEBSOCKET_GUID).encode()).digest()
            accept = base64.b64encode(digest).decode()
            self.protocol_version = "HTTP/1.1"
            self.close_connection = False
            self._answer(101, {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept})

        def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
            self.send_response(status)
            origin = {"Access-Control-Allow-Origin": self.headers.get("Origin", "*")}
            for name, value in {**headers, **origin, "Access-Control-Allow-Credentials": "true"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """What it was sent is what counts."""

    return Handler
