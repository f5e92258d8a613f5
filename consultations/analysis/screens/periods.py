"""Days, weeks, months and years in words, for whoever shows how many answered of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.clocks import long_date, writing

from ..figures import Tally
from ..weeks import Grain, next_after, taken_together

HEADINGS: Mapping[Grain, Promise] = {
    Grain.DAY: gettext_lazy("Day"),
    Grain.WEEK: gettext_lazy("Week"),
    Grain.MONTH: gettext_lazy("Month"),
    Grain.YEAR: gettext_lazy("Year"),
}


@dataclass(frozen=True)
class Period:
    """From its first day up to ``until``, which is the first of the next one. ``people`` may be hidden."""

    label: str
    start: date
    until: date
    people: int | None


def periods(tally: Tally) -> tuple[Grain, list[Period]]:
    """The dates that people gave, in their order; taken together where they are spread over months."""
    grain, counts = tally.grain, tally.days
    if grain is Grain.DAY and None not in counts.values():
        grain, counts = taken_together(tally.days)
    days = sorted((date.fromisoformat(day), people) for day, people in counts.items())
    return grain, [Period(_SAYS[grain](day), day, next_after(day, grain), people) for day, people in days]


def _month(day: date) -> str:
    return str(format_skeleton("yMMMM", day, locale=writing().locale))


_SAYS: Mapping[Grain, Callable[[date], str]] = {
    Grain.DAY: long_date,
    Grain.WEEK: lambda day: _("From %(day)s on") % {"day": long_date(day)},
    Grain.MONTH: _month,
    Grain.YEAR: lambda day: str(day.year),
}
