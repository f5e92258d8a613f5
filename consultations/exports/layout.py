"""How wide the columns of a worksheet are, and where their texts break: by what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from ..analysis.frame import ID

# In characters.
NARROWEST, WIDEST = 9, 60
# Rows that are looked at: the others look alike.
SEEN = 500
MOST_LINES = 10


@dataclass(frozen=True)
class Layout:
    """Column by column: ``widths`` in characters, and whether long texts are written on several lines.

    Answers stay on one line each: a table of thousands of responses is read by filtering, not by scrolling
    past long texts. So do lists of many lines: one cell with all countries would fill the screen.
    """

    widths: tuple[float, ...]
    wraps: tuple[bool, ...]

    def lines(self, table: pl.DataFrame) -> pl.Series:
        """How many lines each row needs: programs do not all find it out by themselves."""
        broken = [
            _lines_in(pl.col(name), width)
            for name, width, wraps in zip(table.columns, self.widths, self.wraps, strict=True)
            if wraps and table.schema[name] == pl.String
        ]
        most = pl.max_horizontal(pl.repeat(1, pl.len()), *broken).clip(1, MOST_LINES)
        return table.select(most.cast(pl.Int32).alias("lines"))["lines"]


def layout(table: pl.DataFrame) -> Layout:
    is_prose = ID not in table.columns
    wraps = tuple(is_prose and _most_lines(column) <= MOST_LINES for column in table)
    return Layout(tuple(_widths(table.head(SEEN), WIDEST if is_prose else WIDEST // 2)), wraps)


def _lines_in(text: pl.Expr, width: float) -> pl.Expr:
    """Line breaks, and what does not fit into the width; words that move to the next line leave gaps."""
    length = text.str.len_chars()
    needed = pl.when(length <= width).then(1).otherwise((length * 1.1 / width).ceil())
    return (text.str.count_matches("\n") + needed).cast(pl.Int32)


def _most_lines(column: pl.Series) -> int:
    most = column.str.count_matches("\n").max() if column.dtype == pl.String else 0
    return 1 + int(most) if isinstance(most, int) else 1


def _widths(table: pl.DataFrame, widest: int) -> Iterator[float]:
    for column in table:
        lengths = column.cast(pl.String).str.split("\n").explode().str.len_chars()
        usual = lengths.quantile(0.95) or 0
        # A heading may break where its cells are short; its button for filtering takes room, too.
        heading = min(len(column.name) + 3, 24)
        yield float(min(max(NARROWEST, heading, usual + 1), widest))
