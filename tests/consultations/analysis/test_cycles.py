"""What is hidden in a table is enough, by a solver that knows everything else of it; and it is little."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from consultations.analysis.cycles import around, room
from consultations.analysis.suppression import Counts, Mask, small

MINIMUM = 10
TABLES = arrays(
    np.int64,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.one_of(st.just(0), st.integers(0, 12), st.integers(10, 60)),
)


def solved(counts: Counts, hidden: Mask, cell: tuple[int, int]) -> int:
    """By how much a hidden cell may vary, where all sums and all other cells are known."""
    cells = [(int(r), int(c)) for r, c in np.argwhere(hidden)]
    lines = [[float(r == row) for r, _c in cells] for row in range(counts.shape[0])]
    lines += [[float(c == column) for _r, c in cells] for column in range(counts.shape[1])]
    sums = np.array(lines) @ np.array([counts[each] for each in cells])
    wanted = np.array([float(each == cell) for each in cells])
    ends = [linprog(sign * wanted, A_eq=lines, b_eq=sums).fun for sign in (1, -1)]
    return round(-ends[1] - ends[0])


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_every_small_cell_could_be_anything_over_the_range_of_the_minimum(counts: Counts) -> None:
    hidden = around(counts, MINIMUM)

    few = small(counts, MINIMUM)
    assert (hidden | ~few).all()
    for row, column in np.argwhere(few):
        cell = (int(row), int(column))
        exact = solved(counts, hidden, cell)
        assert min(exact, MINIMUM) == room(counts, hidden, cell, MINIMUM)
        assert exact >= MINIMUM or hidden.all()


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_nothing_is_hidden_without_need(counts: Counts) -> None:
    """Any cell that is hidden for the sake of others, shown again, would narrow one of them."""
    hidden = around(counts, MINIMUM)
    few = small(counts, MINIMUM)
    if hidden.all():
        return

    for cell in map(tuple, np.argwhere(hidden & ~few)):
        less = hidden.copy()
        less[cell] = False
        assert any(room(counts, less, (int(r), int(c)), MINIMUM) < MINIMUM for r, c in np.argwhere(few))


def test_one_small_cell_takes_three_along_and_not_the_table() -> None:
    counts = np.array([[3, 40, 50], [40, 12, 50], [50, 50, 50]])

    assert around(counts, MINIMUM).tolist() == [[True, True, False], [True, True, False], [False] * 3]


def test_small_cells_far_from_each_other_leave_the_rest_of_the_table_alone() -> None:
    """Whole rows by whole columns would hide all sixteen: the two meet in rows and columns of others."""
    counts = np.array([[4, 30, 60, 60], [30, 30, 60, 60], [60, 60, 30, 30], [60, 60, 30, 4]])

    assert around(counts, MINIMUM).sum() == 8


def test_a_zero_is_shown_where_another_cell_will_do() -> None:
    """Who knows the questions may know that nobody can be there."""
    counts = np.array([[4, 30], [0, 30], [11, 30]])

    assert around(counts, MINIMUM).tolist() == [[True, True], [False, False], [True, True]]


def test_where_nothing_gives_room_nothing_is_shown() -> None:
    """Four people in all: no table of numbers could hide them."""
    assert around(np.array([[4, 0], [0, 90]]), MINIMUM).all()
    assert around(np.array([[4, 90]]), MINIMUM).all()


def test_tables_without_small_cells_and_empty_ones_hide_nothing() -> None:
    assert not around(np.array([[10, 0], [20, 30]]), MINIMUM).any()
    assert around(np.zeros((0, 3), dtype=np.int64), MINIMUM).shape == (0, 3)
