"""A table without what could tell of few people, by itself or beside the tallies of its variables.

Categories that a tally hides are one category here, of which nothing is shown: what could be worked out of a
table is then their sum. Within what is left, small cells are hidden as blocks (``suppression.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .axes import Axis, layers_of
from .crosstabs import HIDDEN, Cell, CrossTab, Margin, Table, turned
from .cycles import around
from .figures import Bases
from .inference import association
from .protected_tallies import hidden_options, hidden_places
from .protection import Protection
from .suppression import Counts, Mask, pool, small


def protected(table: CrossTab, protection: Protection) -> CrossTab:
    """As a person without the right to single responses may see it; always rounded.

    The tallies of its variables count more people, those who left the other question unanswered: exact counts
    beside theirs would tell, by subtraction, what these few said.
    """
    protection = replace(protection, coarse=True)
    tables = table.tables
    if table.layers is None:
        tables = (_one(table, protection),)
    else:
        pairs = tuple(_pattern(pair, protection) for pair in table.pairs)
        shown = _shown_layers(table, pairs, protection)
        tables = tuple(
            _without(_rounded(one, protection), pairs[0], has_test=False) if place in shown else _blank(one)
            for place, one in enumerate(tables)
        )
    return replace(
        table,
        rows=_axis(table.rows, table, protection),
        columns=_axis(table.columns, table, protection),
        layers=_axis(table.layers, table, protection) if table.layers else None,
        tables=tables,
        responses=protection.shown(table.responses or 0),
        pairs=(),
        is_protected=True,
        is_coarse=True,
    )


def hidden_along(axis: Axis, responses: int | None, protection: Protection) -> frozenset[int]:
    """The categories that are hidden in the tally of a variable, so that no table shows them either."""
    counts = [category.count or 0 for category in axis.categories]
    if axis.overlaps:
        return hidden_options(counts, axis.answered or 0, protection)
    names = [category.name for category in axis.categories]
    bases = Bases(responses, axis.asked, axis.answered, None)
    return hidden_places(counts, names, bases, axis.branches, protection) - {len(counts)}


def _axis(axis: Axis, table: CrossTab, protection: Protection) -> Axis:
    hidden = hidden_along(axis, table.responses, protection)
    categories = tuple(
        replace(c, count=None if place in hidden else protection.rounded(c.count or 0))
        for place, c in enumerate(axis.categories)
    )
    return replace(axis, categories=categories, asked=None, answered=None)


@dataclass(frozen=True)
class _Side:
    """The categories of an axis with those that are hidden taken as one, the last."""

    size: int
    hidden: frozenset[int]

    @classmethod
    def of(
        cls, axis: Axis, totals: Sequence[int], whole: int, table: CrossTab, protection: Protection
    ) -> _Side:
        """``totals``: people of each category within the table, fewer than in the tally."""
        start = hidden_along(axis, table.responses, protection)
        if axis.overlaps:
            hidden = hidden_options(totals, whole, protection, start=start)
        else:
            hidden = pool(totals, protection.minimum, start=start)
        return cls(len(totals), hidden)

    @property
    def shown(self) -> list[int]:
        return [place for place in range(self.size) if place not in self.hidden]

    def gathered(self, counts: Counts) -> Counts:
        """Along the first dimension."""
        together = counts[sorted(self.hidden)].sum(axis=0, keepdims=True)
        return np.concatenate([counts[self.shown], together]) if self.hidden else counts


@dataclass(frozen=True)
class _Pattern:
    """Which cells of a table are hidden; ``gathered`` is the same over categories taken as one."""

    rows: _Side
    columns: _Side
    gathered: Mask
    cells: Mask

    def turned(self) -> _Pattern:
        return _Pattern(self.columns, self.rows, self.gathered.T, self.cells.T)


def _one(table: CrossTab, protection: Protection) -> Table:
    only = table.tables[0]
    if (only.whole.count or 0) < protection.minimum:
        return _blank(only)
    return _without(_rounded(only, protection), _pattern(table, protection), only.test is not None)


def _without(table: Table, pattern: _Pattern, has_test: bool) -> Table:
    """The table without the cells of a pattern; a test is of what is shown, and only where all of it is."""
    rows, columns = _totals(table.row_totals, pattern.rows), _totals(table.column_totals, pattern.columns)
    cells = tuple(
        tuple(
            _hidden_cell(rows[r], columns[c], table.whole)
            if pattern.cells[r, c]
            else replace(cell, row=rows[r], column=columns[c])
            for c, cell in enumerate(line)
        )
        for r, line in enumerate(table.cells)
    )
    shown = has_test and not pattern.cells.any()
    test = association(_counts(table).astype(np.float64)) if shown else None
    return replace(table, cells=cells, row_totals=rows, column_totals=columns, test=test)


def _pattern(table: CrossTab, protection: Protection) -> _Pattern:
    """One pattern whichever way the table is turned: one person can look at both."""
    if table.rows.field > table.columns.field:
        return _pattern(turned(table), protection).turned()
    only = table.tables[0]
    counts = _counts(only)
    row_totals = [margin.count or 0 for margin in only.row_totals]
    column_totals = [margin.count or 0 for margin in only.column_totals]
    whole = only.whole.count or 0
    rows = _Side.of(table.rows, row_totals, whole, table, protection)
    columns = _Side.of(table.columns, column_totals, whole, table, protection)
    if table.rows.overlaps and table.columns.overlaps:
        inner = _both_overlap(counts, row_totals, column_totals, whole, protection.minimum)
        gathered = inner
    elif table.columns.overlaps:
        gathered, inner = _one_overlaps(counts, row_totals, rows, protection.minimum)
    elif table.rows.overlaps:
        gathered, inner = _one_overlaps(counts.T, column_totals, columns, protection.minimum)
        gathered, inner = gathered.T, inner.T
    else:
        gathered = around(columns.gathered(rows.gathered(counts).T).T, protection.minimum)
        inner = np.zeros(counts.shape, dtype=np.bool_)
        inner[np.ix_(rows.shown, columns.shown)] = gathered[: len(rows.shown), : len(columns.shown)]
    cells = inner.copy()
    cells[sorted(rows.hidden)] = True
    cells[:, sorted(columns.hidden)] = True
    return _Pattern(rows, columns, gathered, cells)


def _counts(table: Table) -> Counts:
    width = len(table.column_totals)
    found = [[cell.count or 0 for cell in line] for line in table.cells]
    return np.array(found, dtype=np.int64).reshape(-1, width)


def _one_overlaps(counts: Counts, row_totals: Sequence[int], rows: _Side, minimum: int) -> tuple[Mask, Mask]:
    """Each option by itself: those who chose it and those who did not, over the rows."""
    totals = np.array(row_totals, dtype=np.int64)
    gathered = np.zeros((len(rows.gathered(totals)), counts.shape[1]), dtype=np.bool_)
    for option in range(counts.shape[1]):
        chosen = counts[:, option]
        both = rows.gathered(np.stack([chosen, totals - chosen], axis=1))
        gathered[:, option] = around(both, minimum)[:, 0]
    inner = np.zeros(counts.shape, dtype=np.bool_)
    inner[rows.shown] = gathered[: len(rows.shown)]
    return gathered, inner


def _both_overlap(
    counts: Counts, row_totals: Sequence[int], column_totals: Sequence[int], whole: int, minimum: int
) -> Mask:
    """Each pair of options is a table of two by two: one number tells all four."""
    rows, columns = np.array(row_totals)[:, None], np.array(column_totals)[None, :]
    corners = (counts, rows - counts, columns - counts, whole - rows - columns + counts)
    found: Mask = np.logical_or.reduce([small(corner, minimum) for corner in corners])
    return found


def _shown_layers(table: CrossTab, pairs: Sequence[_Pattern], protection: Protection) -> set[int]:
    """The layers that may be shown, each as a whole.

    A layer is shown where none of its cells is small, where nothing is hidden in the three tables of two
    variables that meet in it, and where what all hidden layers hold together is not small either. With
    several choices in a table of three, nothing is shown: their overlaps are not worked out. Nor is any
    other turning of the three: what one hides another would tell.
    """
    if any(axis.overlaps for axis in table.axes) or table.layers != layers_of(table.axes):
        return set()
    by_rows, rows_by_layers, columns_by_layers = pairs
    if by_rows.gathered.any():
        return set()
    layers = rows_by_layers.columns.hidden | columns_by_layers.columns.hidden
    cubes = [by_rows.columns.gathered(by_rows.rows.gathered(_counts(one)).T).T for one in table.tables]
    shown = {
        place
        for place, cube in enumerate(cubes)
        if place not in layers
        and not small(cube, protection.minimum).any()
        and not _hides(rows_by_layers, place)
        and not _hides(columns_by_layers, place)
    }
    while shown and small(_rest(cubes, shown), protection.minimum).any():
        shown.remove(min(shown, key=lambda place: int(cubes[place].sum())))
    return shown


def _hides(pattern: _Pattern, column: int) -> bool:
    """Whether anything is hidden in a column that is shown."""
    return bool(pattern.gathered[:, pattern.columns.shown.index(column)].any())


def _rest(cubes: Sequence[Counts], shown: set[int]) -> Counts:
    rest: NDArray[np.int64] = sum(
        (cube for place, cube in enumerate(cubes) if place not in shown), np.zeros_like(cubes[0])
    )
    return rest


# --- Tables as they are shown -------------------------------------------------------------------------------


def _totals(margins: Sequence[Margin], side: _Side) -> tuple[Margin, ...]:
    return tuple(HIDDEN if place in side.hidden else margin for place, margin in enumerate(margins))


def _hidden_cell(row: Margin, column: Margin, whole: Margin) -> Cell:
    return Cell(None, None, row, column, whole)


def _blank(table: Table) -> Table:
    """Nothing of it, in its shape."""
    return Table(
        layer=replace(table.layer, count=None) if table.layer else None,
        cells=tuple(tuple(_hidden_cell(HIDDEN, HIDDEN, HIDDEN) for _cell in line) for line in table.cells),
        row_totals=(HIDDEN,) * len(table.row_totals),
        column_totals=(HIDDEN,) * len(table.column_totals),
        whole=HIDDEN,
    )


def _rounded(table: Table, protection: Protection) -> Table:
    rows = tuple(_margin(margin, protection) for margin in table.row_totals)
    columns = tuple(_margin(margin, protection) for margin in table.column_totals)
    whole = _margin(table.whole, protection)
    cells = tuple(
        tuple(
            Cell(
                protection.rounded(cell.count or 0),
                float(protection.rounded(round(cell.weighted or 0))),
                rows[r],
                columns[c],
                whole,
            )
            for c, cell in enumerate(line)
        )
        for r, line in enumerate(table.cells)
    )
    layer = replace(table.layer, count=protection.shown(table.layer.count or 0)) if table.layer else None
    return Table(layer, cells, rows, columns, whole)


def _margin(margin: Margin, protection: Protection) -> Margin:
    """Weights in whole numbers: their fractions would tell which groups of weights are in a count."""
    return Margin(
        protection.rounded(margin.count or 0),
        float(protection.rounded(round(margin.weighted or 0))),
        float(round(margin.effective or 0)),
    )
