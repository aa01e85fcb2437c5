"""What comes in: a body as a record of the contract, ranges and limits from the query."""

from datetime import date
from typing import Any

import orjson
from flask import request
from werkzeug.exceptions import BadRequest

from companion import contract
from companion.editorial.times import FIRST_DAY, LAST_DAY
from companion.errors import Invalid

MAX_LIMIT = 200


def body(concept: str) -> Any:
    """The request's body, checked as a record of this concept."""
    try:
        record = orjson.loads(request.get_data(cache=False))
    except orjson.JSONDecodeError as error:
        if "depth" in str(error):
            raise BadRequest("The body is nested too deep.") from error
        raise Invalid("The body is not JSON: check its syntax, encoding and numbers.") from error
    contract.require(concept, record)
    return record


def local_date(name: str, default: date | None = None) -> date:
    """A day from the query. Raises Invalid naming it; without a default it must be given."""
    value = request.args.get(name)
    if value is None and default is not None:
        return default
    if contract.check("local_date", value) or not FIRST_DAY <= date.fromisoformat(str(value)) <= LAST_DAY:
        raise Invalid.field(name, f"must be a day such as 2026-11-24, from {FIRST_DAY} to {LAST_DAY}")
    return date.fromisoformat(str(value))


def limit(default: int = 50) -> int:
    """How many entries a page of a list may have."""
    value = request.args.get("limit", str(default))
    if not (value.isascii() and value.isdecimal() and len(value) <= 3 and 1 <= int(value) <= MAX_LIMIT):
        raise Invalid.field("limit", f"must be a number from 1 to {MAX_LIMIT}")
    return int(value)


def one_of(name: str, choices: tuple[str, ...]) -> str | None:
    """A word from the query that must be one of these, or absent."""
    value = request.args.get(name) or None
    if value is not None and value not in choices:
        raise Invalid.field(name, f"must be one of {', '.join(choices)}")
    return value
