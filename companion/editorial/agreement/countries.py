"""The countries, and their regions, whose public holidays are known."""

import re
from collections.abc import Mapping
from functools import lru_cache

# As the agreement writes a region: the part of ISO 3166-2 behind the country.
REGION = re.compile(r"[A-Z0-9]{1,3}")


@lru_cache(maxsize=1)
def countries() -> Mapping[str, list[str]]:
    """By country the regions with holidays of their own, both as ISO 3166 writes them."""
    from holidays.utils import list_supported_countries  # 50 ms, for those who choose a country

    found = list_supported_countries(include_aliases=False)
    return {country: list(filter(REGION.fullmatch, regions)) for country, regions in found.items()}


def region_name(country: str, region: str) -> str:
    """What the region calls itself; its code where that is not known."""
    from holidays import country_holidays

    names = country_holidays(country).get_subdivision_aliases().get(region)
    return names[0] if names else region
