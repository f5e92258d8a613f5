"""Cells of a spreadsheet as a form would have sent them: chosen or not, numbers, days, several in one."""

from __future__ import annotations

import re
from datetime import datetime

from communities.places.folding import fold

_BETWEEN = re.compile(r"\s*[;|\n]\s*")
_CHOSEN = frozenset({"1", "x", "true", "yes", "y", "si", "sim", "s", "elegido", "chosen", "selected"})
_NOT_CHOSEN = frozenset({"0", "false", "no", "n", "nao", "no elegido", "not chosen", "not selected"})
_DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")


class NoSuchCell(ValueError):  # noqa: N818  (a state of affairs that is told to people)
    """A cell that cannot be what its column was taken for. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def several(cell: str) -> list[str]:
    """Several options in one cell, separated by semicolons, bars or lines."""
    return [part for part in _BETWEEN.split(cell.strip()) if part]


def chosen(cell: str) -> bool:
    """Whether an option was chosen. Raises ``NoSuchCell``."""
    word = fold(cell)
    if word in _CHOSEN or word in _NOT_CHOSEN:
        return word in _CHOSEN
    raise NoSuchCell("not_a_flag")


def place(cell: str) -> int:
    """The place in a ranking, from 1. Raises ``NoSuchCell``."""
    if not cell.isdecimal() or int(cell) < 1:
        raise NoSuchCell("not_a_place")
    return int(cell)


def day(cell: str) -> str:
    """ISO 8601. Days stand before months, as in Peru. Raises ``NoSuchCell``."""
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(cell[:10].strip(), form).date().isoformat()
        except ValueError:
            continue
    raise NoSuchCell("not_a_date")
