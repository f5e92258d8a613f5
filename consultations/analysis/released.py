"""When new answers enter the figures of who may not read single responses: never a few at a time.

Whoever looks every day and sees a count grow by one knows what one person said. So answers join in the
order of their days, whole days together, once there are as many as the smallest number that is shown; the
day that is not over yet waits.
"""

from __future__ import annotations

from datetime import date

import polars as pl
from django.utils import timezone


def settled(days: pl.Series, minimum: int, *, today: date | None = None) -> pl.Series:
    """For each row, by its day, whether it is in the figures already. Boolean."""
    over = days.filter(days < (today or timezone.localdate()))
    last = _last_day(over, minimum)
    return days <= last if last else pl.Series([False]).new_from_index(0, len(days))


def _last_day(days: pl.Series, minimum: int) -> date | None:
    """The day on which the last full batch ended."""
    counts = days.value_counts().sort(days.name)
    last, waiting = None, 0
    for day, count in counts.iter_rows():
        waiting += count
        if waiting >= minimum:
            last, waiting = day, 0
    return last
