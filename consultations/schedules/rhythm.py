"""When something that recurs comes next, on the clock of a place. Pure: no database and no Django."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# The longest way from one last day of a month to the next, and a day for the clocks.
_LONGEST = 63


class Frequency(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Rhythm:
    """``weekday`` counts from Monday (0); ``day`` of the month is its last one where it has fewer days."""

    every: Frequency
    at: time
    zone: ZoneInfo
    weekday: int = 0
    day: int = 1


def next_after(rhythm: Rhythm, moment: datetime) -> datetime:
    """The first time after ``moment`` (which knows its zone), in UTC.

    An hour that does not exist on the day when clocks go forward comes an hour later; one that comes twice
    counts once, the first time.
    """
    today = moment.astimezone(rhythm.zone).date()
    for ahead in range(_LONGEST):
        day = today + timedelta(days=ahead)
        found = datetime.combine(day, rhythm.at, rhythm.zone).astimezone(UTC)
        if _IS_DUE[rhythm.every](rhythm, day) and found > moment:
            return found
    raise AssertionError("every rhythm comes again within two months")


def _on_day(rhythm: Rhythm, day: date) -> bool:
    return day.day == min(rhythm.day, calendar.monthrange(day.year, day.month)[1])


_IS_DUE: dict[Frequency, Callable[[Rhythm, date], bool]] = {
    Frequency.DAILY: lambda rhythm, day: True,
    Frequency.WEEKLY: lambda rhythm, day: day.weekday() == rhythm.weekday,
    Frequency.MONTHLY: _on_day,
}
