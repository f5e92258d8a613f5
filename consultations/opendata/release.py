"""From the frame to a data set for everyone, with a report of everything that was changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..analysis.frame import Frame
from .anonymity import Protected, protect
from .cells import Cells, can_tell_apart, cells_of


@dataclass(frozen=True)
class Release:
    """The protected table, and what happened on the way to it."""

    protected: Protected
    cells: Sequence[Cells]
    quasi: Sequence[str]
    k: int
    responses: int

    @property
    def table(self) -> pl.DataFrame:
        return self.protected.table

    @property
    def report(self) -> Mapping[str, Any]:
        """As JSON: numbers of rows and cells, names of columns and codes. It names no row."""
        return {
            "k": self.k,
            "quasi_identifiers": list(self.quasi),
            "responses": self.responses,
            "rows": self.table.height,
            "dropped": self.protected.dropped,
            "smallest_set": self.protected.smallest,
            "left_out": {item.name: item.reason.value for item in self.cells if item.reason},
            "banded": {item.name: item.width for item in self.cells if item.width > 1},
            "grouped": {name: list(codes) for name, codes in self.protected.grouped.items()},
            "suppressed": dict(self.protected.suppressed),
        }


def release(frame: Frame, *, quasi: Sequence[str], k: int) -> Release:
    """Make the data set. Rows come in random order, so that nothing can be read from it.

    Raises ``ValueError`` for a quasi-identifier that cannot be one.
    """
    if not set(quasi) <= set(can_tell_apart(frame)):
        raise ValueError("not a quasi-identifier")
    cells = cells_of(frame, k)
    table = pl.DataFrame([item.texts for item in cells if item.texts is not None])
    shuffled = table.sample(fraction=1, shuffle=True, seed=secrets.randbits(32))
    return Release(protect(shuffled, quasi=quasi, k=k), cells, quasi, k, frame.table.height)
