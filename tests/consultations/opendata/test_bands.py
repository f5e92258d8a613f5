"""Numbers in bands."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from consultations.opendata.bands import banded, in_bands

numbers = st.lists(st.one_of(st.none(), st.integers(-5_000, 5_000)), max_size=120)


def test_a_band_names_its_ends() -> None:
    given = pl.Series("year", [1949, 1990, 1994, 1995, None, 2024])

    assert in_bands(given, 5, low=1950, high=2020).to_list() == [
        "<1950",
        "1990-1994",
        "1990-1994",
        "1995-1999",
        None,
        ">=2020",
    ]


def test_numbers_that_many_share_stay_single() -> None:
    found, width = banded(pl.Series("n", [1] * 10 + [2] * 10), 5)

    assert (width, set(found)) == (1, {"1", "2"})


def test_outliers_are_hidden_in_open_ends() -> None:
    years = [1951] + [year for year in range(1990, 2010) for _person in range(10)] + [2026]

    found, width = banded(pl.Series("year", years), 10)

    assert width == 1
    assert found[0] == "<1991"
    assert found[-1] == ">=2009"


@given(numbers, st.integers(2, 10))
def test_every_number_lies_in_its_band(values: list[int | None], k: int) -> None:
    found, width = banded(pl.Series("n", values, dtype=pl.Int64), k)

    for value, band in zip(values, found, strict=True):
        assert (value is None) == (band is None)
        if value is not None:
            assert _holds(band, value, width), (band, value)


@given(numbers, st.integers(2, 10))
def test_open_ends_are_large_enough(values: list[int | None], k: int) -> None:
    found, _width = banded(pl.Series("n", values, dtype=pl.Int64), k)

    sizes = Counter(found.drop_nulls())
    assert all(size >= k for band, size in sizes.items() if band.startswith(("<", ">=")))


def _holds(band: str, value: int, width: int) -> bool:
    if band.startswith("<"):
        return value < int(band[1:])
    if band.startswith(">="):
        return value >= int(band[2:])
    start = int(band) if width == 1 else int(band[: band.index("-", 1)])
    return start <= value < start + width
