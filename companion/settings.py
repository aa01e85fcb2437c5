"""Where the data lies, which zone and port: one frozen record, built once at the start.

A value comes from the first of these that has it: a flag, an environment variable KWARTIER_*, config.toml in the
data folder, the default.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal
from platformdirs import user_data_path

from companion.errors import Invalid

DEFAULT_PORT = 7715
PORTS = range(DEFAULT_PORT, DEFAULT_PORT + 5)
LANGUAGES = ("en", "nl")
MAX_BODY_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """What the companion runs with.

    `port` is None where the user named none: then the first free one of PORTS is taken. `language` is None where it
    follows the browser.
    """

    data: Path
    zone: ZoneInfo
    port: int | None = None
    language: str | None = None
    open_browser: bool = True


def load(
    data: Path | None = None,
    port: int | None = None,
    open_browser: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """The settings for one run. Raises Invalid naming the setting that cannot be used."""
    folder = data or Path(environment.get("KWARTIER_DATA") or user_data_path("Kwartier", appauthor=False))
    given = {**_config(folder), **_environment(environment)}
    if port is not None:
        given["port"] = port
    return Settings(
        data=folder.absolute(),
        zone=_zone(given.get("zone")),
        port=_port(given.get("port")),
        language=_language(given.get("language")),
        open_browser=open_browser,
    )


def _config(folder: Path) -> dict[str, object]:
    file = folder / "config.toml"
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid.field("config.toml", f"cannot be read: {error}") from error


def _environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = ("zone", "port", "language")
    return {name: value for name in names if (value := environment.get(f"KWARTIER_{name.upper()}"))}


def _zone(value: object) -> ZoneInfo:
    name = str(value or tzlocal.get_localzone_name() or "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid.field("zone", f"{name!r} is no time zone; use a name such as Europe/Amsterdam") from error


def _port(value: object) -> int | None:
    if value is None:
        return None
    if not str(value).isdecimal() or not 1 <= int(str(value)) <= 65535:
        raise Invalid.field("port", "must be a number from 1 to 65535")
    return int(str(value))


def _language(value: object) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise Invalid.field("language", f"must be one of {', '.join(LANGUAGES)}")
    return str(value) if value else None
