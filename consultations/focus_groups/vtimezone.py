"""A time zone as calendar files describe it (RFC 5545, 3.6.5), from the zone data of this machine.

Our own, because the library writes the beginning of summer time an hour late: onsets are local times of the
offset that ends. Pure: no database and no Django.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BEGINNING = datetime(1970, 1, 1)
# Enough for a session that is moved, and to tell a yearly rule from a coincidence.
_YEARS_BEFORE, _YEARS_AFTER = 1, 4


@dataclass(frozen=True)
class Change:
    """A moment at which clocks change, as the local time that the old offset shows."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple[timedelta, timedelta, str]:
        return self.before, self.after, self.name

    @property
    def is_forward(self) -> bool:
        """Clocks go forward: what calendar programs call daylight time, also where the law says otherwise."""
        return self.after > self.before


@lru_cache(maxsize=256)
def vtimezone(key: str, year: int) -> Timezone:
    """What holds around ``year``: a yearly rule where there is one, else each change by itself."""
    zone = ZoneInfo(key)
    first = datetime(year - _YEARS_BEFORE, 1, 1, tzinfo=UTC)
    changes = list(_changes(zone, first, datetime(year + _YEARS_AFTER + 1, 1, 1, tzinfo=UTC)))
    component = Timezone()
    component.add("tzid", key)
    kinds = list(dict.fromkeys(change.kind for change in changes))
    alike = [[change for change in changes if change.kind == kind] for kind in kinds]
    rules = [_yearly(group) for group in alike]
    if changes and all(rules):
        for group, rule in zip(alike, rules, strict=True):
            component.add_component(_observance(group[0], rule))
        return component
    offset, name = _offset(zone, first), first.astimezone(zone).tzname() or ""
    component.add_component(_observance(Change(_BEGINNING, offset, offset, name)))
    for change in changes:
        component.add_component(_observance(change))
    return component


def _changes(zone: ZoneInfo, moment: datetime, end: datetime) -> Iterator[Change]:
    """Every change of the offset between two moments, in order."""
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, following):
            yield _change(zone, moment, following)
        moment = following


def _change(zone: ZoneInfo, earlier: datetime, later: datetime) -> Change:
    """The very second between two moments at which the offset changes."""
    old = _offset(zone, earlier)
    while later - earlier > timedelta(seconds=1):
        middle = (earlier + (later - earlier) // 2).replace(microsecond=0)
        if _offset(zone, middle) == old:
            earlier = middle
        else:
            later = middle
    local = later.replace(tzinfo=None) + old
    return Change(local, old, _offset(zone, later), later.astimezone(zone).tzname() or "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _yearly(group: Sequence[Change]) -> vRecur | None:
    """The rule that changes of one kind keep, such as the last Sunday of March at two o'clock."""
    months = {change.local.month for change in group}
    weekdays = {change.local.weekday() for change in group}
    years = [change.local.year for change in group]
    same = len(months) == len(weekdays) == len({change.local.time() for change in group}) == 1
    every_year = years == list(range(years[0], years[0] + _YEARS_BEFORE + 1 + _YEARS_AFTER))
    if not same or not every_year:
        return None
    ordinals = [{_from_start(change.local)} | _from_end(change.local) for change in group]
    common = set.intersection(*ordinals)
    if not common:
        return None
    day = f"{min(common)}{_DAYS[weekdays.pop()]}"
    return vRecur(freq="yearly", bymonth=months.pop(), byday=day)


def _from_start(day: datetime) -> int:
    return (day.day - 1) // 7 + 1


def _from_end(day: datetime) -> set[int]:
    """``-1`` for the last such day of the month."""
    length = calendar.monthrange(day.year, day.month)[1]
    return {-1} if day.day + 7 > length else set()


def _observance(change: Change, rule: vRecur | None = None) -> TimezoneDaylight | TimezoneStandard:
    component = TimezoneDaylight() if change.is_forward else TimezoneStandard()
    component.add("dtstart", change.local)
    component.add("tzoffsetfrom", change.before)
    component.add("tzoffsetto", change.after)
    component.add("tzname", change.name)
    if rule is not None:
        component.add("rrule", rule)
    return component
