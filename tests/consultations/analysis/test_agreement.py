"""Agreement between coders: published examples, and other people's implementations."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from consultations.analysis.agreement import cohen_kappa, krippendorff_alpha, percent_agreement

judgements = st.integers(0, 3)


def test_kappa_of_fifty_grant_applications() -> None:
    """The example of the reference books: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no give 0.4."""
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15

    assert cohen_kappa(first, second) == pytest.approx(0.4)
    assert percent_agreement(first, second) == pytest.approx(0.7)


def test_alpha_of_krippendorffs_own_example_with_missing_judgements() -> None:
    """Krippendorff (2011), section C: four observers, twelve units, nominal alpha 0.743."""
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]

    assert krippendorff_alpha(observers) == pytest.approx(0.743, abs=0.0005)


@given(st.lists(st.tuples(judgements, judgements), min_size=2, max_size=40))
def test_kappa_is_what_another_implementation_computes(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    assume(len({*first, *second}) > 1)

    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))


@given(
    st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.none() | judgements, min_size=coders, max_size=coders), min_size=2, max_size=30
        )
    )
)
def test_alpha_is_what_another_implementation_computes(units: list[list[int | None]]) -> None:
    pairable = [value for unit in units for value in unit if sum(v is not None for v in unit) > 1]
    assume(len({value for value in pairable if value is not None}) > 1)
    by_coder = [list(values) for values in zip(*units, strict=True)]
    data = np.array([[math.nan if v is None else v for v in values] for values in by_coder], dtype=float)

    expected = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    assert krippendorff_alpha(by_coder) == pytest.approx(expected)


def test_nothing_can_be_told_from_one_answer_given_always() -> None:
    assert math.isnan(cohen_kappa([True, True], [True, True]))
    assert math.isnan(krippendorff_alpha([[True, True], [True, None]]))
    assert math.isnan(percent_agreement([None], [True]))


def test_coders_of_different_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        cohen_kappa([True, False], [True])
