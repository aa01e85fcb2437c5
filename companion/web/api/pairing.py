"""What needs no token: health, proof, and an extension's request to be let in."""

from flask import Response, jsonify, request

from companion import __version__, contract
from companion.editorial.times import instant
from companion.errors import Refused, StoreError
from companion.web import paired_browsers
from companion.web.api.blueprints import open_to_all
from companion.web.api.decoding import body
from companion.web.context import companion, now, store


@open_to_all.get("/health")
def get_health() -> Response:
    """That this is Kwartier, and which; nothing about its user."""
    return jsonify(name="Kwartier", version=__version__, contract=contract.CONTRACT_VERSION)


@open_to_all.post("/proof")
def post_proof() -> Response:
    """Prove to a paired extension that this is the companion it was paired with."""
    asked = body("proof_request")
    meant = paired_browsers.find_pairing(store(), asked.get("pairing_id"), request.headers.get("Origin"))
    companion().reader.warm()  # An extension that asks for proof has a page to send, more often than not.
    return jsonify(paired_browsers.proof(meant, asked["nonce"], companion().port))


@open_to_all.post("/pairing")
def post_pairing() -> tuple[Response, int]:
    """An extension asks to be let in."""
    asked = body("pairing_request")
    waiting, secret = companion().pairings.ask(_origin(), asked["browser"], now(), asked.get("replaces"))
    reply = {
        "id": waiting.id,
        "secret": secret,
        "code": waiting.code,
        "expires_at": instant(waiting.expires_at),
    }
    return jsonify(**reply, page="/pair"), 201


@open_to_all.post("/pairing/<request_id>")
def post_pairing_poll(request_id: str) -> tuple[Response, int]:
    """The extension asks what became of its request: 202 while it waits, 200 once with all it needs."""
    allowed = companion().pairings.collect(request_id, _origin(), body("pairing_poll")["secret"], now())
    if allowed is None:
        return jsonify(status="waiting"), 202
    try:
        return jsonify(status="allowed", **paired_browsers.pair(store(), allowed, now())), 200
    except StoreError:
        companion().pairings.give_back(allowed)
        raise


def _origin() -> str:
    origin = request.headers.get("Origin")
    if origin is None:
        raise Refused("Only a browser extension can be paired. Programs use a token: kwartier token NAME.")
    return origin
