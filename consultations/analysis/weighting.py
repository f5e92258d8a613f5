"""Raking: weights by which a sample has the margins of its population.

Each round makes the weighted sample agree with one margin after the other; rounds go on until it agrees
with all of them at once. Source: W. E. Deming and F. F. Stephan, "On a least squares adjustment of a
sampled frequency table when the expected marginal totals are known", Annals of Mathematical Statistics 11
(1940), 427-444. Weights that grow too large or too small are trimmed to bounds and the rest raked anew.
What weights cost in precision: L. Kish, Survey Sampling (1965), 427 (design effect 1 + CV², effective size
n / design effect).

Weights repair the margins that are named and nothing else: who takes part by their own choice may differ in
what was never measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .inference import effective_size

Weights = NDArray[np.float64]
MOST_ROUNDS = 500
CLOSE_ENOUGH = 1e-6
MOST_TRIMS = 50


@dataclass(frozen=True)
class Target:
    """One margin: for each response the place of its category (-1: unknown), and the shares wanted.

    Shares add up to 1.
    """

    name: str
    categories: tuple[str, ...]
    codes: NDArray[np.int64]
    shares: Weights


@dataclass(frozen=True)
class Raked:
    """Weights with mean 1.

    ``largest_deviation``: how far a weighted share is from the one wanted at most, in percentage points (0
    to 100). ``empty``: categories of the population in which nobody answered; the others of their margin
    stand in for them. ``unmatched``: how many responses have no category with a share in a margin; they
    keep the part of the sample that they have, and the margin holds among the rest.
    """

    weights: Weights
    rounds: int
    converged: bool
    largest_deviation: float
    at_bounds: int
    empty: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unmatched: Mapping[str, int] = field(default_factory=dict)

    @property
    def effective(self) -> float:
        """How many people without weights would say as much (Kish)."""
        return effective_size(self.weights)

    @property
    def design_effect(self) -> float:
        """By how much weights widen the variance of a mean: 1 is not at all; not-a-number for nobody."""
        return len(self.weights) / self.effective if self.effective else float("nan")


def rake(
    size: int, targets: Sequence[Target], *, lowest: float = 0.0, highest: float = float("inf")
) -> Raked:
    """Weights for ``size`` responses. ``lowest`` and ``highest`` bound a weight, in multiples of the mean.

    Bounds hold whatever they cost: a margin that cannot be met within them shows in ``converged`` and
    ``largest_deviation``.
    """
    margins = [_Margin.of(target, size) for target in targets]
    weights, rounds = _raked(np.ones(size), margins)
    for _time in range(MOST_TRIMS):
        if not _beyond(weights, lowest, highest).any():
            break
        weights, more = _raked(_within(weights, lowest, highest), margins)
        rounds += more
    weights = _within(weights, lowest, highest)
    deviation = _deviation(weights, margins)
    at_bounds = np.isclose(weights, highest) | (np.isclose(weights, lowest) & (lowest > 0))
    return Raked(
        weights=weights,
        rounds=rounds,
        converged=deviation <= 100 * CLOSE_ENOUGH,
        largest_deviation=deviation,
        at_bounds=int(at_bounds.sum()),
        empty={m.target.name: names for m in margins if (names := m.empty)},
        unmatched={m.target.name: m.unmatched for m in margins if m.unmatched},
    )


@dataclass(frozen=True)
class _Margin:
    """A target over a sample. ``codes`` and ``shares`` have one place more, for responses that match
    nothing.
    """

    target: Target
    codes: NDArray[np.int64]
    shares: Weights

    @classmethod
    def of(cls, target: Target, size: int) -> _Margin:
        last = len(target.shares)
        known = np.append(target.shares > 0, False)
        codes = np.where(known[target.codes], target.codes, last)
        counts = np.bincount(codes, minlength=last + 1)
        shares = np.where(counts[:last] > 0, target.shares, 0.0)
        matched = 1 - counts[last] / size if size else 0.0
        shares = shares * (matched / shares.sum()) if shares.sum() else shares
        return cls(target, codes, np.append(shares, 1 - matched))

    @property
    def counts(self) -> NDArray[np.int64]:
        return np.bincount(self.codes, minlength=len(self.shares))

    @property
    def unmatched(self) -> int:
        return int(self.counts[-1])

    @property
    def empty(self) -> tuple[str, ...]:
        rows = zip(self.target.categories, self.target.shares, self.counts[:-1], strict=True)
        return tuple(name for name, share, count in rows if share > 0 and not count)


def _raked(weights: Weights, margins: Sequence[_Margin]) -> tuple[Weights, int]:
    size = len(weights)
    for number in range(1, MOST_ROUNDS + 1):
        for margin in margins:
            sums = np.bincount(margin.codes, weights, len(margin.shares))
            factors = np.divide(margin.shares * size, sums, out=np.ones(len(sums)), where=sums > 0)
            weights = weights * factors[margin.codes]
        if _deviation(weights, margins) <= 10 * CLOSE_ENOUGH:
            return weights, number
    return weights, MOST_ROUNDS


def _deviation(weights: Weights, margins: Sequence[_Margin]) -> float:
    """The largest difference between a weighted share and the one wanted, in percentage points."""
    total = weights.sum()
    if not total:
        return 0.0
    found = (np.bincount(m.codes, weights, len(m.shares)) / total - m.shares for m in margins)
    return max((float(np.abs(differences).max()) * 100 for differences in found), default=0.0)


def _beyond(weights: Weights, lowest: float, highest: float) -> NDArray[np.bool_]:
    outside: NDArray[np.bool_] = (weights < lowest * (1 - 1e-9)) | (weights > highest * (1 + 1e-9))
    return outside


def _within(weights: Weights, lowest: float, highest: float) -> Weights:
    """Stretched by one factor and cut to the bounds, so that their mean is 1."""
    if not len(weights):
        return weights
    low, high = 0.0, 1.0
    while np.clip(weights * high, lowest, highest).mean() < 1 and high < 2**40:
        high *= 2
    for _time in range(100):
        middle = (low + high) / 2
        if np.clip(weights * middle, lowest, highest).mean() < 1:
            low = middle
        else:
            high = middle
    cut: Weights = np.clip(weights * high, lowest, highest)
    return cut
