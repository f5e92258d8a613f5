"""Which counts are hidden so that no small one can be worked out from those that are shown.

Two rules, both without guessing (ADR 0030):

*Along a line* (the options of one question) small counts are hidden together with the next larger ones, until
at least two are hidden and they add up to the minimum: what is left of the total says no more than their sum.

*In a table* whose margins are known, small cells are hidden as blocks of whole rows by whole columns.
Inside a block only the sums along its rows and columns can be worked out, so that a cell may be anything
from max(0, row + column - block) to min(row, column): the bounds of Fréchet, which are exact for a block. A
block is widened until these bounds leave room for the minimum.

The problem is that of L. H. Cox, "Suppression methodology and statistical disclosure control", Journal of
the American Statistical Association 75 (1980), 377-385; blocks hide more than the least possible and need
no solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


def small(counts: Counts, minimum: int) -> Mask:
    """Counts that tell of somebody, and of fewer than the minimum. Nobody is nobody: 0 is shown."""
    found: Mask = (counts > 0) & (counts < minimum)
    return found


def pool(
    counts: Sequence[int],
    minimum: int,
    *,
    sums: Iterable[frozenset[int]] = (),
    start: Iterable[int] = (),
    harmless: Iterable[int] = (),
) -> frozenset[int]:
    """The places of a line that are hidden together; empty where nothing has to be.

    ``sums``: sets of places whose sum is shown somewhere else; what is hidden inside and outside of each is
    hidden well enough by itself. ``start`` is hidden in any case. ``harmless`` places may be small and shown
    (people without an answer), and are hidden last.
    """
    everything, free = frozenset(range(len(counts))), frozenset(harmless)
    parts = [everything, *(part for each in sums for part in (everything & each, everything - each))]
    hidden = {p for p, count in enumerate(counts) if 0 < count < minimum} - free | set(start)
    while thin := [part for part in parts if _is_thin([counts[p] for p in hidden & part], minimum)]:
        rest = [p for p in everything - hidden if counts[p]]
        if not rest:
            return everything
        # The part itself may have nothing more to hide; then the whole line gives way.
        inside = [p for p in rest if p in thin[0]] or rest
        hidden.add(min(inside, key=lambda p: (p in free, counts[p], p)))
    return frozenset(hidden)


def _is_thin(hidden: Sequence[int], minimum: int) -> bool:
    return bool(hidden) and (len(hidden) < 2 or sum(hidden) < minimum)


@dataclass
class _Block:
    rows: set[int]
    columns: set[int]

    def touches(self, other: _Block) -> bool:
        return bool(self.rows & other.rows or self.columns & other.columns)

    def take(self, other: _Block) -> None:
        self.rows |= other.rows
        self.columns |= other.columns


def blocks(counts: Counts, minimum: int) -> Mask:
    """Which cells of a table with known margins are hidden. Shape (rows, columns), as ``counts``."""
    hidden = np.zeros(counts.shape, dtype=np.bool_)
    found = [_Block({int(r)}, {int(c)}) for r, c in np.argwhere(small(counts, minimum))]
    found = _merged(found)
    while (thin := next((b for b in found if not _is_wide(counts, b, minimum)), None)) is not None:
        _widen(
            counts, thin, [b for b in found if b is not thin and not _is_wide(counts, b, minimum)], minimum
        )
        found = _merged(found)
    for block in found:
        hidden[np.ix_(sorted(block.rows), sorted(block.columns))] = True
    return hidden


def bounds(counts: Counts) -> tuple[Counts, Counts]:
    """The least and the most that each cell of a block may hold, by the sums along its rows and columns."""
    rows, columns = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    return np.maximum(0, rows + columns - counts.sum()), np.minimum(rows, columns)


def _is_wide(counts: Counts, block: _Block, minimum: int) -> bool:
    if len(block.rows) == counts.shape[0] and len(block.columns) == counts.shape[1]:
        return True
    if len(block.rows) < 2 or len(block.columns) < 2:
        return False
    inside = counts[np.ix_(sorted(block.rows), sorted(block.columns))]
    least, most = bounds(inside)
    return bool((most - least)[small(inside, minimum)].min(initial=minimum) >= minimum)


def _widen(counts: Counts, block: _Block, others: Sequence[_Block], minimum: int) -> None:
    """With another thin block where there is one; else by the row or column that costs least."""
    if others:
        block.take(others[0])
        return
    rows = [r for r in range(counts.shape[0]) if r not in block.rows]
    columns = [c for c in range(counts.shape[1]) if c not in block.columns]
    if rows and (len(block.rows) < 2 or not columns or 2 <= len(block.columns) >= len(block.rows)):
        among = sorted(block.columns)
        by_size = sorted(rows, key=lambda row: int(counts[row, among].sum()))
        enough = (r for r in by_size if _is_wide(counts, _Block(block.rows | {r}, block.columns), minimum))
        block.rows.add(next(enough, by_size[-1]))
    else:
        among = sorted(block.rows)
        by_size = sorted(columns, key=lambda column: int(counts[among, column].sum()))
        enough = (c for c in by_size if _is_wide(counts, _Block(block.rows, block.columns | {c}), minimum))
        block.columns.add(next(enough, by_size[-1]))


def _merged(found: list[_Block]) -> list[_Block]:
    """Blocks that share a row or a column are one: else the sums of one would tell of the other."""
    apart: list[_Block] = []
    for block in found:
        block = _Block(set(block.rows), set(block.columns))
        touching = [other for other in apart if other.touches(block)]
        while touching:
            for other in touching:
                block.take(other)
            apart = [other for other in apart if other not in touching]
            touching = [other for other in apart if other.touches(block)]
        apart.append(block)
    return apart
