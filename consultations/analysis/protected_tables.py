"""A table without what could tell of few people, by itself or beside the tallies of its variables.

Categories that a tally hides are one category here, the last: what could be worked out of a table is their
sum anyway, so that it is shown like any other. Then small cells are hidden with what they need
(``cycles.py``). With several choices, whose sums would count people twice, such categories are hidden one by
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .axes import Axis, Category, layers_of
from .coarse_tables import blank, hidden_cell, left_out, merged, rounded
from .crosstabs import CrossTab, Table, turned
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
    pattern, tables = _tables(table, protection)
    return replace(
        table,
        rows=_axis(table.rows, table, protection, pattern.rows if pattern else None),
        columns=_axis(table.columns, table, protection, pattern.columns if pattern else None),
        layers=_axis(table.layers, table, protection, None) if table.layers else None,
        tables=tables,
        responses=protection.shown(table.responses or 0),
        pairs=(),
        is_protected=True,
        is_coarse=True,
    )


def _tables(table: CrossTab, protection: Protection) -> tuple[_Pattern | None, tuple[Table, ...]]:
    """With the pattern that they are shown by, where there is one."""
    if table.layers is None:
        only = table.tables[0]
        if (only.whole.count or 0) < protection.minimum:
            return None, (blank(only),)
        pattern = _pattern(table, protection)
        return pattern, (_without(only, pattern, protection, has_test=only.test is not None),)
    pairs = tuple(_pattern(pair, protection) for pair in table.pairs)
    shown = _shown_layers(table, pairs, protection)
    return pairs[0], tuple(
        _without(one, pairs[0], protection, has_test=False) if place in shown else blank(pairs[0].merged(one))
        for place, one in enumerate(table.tables)
    )


def hidden_along(axis: Axis, responses: int | None, protection: Protection) -> frozenset[int]:
    """The categories that are hidden in the tally of a variable, so that no table shows them either."""
    counts = [category.count or 0 for category in axis.categories]
    if axis.overlaps:
        return hidden_options(counts, axis.answered or 0, protection)
    names = [category.name for category in axis.categories]
    bases = Bases(responses, axis.asked, axis.answered, None)
    return hidden_places(counts, names, bases, axis.branches, protection) - {len(counts)}


def _axis(axis: Axis, table: CrossTab, protection: Protection, side: _Side | None) -> Axis:
    hidden = hidden_along(axis, table.responses, protection)
    categories = [
        replace(c, count=None if place in hidden else protection.rounded(c.count or 0))
        for place, c in enumerate(axis.categories)
    ]
    if side is not None and side.merged:
        names = tuple(categories[place].name for place in sorted(side.merged))
        categories = [*(categories[place] for place in side.shown), Category("", {}, parts=names)]
    return replace(axis, categories=tuple(categories), asked=None, answered=None)


@dataclass(frozen=True)
class _Side:
    """The categories of an axis with those that are hidden taken as one, the last; not where they overlap."""

    size: int
    hidden: frozenset[int]
    overlaps: bool

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
        return cls(len(totals), hidden, axis.overlaps)

    @property
    def merged(self) -> frozenset[int]:
        """The hidden ones that are shown as one category."""
        return frozenset() if self.overlaps else self.hidden

    @property
    def alone(self) -> list[int]:
        """The hidden ones that are shown as categories without numbers."""
        return sorted(self.hidden - self.merged)

    @property
    def groups(self) -> list[list[int]]:
        """The places behind each category that is shown."""
        if not self.merged:
            return [[place] for place in range(self.size)]
        return [*([place] for place in self.shown), sorted(self.merged)]

    @property
    def shown(self) -> list[int]:
        return [place for place in range(self.size) if place not in self.hidden]

    def gathered(self, counts: Counts) -> Counts:
        """Along the first dimension."""
        together = counts[sorted(self.hidden)].sum(axis=0, keepdims=True)
        return np.concatenate([counts[self.shown], together]) if self.hidden else counts


@dataclass(frozen=True)
class _Pattern:
    """Which cells of a table are hidden, over categories taken as one (``gathered``)."""

    rows: _Side
    columns: _Side
    gathered: Mask

    @property
    def cells(self) -> Mask:
        """With those of categories that are hidden one by one."""
        found = self.gathered.copy()
        found[self.rows.alone] = True
        found[:, self.columns.alone] = True
        return found

    def merged(self, table: Table) -> Table:
        return merged(table, self.rows.groups, self.columns.groups)

    def turned(self) -> _Pattern:
        return _Pattern(self.columns, self.rows, self.gathered.T)


def _without(exact: Table, pattern: _Pattern, protection: Protection, *, has_test: bool) -> Table:
    """The table without the cells of a pattern; a test is of what is shown, and only where all of it is."""
    table, hidden = rounded(pattern.merged(exact), protection), pattern.cells
    rows = left_out(table.row_totals, pattern.rows.alone)
    columns = left_out(table.column_totals, pattern.columns.alone)
    cells = tuple(
        tuple(
            hidden_cell(rows[r], columns[c], table.whole)
            if hidden[r, c]
            else replace(cell, row=rows[r], column=columns[c])
            for c, cell in enumerate(line)
        )
        for r, line in enumerate(table.cells)
    )
    shown = has_test and not hidden.any()
    test = association(_counts(table).astype(np.float64)) if shown else None
    return replace(table, cells=cells, row_totals=rows, column_totals=columns, test=test)


def _pattern(table: CrossTab, protection: Protection) -> _Pattern:
    """One pattern whichever way the table is turned: one person can look at both."""
    if table.rows.field > table.columns.field:
        return _pattern(turned(table), protection).turned()
    only = table.tables[0]
    row_totals = [margin.count or 0 for margin in only.row_totals]
    column_totals = [margin.count or 0 for margin in only.column_totals]
    whole = only.whole.count or 0
    rows = _Side.of(table.rows, row_totals, whole, table, protection)
    columns = _Side.of(table.columns, column_totals, whole, table, protection)
    return _Pattern(rows, columns, _gathered(only, rows, columns, protection.minimum))


def _gathered(table: Table, rows: _Side, columns: _Side, minimum: int) -> Mask:
    counts, whole = _counts(table), table.whole.count or 0
    row_totals = [margin.count or 0 for margin in table.row_totals]
    column_totals = [margin.count or 0 for margin in table.column_totals]
    if rows.overlaps and columns.overlaps:
        return _both_overlap(counts, row_totals, column_totals, whole, minimum)
    if columns.overlaps:
        return _one_overlaps(counts, row_totals, rows, minimum)
    if rows.overlaps:
        return _one_overlaps(counts.T, column_totals, columns, minimum).T
    return around(columns.gathered(rows.gathered(counts).T).T, minimum)


def _counts(table: Table) -> Counts:
    width = len(table.column_totals)
    found = [[cell.count or 0 for cell in line] for line in table.cells]
    return np.array(found, dtype=np.int64).reshape(-1, width)


def _one_overlaps(counts: Counts, row_totals: Sequence[int], rows: _Side, minimum: int) -> Mask:
    """Each option by itself: those who chose it and those who did not, over the rows."""
    totals = np.array(row_totals, dtype=np.int64)
    gathered = np.zeros((len(rows.gathered(totals)), counts.shape[1]), dtype=np.bool_)
    for option in range(counts.shape[1]):
        chosen = counts[:, option]
        both = rows.gathered(np.stack([chosen, totals - chosen], axis=1))
        gathered[:, option] = around(both, minimum).any(axis=1)
    return gathered


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
