"""Figures as people read them, in the active language."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from .exhibits import Unit, Value

NOTHING = "–"
KEPT_BACK = "*"
"""Stands for a figure that is hidden, whatever its size: large ones are hidden with small ones (ADR 0064)."""
_HARD_SPACE = "\u00a0"


def written(value: Value, unit: Unit) -> str:
    if value is None:
        return KEPT_BACK
    if isinstance(value, str):
        return value
    return NOTHING if math.isnan(value) else _WRITE[unit](value)


def small_or_known(number: int | None, minimum: int) -> str:
    """A count that is hidden for its own size alone (``Protection.shown``), so that this can be said."""
    return _("fewer than %(minimum)s") % {"minimum": minimum} if number is None else count(number)


def percent(value: float) -> str:
    """Rounded here: ``number_format`` cuts digits off."""
    return f"{number_format(round(value, 1), decimal_pos=1)}{_HARD_SPACE}%"


def count(value: float) -> str:
    """With a hard space for thousands: 4 812."""
    return f"{round(value):,}".replace(",", _HARD_SPACE)


def number(value: float) -> str:
    places = 0 if float(value).is_integer() and abs(value) >= 10 else 2
    return str(number_format(round(value, places), decimal_pos=places))


def measure(value: float) -> str:
    """A value that was given, such as a year or a sum: in full, without a mark at thousands."""
    digits = f"{value:.0f}" if abs(value) >= 10**10 else f"{value:.10g}"
    return digits.replace(".", str(get_format("DECIMAL_SEPARATOR")))


_WRITE: Mapping[Unit, Callable[[float], str]] = {
    Unit.TEXT: str,
    Unit.COUNT: count,
    Unit.PERCENT: percent,
    Unit.NUMBER: number,
    Unit.MEASURE: measure,
}


def listed(names: list[str]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
