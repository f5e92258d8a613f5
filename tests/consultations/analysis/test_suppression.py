"""What is hidden along a line is enough, by a solver that knows the sums; and no more than it takes."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from consultations.analysis.suppression import pool

MINIMUM = 10
LINES = st.lists(st.one_of(st.integers(0, 9), st.integers(10, 80)), min_size=2, max_size=7)


def most(counts: list[int], hidden: frozenset[int], sums: list[frozenset[int]], place: int) -> int:
    """The most that a hidden place may hold, where the others, the whole and all sums are known."""
    known = [frozenset(range(len(counts))), *sums]
    lines = [[float(p in each) for p in range(len(counts))] for each in known]
    ends = [(0, None) if p in hidden else (count, count) for p, count in enumerate(counts)]
    wanted = [-float(p == place) for p in range(len(counts))]
    totals = np.array(lines) @ np.array(counts)
    return round(-linprog(wanted, A_eq=lines, b_eq=totals, bounds=ends).fun)


@settings(max_examples=80, deadline=None)
@given(LINES, st.data())
def test_small_counts_could_be_shown_ones_by_every_sum(counts: list[int], data: st.DataObject) -> None:
    """A sum as where some answers lead to the next question."""
    places = st.frozensets(st.integers(0, len(counts) - 1), min_size=1)
    sums = [data.draw(places)] if data.draw(st.booleans()) else []

    hidden = pool(counts, MINIMUM, sums=sums)

    for place in hidden:
        if 0 < counts[place] < MINIMUM and hidden != frozenset(range(len(counts))):
            assert most(counts, hidden, sums, place) >= MINIMUM


def test_the_next_larger_count_goes_along() -> None:
    assert pool([4, 30, 12, 50], MINIMUM) == {0, 2}
    assert pool([4, 7, 12, 50], MINIMUM) == {0, 1}
    assert pool([30, 12, 0], MINIMUM) == frozenset()


def test_of_two_that_would_do_the_one_is_hidden_that_no_sum_tells() -> None:
    """The last two are asked another question, whose base is their sum: 21 would be told by it."""
    assert pool([5, 90, 70, 21, 30], MINIMUM, sums=[frozenset({3, 4})]) == {0, 2}


def test_sums_that_lie_across_each_other_are_taken_apart() -> None:
    """By the bases of four questions, 318, 21 and 11 are known anyway; 9 and 41 only together."""
    counts = [318, 41, 21, 11, 9]
    bases = [frozenset({0, 1, 2, 4}), frozenset({0, 1, 3, 4}), frozenset({0}), frozenset({0, 3})]

    hidden = pool(counts, MINIMUM, sums=bases)

    assert hidden == {1, 4}
    assert most(counts, hidden, bases, 4) == 50


def test_where_a_sum_leaves_nothing_to_hide_behind_the_line_gives_way() -> None:
    assert pool([4, 30, 50], MINIMUM, sums=[frozenset({0})]) == {0, 1, 2}
