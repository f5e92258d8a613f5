"""Numbers and days as bands that are wide enough: no band but the outermost stands for fewer than ``k``."""

from __future__ import annotations

import polars as pl

# Widths that people are used to reading.
WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000)
_ENOUGH = 0.9
"""Share of people in bands of ``k`` and more with which a width is wide enough."""


def width_for(numbers: pl.Series, k: int) -> int:
    """The narrowest width with which nearly everybody shares a band with ``k`` people."""
    given = numbers.drop_nulls()
    for width in WIDTHS:
        sizes = (given // width).value_counts()["count"]
        if given.is_empty() or int(sizes.filter(sizes >= k).sum()) >= _ENOUGH * len(given):
            return width
    return WIDTHS[-1]


def in_bands(numbers: pl.Series, width: int, *, low: int | None = None, high: int | None = None) -> pl.Series:
    """Texts such as ``1990-1994``; beyond ``low`` and ``high`` (ends of bands) ``<1990`` and ``>=2020``."""
    start = (numbers.cast(pl.Float64) // width).cast(pl.Int64) * width
    name = numbers.name
    frame = pl.DataFrame({name: start})
    first = pl.col(name).cast(pl.String)
    words = first if width == 1 else first + "-" + (pl.col(name) + (width - 1)).cast(pl.String)
    if low is not None:
        words = pl.when(pl.col(name) < low).then(pl.lit(f"<{low}")).otherwise(words)
    if high is not None:
        words = pl.when(pl.col(name) >= high).then(pl.lit(f">={high}")).otherwise(words)
    return frame.select(words.alias(name))[name]


def banded(numbers: pl.Series, k: int) -> tuple[pl.Series, int]:
    """The numbers in bands, and their width. The ends are open where the outermost bands are too small."""
    width = width_for(numbers, k)
    starts = (numbers.drop_nulls().cast(pl.Float64) // width).cast(pl.Int64) * width
    bands = list(starts.value_counts(name="people").sort(starts.name).iter_rows())
    first, last = _end(bands, k), _end(bands[::-1], k)
    if first is None or last is None or first >= last:
        return in_bands(numbers, width), width
    low = None if first == bands[0][0] else first + width
    high = None if last == bands[-1][0] else last
    return in_bands(numbers, width, low=low, high=high), width


def _end(bands: list[tuple[int, int]], k: int) -> int | None:
    """The band at which ``k`` people have been counted from the outside."""
    people = 0
    for start, count in bands:
        people += count
        if people >= k:
            return start
    return None
