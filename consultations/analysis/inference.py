"""What a table of counts lets one say beyond itself, with the usual reservations."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Association:
    """A test of independence. ``cramers_v``: 0 (none) to 1 (one follows from the other).

    ``few_expected``: the share (0 to 1) of cells that would hold fewer than 5 people if there were no
    relation; ``least_expected`` is the smallest of these. ``effective``: people that the weights leave,
    where there are weights; the statistic is then of the weighted table shrunk to that number.
    """

    statistic: float
    df: int
    p: float
    cramers_v: float
    few_expected: float
    least_expected: float
    effective: float | None = None

    @property
    def is_doubtful(self) -> bool:
        """Cochran's rule: more than a fifth of the cells expect fewer than 5, or one fewer than 1.

        Source: W. G. Cochran, "Some methods for strengthening the common χ² tests", Biometrics 10 (1954).
        """
        return self.few_expected > 0.2 or self.least_expected < 1


def association(counts: NDArray[np.float64], *, effective: float | None = None) -> Association | None:
    """Pearson's chi-square of a table, over the rows and columns that hold anybody; ``None`` below two of
    each.

    With ``effective``, ``counts`` are weighted and are scaled to that many people: the correction of first
    order for weights (J. N. K. Rao and A. J. Scott, "The analysis of categorical data from complex sample
    surveys", JASA 76 (1981)), with Kish's design effect for theirs.

    Cramér's V: H. Cramér, Mathematical Methods of Statistics (1946), 282.
    """
    table = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return None
    if effective is not None:
        table = table * (effective / table.sum())
    total = float(table.sum())
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    statistic = float(((table - expected) ** 2 / expected).sum())
    df = (table.shape[0] - 1) * (table.shape[1] - 1)
    return Association(
        statistic=statistic,
        df=df,
        p=float(stats.chi2.sf(statistic, df)),
        cramers_v=min(1.0, math.sqrt(statistic / (total * (min(table.shape) - 1)))),
        few_expected=float((expected < 5).mean()),
        least_expected=float(expected.min()),
        effective=effective,
    )


def wilson(share: float, people: float) -> tuple[float, float] | None:
    """The interval (95 %) of a share (0 to 1) among so many people; ``None`` for nobody.

    With weights, ``people`` is the effective number. Source: E. B. Wilson, "Probable inference, the law of
    succession, and statistical inference", JASA 22 (1927), 209-212.
    """
    if people <= 0:
        return None
    z = float(stats.norm.ppf((1 + CONFIDENCE) / 2))
    middle = share + z * z / (2 * people)
    reach = z * math.sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    scale = 1 + z * z / people
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def effective_size(weights: NDArray[np.float64]) -> float:
    """How many unweighted people would say as much: (Σw)² / Σw². Source: L. Kish, Survey Sampling (1965)."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0
