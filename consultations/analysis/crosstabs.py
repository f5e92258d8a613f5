"""Two variables against each other, and against a third: counts, percentages, and what they let one say.

Only people who answered both (all three) are in a table. A question with several choices overlaps: its
percentages go beyond 100 together, its totals are people and not choices, and there is no test over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from . import axes
from .axes import Axis, Category, Coded
from .figures import percent
from .frame import Frame
from .inference import Association, association, wilson

Numbers = NDArray[np.float64]
Interval = tuple[float, float]
MOST_LAYERS = 30


@dataclass(frozen=True)
class Margin:
    """People of a row, of a column or of a whole table.

    ``weighted`` is the sum of their weights, ``effective`` how many people these weights leave (Kish);
    without weights both are their number. ``None``: kept back to protect people.
    """

    count: int | None
    weighted: float | None
    effective: float | None


HIDDEN = Margin(None, None, None)


@dataclass(frozen=True)
class Cell:
    """People of one row and one column. Percentages are 0 to 100, ``None`` where a part of them is hidden."""

    count: int | None
    weighted: float | None
    row: Margin
    column: Margin
    whole: Margin

    @property
    def of_row(self) -> float | None:
        return percent(self.count, self.row.count)

    @property
    def of_column(self) -> float | None:
        return percent(self.count, self.column.count)

    @property
    def of_total(self) -> float | None:
        return percent(self.count, self.whole.count)

    @property
    def weighted_of_row(self) -> float | None:
        return percent(self.weighted, self.row.weighted)

    @property
    def weighted_of_column(self) -> float | None:
        return percent(self.weighted, self.column.weighted)

    @property
    def weighted_of_total(self) -> float | None:
        return percent(self.weighted, self.whole.weighted)

    @property
    def row_interval(self) -> Interval | None:
        """Wilson's interval of :attr:`of_row`, in percent."""
        return _interval(self.of_row, self.row.count)

    @property
    def column_interval(self) -> Interval | None:
        return _interval(self.of_column, self.column.count)

    @property
    def weighted_row_interval(self) -> Interval | None:
        """Of :attr:`weighted_of_row`, by the effective number of people."""
        return _interval(self.weighted_of_row, self.row.effective)

    @property
    def weighted_column_interval(self) -> Interval | None:
        return _interval(self.weighted_of_column, self.column.effective)


def _interval(percentage: float | None, people: float | None) -> Interval | None:
    found = None if percentage is None or people is None else wilson(percentage / 100, people)
    return None if found is None else (100 * found[0], 100 * found[1])


@dataclass(frozen=True)
class Table:
    """One layer, or the only one. ``cells`` by row and column, in the order of the axes.

    ``test`` is of the counts, ``weighted_test`` of the weights; neither where an axis overlaps or is hidden.
    """

    layer: Category | None
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Margin, ...]
    column_totals: tuple[Margin, ...]
    whole: Margin
    test: Association | None = None
    weighted_test: Association | None = None


@dataclass(frozen=True)
class CrossTab:
    """A table as a whole.

    ``responses``: all that were looked at, whether or not they answered. ``is_protected``: figures may be
    hidden (and are then ``None``); ``is_coarse``: they are rounded. ``pairs`` are the tables that a table
    with layers stands on: rows by columns, rows by layers, columns by layers.
    """

    rows: Axis
    columns: Axis
    layers: Axis | None
    tables: tuple[Table, ...]
    responses: int | None
    is_weighted: bool
    pairs: tuple[CrossTab, ...] = ()
    is_protected: bool = False
    is_coarse: bool = False

    @property
    def axes(self) -> tuple[Axis, ...]:
        return (self.rows, self.columns, *([self.layers] if self.layers else []))

    @property
    def is_sensitive(self) -> bool:
        return any(axis.sensitive for axis in self.axes)

    @property
    def hides(self) -> bool:
        """Whether anything is kept back."""
        return any(cell.count is None for table in self.tables for line in table.cells for cell in line)


def turned(table: CrossTab) -> CrossTab:
    """The same table without layers, with rows and columns exchanged."""
    return replace(
        table, rows=table.columns, columns=table.rows, tables=tuple(_turned(one) for one in table.tables)
    )


def _turned(table: Table) -> Table:
    cells = tuple(
        tuple(replace(line[place], row=column, column=line[place].row) for line in table.cells)
        for place, column in enumerate(table.column_totals)
    )
    return replace(table, cells=cells, row_totals=table.column_totals, column_totals=table.row_totals)


def crosstab(
    frame: Frame,
    rows: str,
    columns: str,
    *,
    layers: str | None = None,
    only: pl.Series | None = None,
    weights: pl.Series | None = None,
) -> CrossTab:
    """The table of two fields, one for each category of a third if ``layers`` names it.

    ``only`` (Boolean) says which rows of the frame are looked at; ``weights`` is numeric; both are as long
    as the frame. Raises :class:`~.axes.NoAxisError` for a field that makes no table, ``ValueError`` where
    one field is named twice or the layers have too many categories.
    """
    names = [rows, columns, *([layers] if layers else [])]
    if len(set(names)) < len(names):
        raise ValueError("A variable stands against others, not against itself.")
    coded = [axes.coded(frame, name, only) for name in names]
    given = np.logical_and.reduce([each.given for each in coded])
    all_weights = np.ones(frame.table.height) if weights is None else weights.cast(pl.Float64).to_numpy()
    kept = all_weights if only is None else all_weights[only.to_numpy()]
    sides = _Sides(coded[0], coded[1], kept)
    if layers is None:
        return _of(coded, (sides.table(given, None),), given, weights is not None)
    if len(coded[2].axis.categories) > MOST_LAYERS:
        raise ValueError("Too many layers.")
    tables = tuple(sides.table(given & mask, category) for category, mask in _layers(coded[2]))
    pairs = tuple(
        _of([a, b], (_Sides(a, b, kept).table(a.given & b.given, None),), given, weights is not None)
        for a, b in ((coded[0], coded[1]), (coded[0], coded[2]), (coded[1], coded[2]))
    )
    return _of(coded, tables, given, weights is not None, pairs)


def crossed(rows: Coded, columns: Coded) -> CrossTab:
    """The table of two axes over the same people, unweighted, where one of them is no field of the frame."""
    given = rows.given & columns.given
    table = _Sides(rows, columns, np.ones(len(given))).table(given, None)
    return _of([rows, columns], (table,), given, False)


def _of(
    coded: Sequence[Coded],
    tables: tuple[Table, ...],
    given: NDArray[np.bool_],
    is_weighted: bool,
    pairs: tuple[CrossTab, ...] = (),
) -> CrossTab:
    layers = coded[2].axis if len(coded) > 2 else None
    return CrossTab(coded[0].axis, coded[1].axis, layers, tables, len(given), is_weighted, pairs)


def _layers(coded: Coded) -> Iterator[tuple[Category, NDArray[np.bool_]]]:
    for place, category in enumerate(coded.axis.categories):
        yield category, coded.members[place] if coded.axis.overlaps else coded.codes == place


@dataclass(frozen=True)
class _Sides:
    """Two axes over the same rows, with the weights of these."""

    rows: Coded
    columns: Coded
    weights: Numbers

    def table(self, keep: NDArray[np.bool_], layer: Category | None) -> Table:
        ones, squares = np.ones(len(self.weights)), self.weights**2
        counts, weighted = self._counted(keep, ones), self._counted(keep, self.weights)
        row_totals = _margins(*(_line(self.rows, keep, w) for w in (ones, self.weights, squares)))
        column_totals = _margins(*(_line(self.columns, keep, w) for w in (ones, self.weights, squares)))
        whole = _margins(*(np.array([w[keep].sum()]) for w in (ones, self.weights, squares)))[0]
        cells = tuple(
            tuple(
                Cell(int(counts[r, c]), float(weighted[r, c]), row, column, whole)
                for c, column in enumerate(column_totals)
            )
            for r, row in enumerate(row_totals)
        )
        tests = self._tests(counts, weighted, whole)
        return Table(layer, cells, row_totals, column_totals, whole, *tests)

    def _tests(
        self, counts: Numbers, weighted: Numbers, whole: Margin
    ) -> tuple[Association | None, Association | None]:
        if self.rows.axis.overlaps or self.columns.axis.overlaps or not whole.count:
            return None, None
        positive = weighted.sum() > 0
        return association(counts), association(weighted, effective=whole.effective) if positive else None

    def _counted(self, keep: NDArray[np.bool_], weights: Numbers) -> Numbers:
        if self.rows.axis.overlaps:
            return _stacked([_line(self.columns, keep & m, weights) for m in self.rows.members], self)
        if self.columns.axis.overlaps:
            lines = [_line(self.rows, keep & member, weights) for member in self.columns.members]
            return np.array(lines).reshape(len(lines), len(self.rows.axis.categories)).T
        width = len(self.columns.axis.categories)
        places = self.rows.codes[keep] * width + self.columns.codes[keep]
        size = len(self.rows.axis.categories) * width
        found: Numbers = np.bincount(places, weights[keep], size).astype(np.float64)
        return found.reshape(len(self.rows.axis.categories), width)


def _stacked(lines: Sequence[Numbers], sides: _Sides) -> Numbers:
    return np.array(lines).reshape(len(lines), len(sides.columns.axis.categories))


def _line(coded: Coded, keep: NDArray[np.bool_], weights: Numbers) -> Numbers:
    """What the weights of the rows that are kept add up to, in each category."""
    if coded.axis.overlaps:
        return np.array([weights[keep & member].sum() for member in coded.members])
    return np.bincount(coded.codes[keep], weights[keep], len(coded.axis.categories)).astype(np.float64)


def _margins(counts: Numbers, weighted: Numbers, squares: Numbers) -> tuple[Margin, ...]:
    return tuple(
        Margin(round(count), float(weight), float(weight) ** 2 / float(square) if square else 0.0)
        for count, weight, square in zip(counts, weighted, squares, strict=True)
    )
