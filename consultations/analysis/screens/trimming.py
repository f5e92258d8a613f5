"""A cross-tab without the empty lines of its long sides, such as countries from which nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..axes import Axis
from ..crosstabs import CrossTab, Margin, Table

# Short scales keep their empty steps: that nobody chose one is an answer, too.
SHORT = 12


def trimmed(table: CrossTab) -> CrossTab:
    """What is hidden stays: it stands for somebody."""
    rows = _kept(table.rows, [each.row_totals for each in table.tables])
    columns = _kept(table.columns, [each.column_totals for each in table.tables])
    return replace(
        table,
        rows=_narrowed(table.rows, rows),
        columns=_narrowed(table.columns, columns),
        tables=tuple(_cut(each, rows, columns) for each in table.tables),
    )


def left_out(whole: CrossTab, cut: CrossTab) -> int:
    """How many lines went."""
    before, after = (len(each.rows.categories) + len(each.columns.categories) for each in (whole, cut))
    return before - after


def _kept(axis: Axis, totals: Sequence[Sequence[Margin]]) -> list[int]:
    places = range(len(axis.categories))
    if len(axis.categories) <= SHORT:
        return list(places)
    return [place for place in places if any(margins[place].count != 0 for margins in totals)]


def _narrowed(axis: Axis, places: Sequence[int]) -> Axis:
    return replace(axis, categories=tuple(axis.categories[place] for place in places))


def _cut(table: Table, rows: Sequence[int], columns: Sequence[int]) -> Table:
    return replace(
        table,
        cells=tuple(tuple(table.cells[row][column] for column in columns) for row in rows),
        row_totals=tuple(table.row_totals[row] for row in rows),
        column_totals=tuple(table.column_totals[column] for column in columns),
    )
