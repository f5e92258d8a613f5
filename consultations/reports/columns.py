"""How wide the columns of a table are: no word is cut in two while another column has room to spare."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Table

# What the line of a page holds, in characters of a heading, and what a cell keeps free at its sides.
LINE, MARGIN = 82, 2


def shares(table: Table) -> list[float]:
    """Characters a column, together a line: as the table wishes, and what its longest words need."""
    wished = list(table.widths) or [3, *[1] * (len(table.headings) - 1)]
    wide = [LINE * share / sum(wished) for share in wished]
    needed = [_longest_word(cells) + MARGIN for cells in zip(table.headings, *table.rows, strict=True)]
    lacking = sum(max(need - have, 0) for need, have in zip(needed, wide, strict=True))
    spare = sum(max(have - need, 0) for need, have in zip(needed, wide, strict=True))
    moved = min(lacking, spare)
    return [
        have + (need - have) * moved / (lacking if need > have else spare or 1)
        for need, have in zip(needed, wide, strict=True)
    ]


def _longest_word(cells: Sequence[str]) -> int:
    """A blank that does not break holds a number and its sign together."""
    return max(len(word) for cell in cells for word in cell.split(" "))
