"""Numbers described: their middle, their spread, and how they lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

FEWEST_BARS, MOST_BARS = 5, 20
# So many times the middle half is near; where all is wider than so many times that, the rest is far out.
NEAR, FAR = 3, 4


@dataclass(frozen=True)
class Bar:
    """How many lie from ``low`` up to ``high``; the last bar includes its end.

    ``beyond``: it holds everything that lies farther out, too, however far; a first bar to its left, a last
    one to its right.
    """

    low: float
    high: float
    count: int | None
    beyond: bool = False


@dataclass(frozen=True)
class Numbers:
    """Of the numbers that were given. What is ``None`` is kept back to protect people.

    ``quartiles`` by linear interpolation (Hyndman and Fan's type 7); ``spread`` is the standard deviation of
    a sample (n - 1), not-a-number for a single one; without weights ``weighted_mean`` is the mean.
    """

    count: int | None
    mean: float | None
    weighted_mean: float | None
    spread: float | None
    lowest: float | None
    quartiles: tuple[float | None, float | None, float | None]
    highest: float | None
    bars: tuple[Bar, ...]


def describe(values: pl.Series, weights: pl.Series | None = None, *, step: float | None = None) -> Numbers:
    """``values`` without the missing; ``weights`` beside them. ``step``: one bar for each step of a scale."""
    numbers = values.cast(pl.Float64)
    if numbers.is_empty():
        nan = math.nan
        return Numbers(0, nan, nan, nan, nan, (nan, nan, nan), nan, ())
    low, high = _float(numbers.min()), _float(numbers.max())
    mean = _float(numbers.mean())
    spread = numbers.std()
    return Numbers(
        count=len(numbers),
        mean=mean,
        weighted_mean=mean if weights is None else weighted_mean(numbers, weights),
        spread=math.nan if spread is None else _float(spread),
        lowest=low,
        quartiles=(_quartile(numbers, 0.25), _quartile(numbers, 0.5), _quartile(numbers, 0.75)),
        highest=high,
        bars=_bars(numbers, low, high, step),
    )


def weighted_mean(values: pl.Series, weights: pl.Series) -> float:
    """Not-a-number where nothing has a weight."""
    total = _float(weights.sum())
    return _float((values * weights).sum()) / total if total else math.nan


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else math.nan


def _quartile(numbers: pl.Series, share: float) -> float:
    return _float(numbers.quantile(share, interpolation="linear"))


def _near(numbers: pl.Series, low: float, high: float) -> tuple[float, float]:
    """The fences of what is "far out" (Tukey, 1977), where they matter: three times the middle half."""
    first, third = _quartile(numbers, 0.25), _quartile(numbers, 0.75)
    if first == third:  # Most say the same: the others tell what is near.
        first, third = _quartile(numbers, 0.05), _quartile(numbers, 0.95)
    reach = NEAR * (third - first)
    near = max(low, first - reach), min(high, third + reach)
    return near if high - low > FAR * (near[1] - near[0]) else (low, high)


def _bars(numbers: pl.Series, low: float, high: float, step: float | None) -> tuple[Bar, ...]:
    """Where one sum of a million would leave all others in one bar, what is far out has a bar at the end."""
    first, last = (low, high) if step else _near(numbers, low, high)
    width = step or _width(numbers, first, last)
    start = first if step else math.floor(first / width) * width
    most = max(int((last - start) / width + 1e-9), 0)
    # One place more on a side where something lies beyond it.
    below = low < min(start, first)
    ends = -1 if below else 0, most + 1 if high > last and high >= start + (most + 1) * width else most
    places = ((numbers - start) / width + 1e-9).floor().clip(*ends).cast(pl.Int64)
    counts = dict(places.value_counts().iter_rows())
    return tuple(
        Bar(
            start + place * width,
            start + (place + 1) * width,
            counts.get(place, 0),
            beyond=not 0 <= place <= most,
        )
        for place in range(ends[0], ends[1] + 1)
    )


def _width(numbers: pl.Series, low: float, high: float) -> float:
    """A round width near the rule of Freedman and Diaconis (1981): twice the middle half over ∛n."""
    if high == low:
        return 1.0
    middle = _quartile(numbers, 0.75) - _quartile(numbers, 0.25)
    wanted = 2 * middle / len(numbers) ** (1 / 3)
    wanted = min(max(wanted, (high - low) / MOST_BARS), (high - low) / FEWEST_BARS)
    power: float = 10.0 ** math.floor(math.log10(wanted))
    return next(power * nice for nice in (1.0, 2.0, 5.0, 10.0) if power * nice >= wanted)
