"""Bars in files: as long as a figure of a table, with the figure written at their end."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..charts import shapes
from ..charts.shapes import Bar, Spec
from .exhibits import Row, Unit, Value
from .writing import KEPT_BACK, written


def bar_chart(
    rows: Sequence[Row], *, axis: str, place: int = 0, unit: Unit = Unit.COUNT, second: int | None = None
) -> Spec:
    """Bars of the value at a place of each row; that at ``second`` is marked beside it."""
    bars = [
        Bar(
            row.label,
            _length(row.values[place], unit),
            beside=_length(row.values[second], unit) if second is not None else None,
            text=written(row.values[place], unit),
        )
        for row in rows
    ]
    return shapes.bars(bars, axis=axis, percent=unit is Unit.PERCENT, hidden=KEPT_BACK)


def _length(value: Value, unit: Unit) -> float | None:
    """What cannot be had, such as a share of nobody, has no length, and hides nothing."""
    if not isinstance(value, int | float):
        return None
    if math.isnan(value):
        return 0.0
    return value / 100 if unit is Unit.PERCENT else float(value)
