"""Tables in the shapes that they are shown in: categories taken as one, counts rounded, cells left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .crosstabs import HIDDEN, Cell, Margin, Table
from .protection import Protection

Groups = Sequence[Sequence[int]]


def merged(table: Table, row_groups: Groups, column_groups: Groups) -> Table:
    """With one category for each group of places."""
    rows = tuple(_sum([table.row_totals[p] for p in group]) for group in row_groups)
    columns = tuple(_sum([table.column_totals[p] for p in group]) for group in column_groups)
    cells = tuple(
        tuple(
            _joined([table.cells[r][c] for r in across for c in down], row, column, table.whole)
            for down, column in zip(column_groups, columns, strict=True)
        )
        for across, row in zip(row_groups, rows, strict=True)
    )
    return replace(table, cells=cells, row_totals=rows, column_totals=columns)


def _sum(margins: Sequence[Margin]) -> Margin:
    """The effective number of people follows from the weights and their squares (Kish)."""
    weighted = sum(each.weighted or 0 for each in margins)
    squares = sum((each.weighted or 0) ** 2 / each.effective for each in margins if each.effective)
    return Margin(
        sum(each.count or 0 for each in margins), weighted, weighted**2 / squares if squares else 0.0
    )


def _joined(cells: Sequence[Cell], row: Margin, column: Margin, whole: Margin) -> Cell:
    weighted = sum(cell.weighted or 0 for cell in cells)
    return Cell(sum(cell.count or 0 for cell in cells), weighted, row, column, whole)


def left_out(margins: Sequence[Margin], hidden: Sequence[int]) -> tuple[Margin, ...]:
    """Margins without those of hidden places."""
    return tuple(HIDDEN if place in hidden else margin for place, margin in enumerate(margins))


def hidden_cell(row: Margin, column: Margin, whole: Margin) -> Cell:
    return Cell(None, None, row, column, whole)


def blank(table: Table) -> Table:
    """Nothing of it, in its shape."""
    return Table(
        layer=replace(table.layer, count=None) if table.layer else None,
        cells=tuple(tuple(hidden_cell(HIDDEN, HIDDEN, HIDDEN) for _cell in line) for line in table.cells),
        row_totals=(HIDDEN,) * len(table.row_totals),
        column_totals=(HIDDEN,) * len(table.column_totals),
        whole=HIDDEN,
    )


def rounded(table: Table, protection: Protection) -> Table:
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
