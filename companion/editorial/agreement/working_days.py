"""The days and hours in which the user works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from companion.editorial.agreement import days_off, get_agreement
from companion.editorial.ports import Store
from companion.errors import Invalid
from companion.records import WorkingHours


@dataclass(frozen=True)
class WorkingDays:
    """Hours by weekday, without the public holidays of a country."""

    hours: Sequence[WorkingHours]
    country: str | None

    @cached_property
    def _by_weekday(self) -> dict[int, list[tuple[str, str]]]:
        ordered = sorted((one["weekday"], one["starts"], one["ends"]) for one in self.hours)
        days: dict[int, list[tuple[str, str]]] = {}
        for weekday, starts, ends in ordered:
            days.setdefault(weekday, []).append((starts, ends))
        return days

    def stretches(self, day: date) -> list[tuple[str, str]]:
        """Starts and ends on the wall of the hours of this day; none on a day off."""
        return [] if self.is_holiday(day) else self._by_weekday.get(day.isoweekday(), [])

    def is_holiday(self, day: date) -> bool:
        """Whether a public holiday falls on this day."""
        return days_off.is_holiday(self.country, day)

    def include(self, day: date, clock: str) -> bool:
        """Whether the user works on this day when the clock on the wall shows this."""
        return any(starts <= clock < ends for starts, ends in self.stretches(day))

    def require(self, path: str, day: date, clock: str) -> None:
        """Raise Invalid naming `path` unless the user works then."""
        if self.is_holiday(day):
            raise Invalid.field(path, "falls on a public holiday")
        require_hours(path, self.hours, day.isoweekday(), clock)


def require_hours(path: str, hours: Sequence[WorkingHours], weekday: int, clock: str) -> None:
    """Raise Invalid naming `path` for a time outside these hours. Monday is 1, Sunday is 7."""
    of_day = [(one["starts"], one["ends"]) for one in hours if one["weekday"] == weekday]
    if not any(starts <= clock < ends for starts, ends in of_day):
        told = ", ".join(f"{starts} to {ends}" for starts, ends in sorted(of_day)) or "none on that day"
        raise Invalid.field(path, f"lies outside the working hours: {told}")


def working_days(store: Store) -> WorkingDays:
    """When the user works, as agreed."""
    agreement = get_agreement(store)
    return WorkingDays(agreement["hours"], agreement["country"])
