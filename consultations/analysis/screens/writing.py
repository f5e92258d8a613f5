"""Figures as people read them, in the active language."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .exhibits import Unit, Value

NOTHING = "–"
_HARD_SPACE = "\u00a0"


def written(value: Value, unit: Unit, minimum: int) -> str:
    """What is kept back is written as being below the smallest number shown."""
    if value is None:
        return hidden(minimum)
    if isinstance(value, str):
        return value
    return NOTHING if math.isnan(value) else _WRITE[unit](value)


def hidden(minimum: int) -> str:
    return f"<{minimum}"


def percent(value: float) -> str:
    """Rounded here: ``number_format`` cuts digits off."""
    return f"{number_format(round(value, 1), decimal_pos=1)}{_HARD_SPACE}%"


def count(value: float) -> str:
    """With a hard space for thousands: 4 812."""
    return f"{round(value):,}".replace(",", _HARD_SPACE)


def number(value: float) -> str:
    places = 0 if float(value).is_integer() and abs(value) >= 10 else 2
    return str(number_format(round(value, places), decimal_pos=places))


_WRITE: Mapping[Unit, Callable[[float], str]] = {
    Unit.TEXT: str,
    Unit.COUNT: count,
    Unit.PERCENT: percent,
    Unit.NUMBER: number,
}


def listed(names: list[str]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
