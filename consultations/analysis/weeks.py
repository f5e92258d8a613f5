"""Days in weeks, in months where there would be many weeks, in years where there would be many months: by
their first day, as ``YYYY-MM-DD``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

MOST_WEEKS, MOST_MONTHS = 26, 60
# So many days stand beside each other before they are taken together for everybody.
MOST_DAYS = 92


class Grain(StrEnum):
    """How long the parts are that days are counted in, as Polars calls them."""

    DAY = "1d"
    WEEK = "1w"
    MONTH = "1mo"
    YEAR = "1y"


def grain_of(first: object, last: object) -> Grain:
    """For days from the first to the last; weeks where there are none."""
    if not isinstance(first, date) or not isinstance(last, date):
        return Grain.WEEK
    days = (last - first).days
    if days <= 7 * MOST_WEEKS:
        return Grain.WEEK
    return Grain.MONTH if days <= 30 * MOST_MONTHS else Grain.YEAR


def bucketed(days: pl.Series) -> pl.Series:
    """The first day of each day's week (Monday), month or year, as text; empty where there is no day."""
    return days.dt.truncate(grain_of(days.min(), days.max())).dt.to_string("%Y-%m-%d")


def bucket_names(buckets: pl.Series) -> list[str]:
    """Those that occur, in order."""
    return sorted(buckets.drop_nulls().unique())


def by_bucket(days: Mapping[str, int | None]) -> dict[str, int]:
    """Counts by day (``YYYY-MM-DD``) as counts by week, month or year."""
    table = pl.DataFrame({"day": list(days), "count": [count or 0 for count in days.values()]})
    buckets = bucketed(table["day"].str.to_date("%Y-%m-%d")) if table.height else table["day"]
    counted = table.with_columns(bucket=buckets).group_by("bucket").agg(pl.col("count").sum()).sort("bucket")
    return dict(counted.select("bucket", "count").iter_rows())


def taken_together(days: Mapping[str, int | None], *, always: bool = False) -> tuple[Grain, dict[str, int]]:
    """Counts by day as they are, or by week, month or year where they are many or have to be."""
    known = {day: count or 0 for day, count in days.items()}
    if not known:
        return Grain.DAY, known
    first, last = (date.fromisoformat(day) for day in (min(known), max(known)))
    if not always and (last - first).days <= MOST_DAYS:
        return Grain.DAY, known
    return grain_of(first, last), by_bucket(known)


def next_after(day: date, grain: Grain) -> date:
    """The first day of the part that follows the one that starts on a day; 9999 has none."""
    try:
        if grain is Grain.YEAR:
            return date(day.year + 1, 1, 1)
        if grain is Grain.MONTH:
            return date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return day + timedelta(days=7 if grain is Grain.WEEK else 1)
    except (OverflowError, ValueError):  # In the year 9999.
        return date.max
