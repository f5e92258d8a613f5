"""How wide the columns of a table are: no word is cut in two while another column has room to spare."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Table

# What the line of a page holds, in characters of a heading, and what a cell keeps free at its sides.
LINE, MARGIN = 82, 2
# A table of more columns is written smaller, its headings more so than its cells.
MANY, SMALL_LINE, SMALL_MARGIN, LARGER_CELLS = 5, 118, 1, 1.3


def is_small(table: Table) -> bool:
    return len(table.headings) > MANY


def shares(table: Table) -> list[float]:
    """Characters a column, together a line: as the table wishes, and what its longest words need."""
    wished = list(table.widths) or [3, *[1] * (len(table.headings) - 1)]
    line = SMALL_LINE if is_small(table) else LINE
    wide = [line * share / sum(wished) for share in wished]
    needed = _needed(table)
    lacking = sum(max(need - have, 0) for need, have in zip(needed, wide, strict=True))
    spare = sum(max(have - need, 0) for need, have in zip(needed, wide, strict=True))
    moved = min(lacking, spare)
    return [
        have + (need - have) * moved / (lacking if need > have else spare or 1)
        for need, have in zip(needed, wide, strict=True)
    ]


def has_room(table: Table) -> bool:
    """Whether every word stands whole."""
    return sum(_needed(table)) <= (SMALL_LINE if is_small(table) else LINE)


def _needed(table: Table) -> list[float]:
    margin, larger = (SMALL_MARGIN, LARGER_CELLS) if is_small(table) else (MARGIN, 1)
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.headings)
    return [
        margin + max(_longest_word([heading]), larger * _longest_word(cells))
        for heading, cells in zip(table.headings, columns, strict=True)
    ]


def _longest_word(cells: Sequence[str]) -> int:
    """A blank that does not break holds a number and its sign together."""
    return max((len(word) for cell in cells for word in cell.split(" ")), default=0)
