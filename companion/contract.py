"""The contract as the schemas in shared_schema state it: checks records and names every problem."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from companion.errors import Invalid
from companion.records import Problem

CONTRACT_VERSION = 1
MOST_PROBLEMS = 100

formats = FormatChecker(formats=("date-time", "uuid"))


@formats.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@formats.checks("zone", raises=(ZoneInfoNotFoundError, ValueError, OSError))
def _is_zone(value: object) -> bool:
    return not isinstance(value, str) or bool(ZoneInfo(value))


@formats.checks("web-address", raises=ValueError)
def _is_web_address(value: object) -> bool:
    """Parts that only urlsplit judges: a port out of range, brackets that do not close."""
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    (parts.hostname or "").encode("idna")  # Raises a ValueError for a name that no browser would look up.
    return bool(parts.hostname) and (parts.port is None or parts.port > 0) and not parts.username


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """As the standard's, but `$` means the very end: Python's also matches before a last line feed."""
    if isinstance(value, str) and not _compiled(pattern).search(value):
        yield ValidationError("pattern")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def _is_integer(_checker: object, value: object) -> bool:
    """The standard takes 2.0 for an integer; kept as it is, it would not be equal to 2 in a form."""
    return isinstance(value, int) and not isinstance(value, bool)


Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


@cache
def schemas() -> Mapping[str, dict[str, Any]]:
    """Every concept's schema by its name."""
    folder = files("shared_schema")
    named = (entry for entry in folder.iterdir() if entry.name.endswith(".json"))
    loaded = {entry.name.removesuffix(".json"): orjson.loads(entry.read_bytes()) for entry in named}
    # A schema that names its own dialect would be judged by the library's validator instead of ours.
    return {name: {key: value for key, value in schema.items() if key != "$schema"} for name, schema in loaded.items()}


@cache
def _registry() -> Registry[Any]:
    resources = ((f"{name}.json", DRAFT202012.create_resource(schema)) for name, schema in schemas().items())
    return Registry().with_resources(resources)


@cache
def _validator(name: str) -> Any:
    return Validator(schemas()[name], registry=_registry(), format_checker=formats)


def check(name: str, record: object) -> list[Problem]:
    """The problems that `record` has as a record of the concept `name`, at most 100; an empty list means none."""
    try:
        found = list(islice(_validator(name).iter_errors(record), MOST_PROBLEMS))
    except RecursionError:  # The validator puts the value into its messages, however deep that is.
        return [{"path": "", "message": "is nested too deep"}]
    errors = sorted(found, key=lambda error: [str(part) for part in error.absolute_path])
    # One error may name many fields.
    problems = islice((problem for error in errors for problem in _problems(_innermost(error))), MOST_PROBLEMS)
    return list({(problem["path"], problem["message"]): problem for problem in problems}.values())


def require(name: str, record: object) -> None:
    """Raise Invalid, with every problem, unless `record` is a record of the concept `name`."""
    problems = check(name, record)
    if problems:
        first = problems[0]
        raise Invalid(f"{first['path'] or name}: {first['message']}", problems)


def _innermost(error: ValidationError) -> ValidationError:
    """Of a choice such as "an address or nothing", the fault in the part that was meant."""
    if error.validator == "anyOf" and error.context:
        meant = [inner for inner in error.context if inner.validator != "type"] or error.context
        return best_match(meant) or error
    return error


def _problems(error: ValidationError) -> Iterator[Problem]:
    path, instance, wanted = _path(error.absolute_path), cast(Any, error.instance), cast(Any, error.validator_value)
    if error.validator == "required":
        # The standard's validator raises one error for each missing field and names it only in its message.
        missing = [name for name in wanted if error.message.startswith(repr(name))]
        yield from (Problem(path=_join(path, name), message="is missing") for name in missing)
    elif error.validator == "additionalProperties":
        unknown = sorted(set(instance) - set(cast(Any, error.schema)["properties"]))
        yield from (Problem(path=_join(path, name[:100]), message="is not known here") for name in unknown)
    else:
        yield {"path": path, "message": _message(error)}


def _message(error: ValidationError) -> str:
    """In plain words, and never with the value itself: it can be large or private."""
    wanted = cast(Any, error.validator_value)
    match error.validator:
        case "enum":
            return f"must be one of {', '.join(map(str, wanted))}"
        case "type":
            return f"must be of type {wanted}"
        case "minLength":
            return "is empty" if wanted == 1 else f"is shorter than {wanted} characters"
        case "maxLength":
            return f"is longer than {wanted:,} characters"
        case "maxItems":
            return f"has more than {wanted:,} entries"
        case "minimum":
            return f"is less than {wanted}"
        case "maximum":
            return f"is more than {wanted}"
        case "minProperties":
            return "names nothing to change"
        case _:
            return _expected(error)


def _expected(error: ValidationError) -> str:
    meant = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"is not as expected. {meant}" if meant else "is not as expected"


def _path(parts: Any) -> str:
    path = ""
    for part in parts:
        path = f"{path}[{part}]" if isinstance(part, int) else _join(path, str(part))
    return path


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
