"""The table of figures, printed line by line as they come in."""

from __future__ import annotations

import sys
from dataclasses import dataclass

WIDTHS = (36, 11, 24, 8, 8, 20)
HEADINGS = ("What", "Database", "Speed", "Queries", "Peak MB", "Aim")


@dataclass(frozen=True)
class Row:
    """``fine`` says whether the aim is met; ``None`` where there is none."""

    what: str
    database: str
    speed: str
    queries: int | None = None
    peak_mb: float | None = None
    aim: str = ""
    fine: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = {True: "met", False: "MISSED", None: ""}[self.fine]
        return (
            self.what,
            self.database,
            self.speed,
            "" if self.queries is None else str(self.queries),
            f"{self.peak_mb:.0f}" if self.peak_mb else "",
            f"{self.aim} {verdict}".strip(),
        )


class Table:
    """Each line appears when it is known: a whole run takes some minutes."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._line(HEADINGS)
        self._line(tuple("-" * width for width in WIDTHS))

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self._line(row.cells)

    def print_end(self, machine: str, note: str = "") -> None:
        missed = sum(row.fine is False for row in self.rows)
        if note:
            sys.stdout.write(f"\n{note}\n")
        sys.stdout.write(f"\n{machine}. Aims missed: {missed}.\n")

    def _line(self, cells: tuple[str, ...]) -> None:
        padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")
        sys.stdout.flush()
