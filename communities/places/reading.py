"""Rows of a CSV file as text, with everything that is wrong with the file said by row and column.

Takes UTF-8 with or without a byte order mark, and commas or (as a Spanish Excel writes) semicolons.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

# Far more than all offices of the world; a larger file is another file.
MAX_BYTES = 5_000_000


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong. Rows are counted as a spreadsheet does: the headings are row 1."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = _("%(file)s, row %(row)s") % {"file": self.file, "row": self.row}
        column = _(", column %(column)s") % {"column": self.column} if self.column else ""
        return f"{place}{column}: {self.message}"


class ImportRefusedError(Exception):
    """The files have problems; nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Row:
    file: str
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def problem(self, column: str, message: str) -> Problem:
        return Problem(self.file, self.number, column, message)


def read_rows(path: Path, *, required: Iterable[str]) -> tuple[list[Row], list[Problem]]:
    """All rows that are not blank.

    Raises ``ImportRefusedError`` when the file cannot be read as a table at all: no such file, another
    encoding, a missing heading.
    """
    lines = list(enumerate(_records(path), start=1))
    headings = [cell.strip() for cell in lines[0][1]] if lines else []
    _check_headings(path.name, headings, required)
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(headings):
            message = _(
                "It has %(found)s cells, and the headings are %(wanted)s. Is a quotation mark missing?"
            )
            counts = {"found": len(cells), "wanted": len(headings)}
            problems.append(Problem(path.name, number, "", message % counts))
            continue
        texts = [cell.strip() for cell in cells]
        rows.append(Row(path.name, number, dict(zip(headings, texts, strict=True))))
    return rows, problems


def _records(path: Path) -> list[list[str]]:
    text = _text(path)
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _refused(path, 1, _("This is not a CSV file (%(error)s).") % {"error": error}) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, 1, _("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error
    if len(data) > MAX_BYTES:
        raise _refused(path, 1, _("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1_000_000})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise _refused(path, row, _("The text is not UTF-8. Save the file as “CSV UTF-8”.")) from error


def _check_headings(file: str, headings: list[str], required: Iterable[str]) -> None:
    problems = [
        Problem(file, 1, name, _("This column is missing.")) for name in required if name not in headings
    ]
    problems += [
        Problem(file, 1, name, _("Two columns have this heading."))
        for name, times in Counter(headings).items()
        if times > 1 and name
    ]
    if problems:
        raise ImportRefusedError(problems)


def _refused(path: Path, row: int, message: str) -> ImportRefusedError:
    return ImportRefusedError([Problem(path.name, row, "", message)])
