"""What a protected table promises, over any table."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.opendata.anonymity import GROUPED, SUPPRESSED, protect, rare

QUASI = ("country", "age")
COLUMNS = (*QUASI, "opinion")
cells = st.one_of(st.none(), st.sampled_from("abcdefgh"))
tables = st.lists(st.tuples(cells, cells, cells), max_size=80).map(
    lambda rows: pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
)


@given(tables, st.integers(2, 12))
def test_nobody_stands_alone(table: pl.DataFrame, k: int) -> None:
    found = protect(table, quasi=QUASI, k=k)

    sets = Counter(found.table.select(QUASI).iter_rows())
    assert all(size >= k for size in sets.values())
    assert found.smallest == min(sets.values(), default=0)


@given(tables, st.integers(2, 12))
def test_no_answer_stands_for_a_few_people(table: pl.DataFrame, k: int) -> None:
    found = protect(table, quasi=(), k=k).table

    for name in COLUMNS:
        sizes = Counter(found[name].drop_nulls())
        # Where fewer people answered at all, all of their answers are one.
        assert all(size >= k for size in sizes.values()) or set(sizes) == {GROUPED}


@given(tables, st.integers(2, 12))
def test_a_cell_says_the_truth_or_that_it_was_hidden(table: pl.DataFrame, k: int) -> None:
    numbered = table.with_columns(place=pl.int_range(pl.len()).cast(pl.String))
    numbered = numbered.with_columns(place=pl.lit("x"))  # one value: it survives the grouping
    found = protect(numbered, quasi=QUASI, k=k)

    for name in COLUMNS:
        before, after = Counter(table[name]), Counter(found.table[name])
        assert all(after[cell] <= before[cell] for cell in after if cell not in (GROUPED, SUPPRESSED))


@given(tables, st.integers(2, 12))
def test_the_report_counts_what_was_done(table: pl.DataFrame, k: int) -> None:
    found = protect(table, quasi=QUASI, k=k)

    assert found.dropped == table.height - found.table.height
    for name in COLUMNS:
        shown = int((found.table[name] == SUPPRESSED).sum())
        assert found.suppressed.get(name, 0) == shown + (found.dropped if name in found.suppressed else 0)


@given(tables)
def test_a_table_that_needs_nothing_is_left_as_it_is(table: pl.DataFrame) -> None:
    several = pl.concat([table] * 5)

    found = protect(several, quasi=QUASI, k=5)

    assert found.table.equals(several)
    assert (found.grouped, found.suppressed, found.dropped) == ({}, {}, 0)


def test_a_planted_singleton_cannot_be_found() -> None:
    common = [("IT", "25_34", "yes")] * 20 + [("ES", "35_44", "no")] * 20
    table = pl.DataFrame(
        [*common, ("IT", "35_44", "yes"), ("JP", "25_34", "no")],
        schema=dict.fromkeys(COLUMNS, pl.String),
        orient="row",
    )

    found = protect(table, quasi=QUASI, k=5)

    rows = set(found.table.select(QUASI).iter_rows())
    assert ("IT", "35_44") not in rows
    assert not any("JP" in row for row in rows)
    assert found.dropped + sum(found.suppressed.values()) > 0


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["a"] * 5 + ["b"] * 5, ()),
        (["a"] * 5 + ["b"] * 2 + ["c"] * 3, ("b", "c")),
        # One rare answer alone would be its own group: the next one joins it.
        (["a"] * 9 + ["b"] * 6 + ["c"], ("c", "b")),
        (["a"] * 9 + ["b"], ("b", "a")),
        (["a", None, None], ("a",)),
    ],
)
def test_rare_answers_are_put_together(answers: list[str | None], expected: tuple[str, ...]) -> None:
    assert rare(pl.Series("x", answers, dtype=pl.String), 5) == expected


@pytest.mark.parametrize(("quasi", "k"), [(["country"], 1), (["nobody"], 5)])
def test_wrong_plans_are_refused(quasi: list[str], k: int) -> None:
    with pytest.raises(ValueError, match="k is 2 or more"):
        protect(pl.DataFrame({"country": ["IT"]}), quasi=quasi, k=k)
