"""Weights are those of an independent implementation, and what they cannot do is said."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from ipfn import ipfn

from consultations.analysis.inference import effective_size
from consultations.analysis.weighting import Target, rake

SIZES = (3, 4, 2)


def target(codes: list[int], *shares: float, name: str = "sex") -> Target:
    return Target(name, tuple("abcdefgh"[: len(shares)]), np.array(codes, dtype=np.int64), np.array(shares))


@st.composite
def samples(draw: st.DrawFn) -> tuple[np.ndarray, list[np.ndarray]]:
    """How many people are in each combination of three features (all occur), and shares for each feature."""
    counts = draw(arrays(np.int64, SIZES, elements=st.integers(1, 30)))
    shares = [
        draw(arrays(np.float64, size, elements=st.floats(0.05, 1), fill=st.nothing())) for size in SIZES
    ]
    return counts, [each / each.sum() for each in shares]


def people_of(counts: np.ndarray) -> np.ndarray:
    """One row a person, its place in each feature."""
    return np.repeat(np.argwhere(counts >= 0), counts.ravel(), axis=0)


@settings(max_examples=60, deadline=None)
@given(samples())
def test_weights_are_those_of_an_independent_implementation(
    sample: tuple[np.ndarray, list[np.ndarray]],
) -> None:
    counts, shares = sample
    people, size = people_of(counts), int(counts.sum())
    targets = [target(people[:, place], *share, name=str(place)) for place, share in enumerate(shares)]

    found = rake(size, targets)

    fitted = counts.astype(float)
    aims = [share * size for share in shares]
    ipfn.ipfn(
        fitted, aims, [[0], [1], [2]], convergence_rate=1e-12, max_iteration=2000, rate_tolerance=0
    ).iteration()
    theirs = (fitted / counts)[tuple(people.T)]
    assert found.converged
    assert found.weights == pytest.approx(theirs, rel=1e-4)
    assert found.weights.mean() == pytest.approx(1)


@settings(max_examples=40, deadline=None)
@given(samples(), st.sampled_from((0.2, 0.5, 0.8)), st.sampled_from((1.2, 2.0, 5.0)))
def test_bounds_hold_whatever_the_margins(
    sample: tuple[np.ndarray, list[np.ndarray]], lowest: float, highest: float
) -> None:
    counts, shares = sample
    people = people_of(counts)
    targets = [target(people[:, place], *share, name=str(place)) for place, share in enumerate(shares)]

    found = rake(len(people), targets, lowest=lowest, highest=highest)

    assert found.weights.min() >= lowest * (1 - 1e-9)
    assert found.weights.max() <= highest * (1 + 1e-9)
    assert found.weights.mean() == pytest.approx(1)
    assert found.converged == (found.largest_deviation <= 1e-4)
    assert found.effective <= len(people) * (1 + 1e-9)


def test_one_margin_is_share_wanted_by_share_there() -> None:
    found = rake(4, [target([0, 0, 0, 1], 0.5, 0.5)])

    assert found.weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert (found.rounds, found.converged, found.largest_deviation) == (1, True, pytest.approx(0))


def test_effective_size_and_design_effect_are_kish_s() -> None:
    found = rake(4, [target([0, 0, 0, 1], 0.5, 0.5)])
    weights = [2 / 3, 2 / 3, 2 / 3, 2]
    mean = sum(weights) / 4
    variance = sum((weight - mean) ** 2 for weight in weights) / 4

    assert found.design_effect == pytest.approx(1 + variance / mean**2)
    assert found.effective == pytest.approx(4 / found.design_effect)
    assert effective_size(np.ones(7)) == 7


def test_category_in_which_nobody_answered_is_reported_and_shared_among_the_rest() -> None:
    found = rake(4, [target([0, 0, 0, 2], 0.4, 0.2, 0.4)])

    assert found.empty == {"sex": ("b",)}
    assert found.weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert found.converged


def test_people_whom_no_reference_figure_counts_keep_their_part() -> None:
    """Neither a woman nor a man: never weighted away."""
    found = rake(5, [target([0, 0, 0, 1, -1], 0.5, 0.5)])

    assert found.unmatched == {"sex": 1}
    assert found.weights == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2, 1])
    assert found.converged


def test_margins_that_contradict_each_other_are_said_not_to_be_met() -> None:
    """The same two groups, wanted once as halves and once as one to nine."""
    same: list[Any] = [0, 0, 1, 1]

    found = rake(4, [target(same, 0.5, 0.5), target(same, 0.1, 0.9, name="again")])

    assert not found.converged
    assert found.largest_deviation == pytest.approx(40, abs=0.1)


def test_nobody_and_nothing_to_match_are_no_error() -> None:
    nobody = rake(0, [target([], 0.5, 0.5)])
    assert (len(nobody.weights), nobody.converged) == (0, True)
    assert math.isnan(nobody.design_effect)

    assert rake(3, []).weights == pytest.approx([1, 1, 1])
    assert rake(2, [target([-1, -1], 0.5, 0.5)]).weights == pytest.approx([1, 1])
