"""The cells of a table that are hidden beside its small ones: few of them, and those with few people.

Where the sums of rows and columns are known, hidden numbers can only change together: what one cell of a row
gains another loses, and so on around a cycle of hidden cells. A small cell is hidden well enough where such
cycles leave it room for the minimum, from the least to the most that it may hold. Where they do not, the
cycle is closed through the cells that cost least; at the end, whatever is not needed is shown again.

The bounds are exact for one table: they are those of a flow in a network, where whole numbers are no
restriction. The way is that of J. P. Kelly, B. L. Golden and A. A. Assad, "Cell suppression: disclosure
protection for sensitive tabular data", Networks 22 (1992), 397-417. What is hidden depends on the numbers
alone, never on the time at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .suppression import Counts, Mask, small

Cell = tuple[int, int]
Costs = NDArray[np.float64]
# Steps spent on showing again what is not needed, so that large tables take no longer than a page may.
PATIENCE = 2_000_000


def around(counts: Counts, minimum: int) -> Mask:
    """Which cells of a table with known margins are hidden: the small ones, and what keeps them hidden.

    All of them where a small cell finds no room: its row or its column is too small.
    """
    few = small(counts, minimum)
    hidden = few.copy()
    rooms = _room_in_rectangles(counts, hidden)
    narrow = _cells(few & (rooms < minimum))
    for cell in sorted(narrow, key=lambda cell: (rooms[cell], cell)):
        if not _close(counts, hidden, cell, minimum):
            return np.ones_like(few)
    return _without_needless(counts, hidden, few, minimum)


def room(counts: Counts, hidden: Mask, cell: Cell, enough: int) -> int:
    """By how much a hidden cell may vary, by the other hidden ones; exact up to ``enough``."""
    walls = np.where(hidden, 0.0, np.inf)
    down = _Table(counts.copy(), walls).change(cell, min(enough, int(counts[cell])), up=False)
    return down + _Table(counts.copy(), walls).change(cell, enough - down, up=True)


def _close(counts: Counts, hidden: Mask, cell: Cell, minimum: int) -> bool:
    """Hide more until a cell has room; ``False`` where it finds none."""
    if room(counts, hidden, cell, minimum) >= minimum:
        return True
    # To hide a zero costs as much as the smallest number that is shown: it is often known from elsewhere.
    costs = np.where(hidden, 0.0, np.maximum(counts, minimum).astype(np.float64))
    _Table(counts.copy(), costs).change(cell, minimum, up=True)
    _Table(counts.copy(), costs).change(cell, int(counts[cell]), up=False)
    hidden |= costs == 0
    return room(counts, hidden, cell, minimum) >= minimum


def _without_needless(counts: Counts, hidden: Mask, few: Mask, minimum: int) -> Mask:
    """Show again what the small cells do not need, the largest first."""
    looks = PATIENCE // max(1, counts.size * len(counts))
    for cell in sorted(_cells(hidden & ~few), key=lambda cell: (-counts[cell], cell))[:looks]:
        hidden[cell] = False
        doubtful = _cells(few & (_room_in_rectangles(counts, hidden) < minimum))
        if any(room(counts, hidden, each, minimum) < minimum for each in doubtful):
            hidden[cell] = True
    return hidden


def _room_in_rectangles(counts: Counts, hidden: Mask) -> Counts:
    """At least so much room has each hidden cell, by one other row: quick, and mostly enough."""
    inside, ones = np.where(hidden, counts, 0), hidden.astype(np.int64)
    mine, theirs = inside @ ones.T, ones @ inside.T
    up = np.minimum(inside[None, :, :], mine[:, :, None] - inside[:, None, :])
    down = np.minimum(inside[:, None, :], theirs[:, :, None] - inside[None, :, :])
    other = ~np.eye(len(counts), dtype=np.bool_)[:, :, None]
    usable = hidden[None, :, :] & hidden[:, None, :] & other
    found: Counts = np.where(usable, up, 0).max(axis=1, initial=0) + np.where(usable, down, 0).max(
        axis=1, initial=0
    )
    return found


def _cells(mask: Mask) -> list[Cell]:
    return [(int(row), int(column)) for row, column in np.argwhere(mask)]


@dataclass
class _Table:
    """A table on its way to another one with the same sums. A cell that was used costs nothing more."""

    counts: Counts
    costs: Costs

    def change(self, cell: Cell, by: int, *, up: bool) -> int:
        """Raise or lower a cell by so much, or as far as it goes."""
        done = 0
        while done < by and (cycle := self._cheapest(cell, up=up)):
            loses, gains = (cycle[::2], cycle[1::2]) if up else (cycle[1::2], cycle[::2])
            step = min(by - done, *(int(self.counts[each]) for each in loses))
            for each, sign in (*((each, -1) for each in loses), *((each, 1) for each in gains)):
                self.counts[each] += sign * step
                self.costs[each] = 0
            done += step
        return done

    def _cheapest(self, cell: Cell, *, up: bool) -> list[Cell]:
        """The cells of the cheapest cycle through a cell, without it: in its row first; empty for none."""
        losing = np.where(self.counts > 0, self.costs, np.inf)
        forth, back = (losing, self.costs.copy()) if up else (self.costs.copy(), losing)
        forth[cell] = back[cell] = np.inf
        search = _Search(cell, *forth.shape)
        while search.to_columns(forth) and search.to_rows(back):
            pass
        return search.cycle()


class _Search:
    """Shortest ways from the row of a cell: over cells to columns, and over cells to rows again."""

    def __init__(self, cell: Cell, rows: int, columns: int) -> None:
        self.cell = cell
        self.rows, self.columns = np.full(rows, np.inf), np.full(columns, np.inf)
        self.from_column, self.from_row = np.zeros(rows, dtype=np.int64), np.zeros(columns, dtype=np.int64)
        self.rows[cell[0]] = 0

    def to_columns(self, costs: Costs) -> bool:
        """Whether some column is nearer than it was."""
        return _step(self.columns, self.from_row, self.rows[:, None] + costs)

    def to_rows(self, costs: Costs) -> bool:
        return _step(self.rows, self.from_column, self.columns[:, None] + costs.T)

    def cycle(self) -> list[Cell]:
        """The cells from the row of the cell to its column, in order; empty where there is no way."""
        row, column = self.cell
        found: list[Cell] = []
        while np.isfinite(self.columns[column]):
            before = int(self.from_row[column])
            found.append((before, column))
            if before == row:
                break
            column = int(self.from_column[before])
            found.append((before, column))
        return found[::-1]


def _step(nearest: Costs, origin: NDArray[np.int64], ways: Costs) -> bool:
    best = ways.min(axis=0)
    nearer = best < nearest
    origin[nearer] = ways.argmin(axis=0)[nearer]
    nearest[nearer] = best[nearer]
    return bool(nearer.any())
