"""How far the two coders of a sample agree, code by code, with how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from ..analysis.agreement import cohen_kappa, krippendorff_alpha, percent_agreement
from ..models import Code, DoubleCoding
from .double_coding import FEWEST, codes_in, pairs
from .wording import Theme, codes_of, frame_of

RESAMPLES = 1_000


@dataclass(frozen=True)
class Agreement:
    """Of one code. Not-a-number says that nothing can be told: both always said one and the same.

    ``low`` and ``high`` bound 95 of 100 bootstrap samples of kappa (percentile method, B. Efron, "Bootstrap
    methods", Annals of Statistics 7 (1979), 1-26); the same sample gives the same bounds.
    """

    code: Code
    depth: int
    number: str
    first: int
    second: int
    both: int
    percent: float
    kappa: float
    low: float
    high: float
    alpha: float

    @property
    def verdict(self) -> str:
        """Krippendorff's customary bounds: 0.8 to rely upon, 0.667 for tentative conclusions.

        A code that hardly anybody gave tells nothing, however well the two agree.
        """
        if math.isnan(self.alpha):
            return "unknown"
        if max(self.first, self.second) < FEWEST:
            return "few"
        return "good" if self.alpha >= 0.8 else "fair" if self.alpha >= 0.667 else "poor"


@dataclass(frozen=True)
class Report:
    """``alpha`` is over all codes and texts together."""

    texts: int
    same: int
    alpha: float
    codes: Sequence[Agreement]


def report(double: DoubleCoding) -> Report:
    """Over the texts that both judged. A code is given where it, or one below it, lies in a text."""
    frame = frame_of(double.consultation)
    both = pairs(double)
    if frame is None or not both:
        return Report(0, 0, math.nan, [])
    codes = codes_of(frame)
    first = [codes.tree.with_ancestors(codes_in(a)) for a, _b in both]
    second = [codes.tree.with_ancestors(codes_in(b)) for _a, b in both]
    given = set().union(*first, *second)
    listed = [theme for theme in codes.themes if theme.code.pk in given]
    found = [_of_code(theme, first, second, double.seed) for theme in listed]
    keys = [theme.code.pk for theme in listed]
    pooled = [[key in codes for codes in judgements for key in keys] for judgements in (first, second)]
    same = sum(codes_in(a) == codes_in(b) for a, b in both)
    return Report(len(both), same, krippendorff_alpha(pooled), found)


def _of_code(theme: Theme, first: Sequence[set[int]], second: Sequence[set[int]], seed: str) -> Agreement:
    a = [theme.code.pk in codes for codes in first]
    b = [theme.code.pk in codes for codes in second]
    low, high = kappa_bounds(a, b, seed=f"{seed}/{theme.code.name}")
    return Agreement(
        code=theme.code,
        depth=theme.depth,
        number=theme.number,
        first=sum(a),
        second=sum(b),
        both=sum(x and y for x, y in zip(a, b, strict=True)),
        percent=100 * percent_agreement(a, b),
        kappa=cohen_kappa(a, b),
        low=low,
        high=high,
        alpha=krippendorff_alpha([a, b]),
    )


def kappa_bounds(first: Sequence[bool], second: Sequence[bool], *, seed: str) -> tuple[float, float]:
    """Where 95 of 100 samples drawn from these texts have their kappa; not-a-number where none has one."""
    a, b = np.array(first, dtype=float), np.array(second, dtype=float)
    if not len(a):
        return math.nan, math.nan
    drawn = np.random.default_rng(crc32(seed.encode())).integers(0, len(a), (RESAMPLES, len(a)))
    a, b = a[drawn], b[drawn]
    observed, left, right = (a == b).mean(axis=1), a.mean(axis=1), b.mean(axis=1)
    by_chance = left * right + (1 - left) * (1 - right)
    told = by_chance < 1
    if not told.any():
        return math.nan, math.nan
    kappas = (observed[told] - by_chance[told]) / (1 - by_chance[told])
    low, high = np.percentile(kappas, [2.5, 97.5])
    return float(low), float(high)
