"""A stranger on a port of ours: says it is Kwartier, and writes down every byte that it is sent."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from companion import __version__, contract
from tests.e2e.companion_process import Client, Reply
from tests.e2e.local_service import LocalService

# Answers the body of a request for proof, and the origin that sent it.
Prove = Callable[[bytes, str], Reply]
HEALTH = {"name": "Kwartier", "version": __version__, "contract": contract.CONTRACT_VERSION}
PAIRING = {"id": "ask", "secret": "s" * 43, "code": "1234", "expires_at": "2099-01-01T00:00:00Z", "page": "/pair"}
LET_IN = {"status": "allowed", "pairing_id": "mine", "token": "t" * 43, "proof_key": "00" * 32}


class Stranger(LocalService):
    """Listens until it is stopped. `prove` answers whoever asks it for proof."""

    def __init__(self, port: int, prove: Prove) -> None:
        self.received: list[bytes] = []
        self._prove = prove
        super().__init__(port, _handler_of(self))

    def answer(self, path: str, origin: str, body: bytes) -> Reply:
        """What it says to a request. It would let in whoever asks, and take whatever it is given."""
        if path == "/api/health":
            return reply(200, HEALTH)
        if path == "/api/proof":
            return self._prove(body, origin)
        if path == "/api/pairing":
            return reply(201, PAIRING)
        return reply(200, LET_IN)


def reply(status: int, body: object) -> Reply:
    """A reply with this JSON."""
    return Reply(status, json.dumps(body).encode(), {})


def nonsense(_body: bytes, _origin: str) -> Reply:
    """A proof that it has made up."""
    return reply(200, {"proof": "0" * 64})


def denial(_body: bytes, _origin: str) -> Reply:
    """What our companion says to a browser that it does not know any more."""
    return reply(404, {"error": "There is no such pairing.", "problems": []})


def relayed_from(real: Client) -> Prove:
    """The proof of the real companion, which it asks for as if it were the extension."""

    def relay(body: bytes, origin: str) -> Reply:
        return real.send("POST", "/api/proof", json.loads(body), {"Origin": origin})

    return relay


def _handler_of(stranger: Stranger) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def __getattr__(self, name: str) -> Callable[[], None]:
            """The server looks for a method of its own for each method of HTTP: here they are all one."""
            if name.startswith("do_"):
                return self._hear
            raise AttributeError(name)

        def _hear(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            stranger.received.append(b"\n".join([self.raw_requestline, bytes(self.headers), body]))
            answer = stranger.answer(self.path, self.headers.get("Origin", ""), body)
            self.send_response(answer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
            self.send_header("Access-Control-Allow-Headers", "authorization, content-type")
            self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            """What it was sent is what counts."""

    return Handler
