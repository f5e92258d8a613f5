"""Counts by day as the rectangles of a bar chart."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

register = template.Library()

HEIGHT = 100
STEP = 10
BAR = 8


@register.simple_tag
def bars(days: list[tuple[date, int]]) -> dict[str, Any]:
    """Whole numbers in the units of the drawing, so that no language writes them with a comma."""
    most = max((count for _day, count in days), default=0)
    return {
        "width": STEP * len(days),
        "height": HEIGHT,
        "bar_width": BAR,
        "most": most,
        "bars": [_bar(place, day, count, most) for place, (day, count) in enumerate(days)],
    }


def _bar(place: int, day: date, count: int, most: int) -> dict[str, Any]:
    height = round(HEIGHT * count / most) if most else 0
    return {"x": STEP * place, "y": HEIGHT - height, "height": height, "day": day, "count": count}
