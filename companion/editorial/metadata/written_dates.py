"""A date as people write it, in the languages of Western Europe and in East Asia."""

import re
from collections.abc import Iterator
from datetime import date

# By month; the abbreviations that are no beginning of a name stand behind the names.
MONTHS = """
    january januari januar janvier enero gennaio janeiro ene
    february februari februar février febrero febbraio fevereiro fevr
    march maart märz mars marzo março marts mrt mär
    april avril abril aprile avr
    may mei mai mayo maggio maio maj
    june juni juin junio giugno junho
    july juli juillet julio luglio julho
    august augustus août agosto augusti aout
    september septembre septiembre settembre setembro
    october oktober octobre octubre ottobre outubro
    november novembre noviembre novembro
    december dezember décembre diciembre dicembre dezembro
    """.strip().splitlines()
# The number of a month, by its name or by as many letters as tell it from others.
NUMBERS = {
    name[:size]: number
    for number, names in enumerate(MONTHS, 1)
    for name in names.split()
    for size in (3, 4, len(name))
}
MONTH = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
# 2026-11-19, 2026年11月19日; 19-11-2026, 19.11.26; 19 november 2026, 19 de noviembre de 2026; November 19th, 2026.
WRITTEN = re.compile(
    rf"""(?<!\d)(?:
    (?P<y1>(?:19|20)\d\d)\s?[-./年년]\s?(?P<m1>\d\d?)\s?[-./月월]\s?(?P<d1>\d\d?)
    |(?P<d2>\d\d?)\s?(?P<sep>[./-])\s?(?P<m2>\d\d?)\s?(?P=sep)\s?(?P<y2>(?:20|19)?\d\d)
    |(?P<d3>\d\d?)(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+)?(?P<m3>{MONTH})\b\.?,?\s+(?:del?\s+)?(?P<y3>\d{{4}})
    |(?P<m4>{MONTH})\b\.?\s+(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})
    )(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)


def written_dates(text: str, month_first: bool = False) -> Iterator[str]:
    """The days in a text, in ISO 8601; with `month_first`, 11/12/2026 is in November, as Americans write it."""
    for found in WRITTEN.finditer(text):
        parts = {name[0]: value for name, value in found.groupdict().items() if value and name != "sep"}
        month = int(parts["m"]) if parts["m"].isdigit() else NUMBERS[parts["m"].casefold()]
        year, day = int(parts["y"]), int(parts["d"])
        if found["m2"] and (month > 12 or (month_first and found["sep"] == "/" and day <= 12)):
            month, day = day, month
        try:
            yield date(year + 2000 if year < 100 else year, month, day).isoformat()
        except ValueError:
            continue
