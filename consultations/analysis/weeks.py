"""Days in weeks, or in months where there would be many weeks: by their first day, as ``YYYY-MM-DD``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

MOST_WEEKS = 26


def bucketed(days: pl.Series) -> pl.Series:
    """The first day of each day's week (Monday) or month, as text; empty where there is no day."""
    first, last = days.min(), days.max()
    long = isinstance(first, date) and isinstance(last, date) and (last - first).days > 7 * MOST_WEEKS
    return days.dt.truncate("1mo" if long else "1w").dt.to_string("%Y-%m-%d")


def bucket_names(buckets: pl.Series) -> list[str]:
    """Those that occur, in order."""
    return sorted(buckets.drop_nulls().unique())


def by_bucket(days: Mapping[str, int | None]) -> dict[str, int]:
    """Counts by day (``YYYY-MM-DD``) as counts by week or month."""
    table = pl.DataFrame({"day": list(days), "count": [count or 0 for count in days.values()]})
    buckets = bucketed(table["day"].str.to_date("%Y-%m-%d")) if table.height else table["day"]
    counted = table.with_columns(bucket=buckets).group_by("bucket").agg(pl.col("count").sum()).sort("bucket")
    return dict(counted.select("bucket", "count").iter_rows())
