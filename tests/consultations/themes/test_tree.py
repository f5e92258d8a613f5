"""The tree of a code frame, over any tree that there can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.themes.tree import DEEPEST, Loop, Tree

Rows = list[tuple[int, int | None]]


@st.composite
def forests(draw: st.DrawFn) -> Rows:
    """Each code lies below an earlier one or at the top, listed in any order."""
    size = draw(st.integers(0, 12))
    rows = [
        (key, draw(st.one_of(st.none(), st.integers(0, key - 1))) if key else None) for key in range(size)
    ]
    return draw(st.permutations(rows))


def above(rows: Rows, key: int) -> list[int]:
    found: list[int] = []
    parents = dict(rows)
    while (parent := parents[found[-1] if found else key]) is not None:
        found.append(parent)
    return found


@given(forests())
def test_everything_stands_once_below_what_is_above_it(rows: Rows) -> None:
    tree = Tree(rows)

    assert sorted(tree.order) == sorted(key for key, _above in rows)
    for key, parent in rows:
        assert parent is None or tree.order.index(parent) < tree.order.index(key)
        assert tree.ancestors(key) == above(rows, key)
        assert set(tree.descendants(key)) == {other for other, _p in rows if key in above(rows, other)}


@given(forests(), st.data())
def test_rolling_up_twice_changes_nothing_more(rows: Rows, data: st.DataObject) -> None:
    tree = Tree(rows)
    chosen = data.draw(st.sets(st.sampled_from([key for key, _above in rows]))) if rows else set()

    up = tree.with_ancestors(chosen)

    assert up == {key for key, _p in rows if key in chosen or any(key in above(rows, c) for c in chosen)}
    assert tree.with_ancestors(up) == up


@given(forests(), st.data())
def test_a_move_that_fits_leaves_a_tree_that_is_not_too_deep(rows: Rows, data: st.DataObject) -> None:
    tree = Tree(rows)
    if not rows or any(tree.depth(key) >= DEEPEST for key in tree.order):
        return
    key = data.draw(st.sampled_from(tree.order))
    target = data.draw(st.sampled_from(tree.order))
    moved = [(k, target if k == key else p) for k, p in rows]

    if tree.fits(key, target):
        assert max(Tree(moved).depth(k) for k in tree.order) < DEEPEST
    else:
        with_loop = target == key or key in above(rows, target)
        assert with_loop or max(Tree(moved).depth(k) for k in tree.order) >= DEEPEST


def test_loop_is_refused() -> None:
    with pytest.raises(Loop):
        Tree([(1, 2), (2, 1)])


def test_code_whose_heading_is_missing_stands_at_the_top() -> None:
    assert Tree([(1, 99), (2, None)]).order == [1, 2]
