"""Public holidays, by country."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache


def is_known(country: str) -> bool:
    """Whether the holidays of this country, or of its region, are known: `NL`, `DE-BY`."""
    from holidays import country_holidays

    code, _, region = country.partition("-")
    try:
        country_holidays(code, subdiv=region or None)
    except NotImplementedError:
        return False
    return True


def is_holiday(country: str | None, day: date) -> bool:
    """Whether it is one of the country's."""
    return country is not None and day in _of_year(country, day.year, "en")


def holidays(country: str | None, first: date, last: date, language: str = "en") -> dict[date, str]:
    """The holidays of these days, both included, with their names in the language, as far as it has them."""
    if not country:
        return {}
    days = (_of_year(country, year, language) for year in range(first.year, last.year + 1))
    return {day: name for year in days for day, name in year.items() if first <= day <= last}


@lru_cache(maxsize=64)
def _of_year(country: str, year: int, language: str) -> Mapping[date, str]:
    from holidays import country_holidays

    code, _, region = country.partition("-")
    # English stands there as `en_US` too; a country without the language keeps its own.
    spoken = country_holidays(code).supported_languages
    known = next((name for name in spoken if name.partition("_")[0] == language), None)
    return dict(country_holidays(code, subdiv=region or None, years=year, language=known))
