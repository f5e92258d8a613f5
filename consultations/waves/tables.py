"""Files of earlier consultations, read as a plain table of texts: CSV, XLSX or SPSS."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat

from portal import scratch

from ..questionnaires.xlsform.report import Report
from ..questionnaires.xlsform.workbook import is_within_limits
from . import delimited
from .unreadable import Unreadable

MAX_FILE_MB = 20
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
"""A statistics file of 20 MB can hold many more once it is unpacked."""
_HEAD = 4_096


@dataclass(frozen=True)
class Heading:
    """A column of the file. ``labels``: what its codes mean, where the file says so."""

    name: str
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Rows in the order of the file, a text a cell; empty cells are empty texts."""

    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]
    # How people count the rows of such a file: with a line of headings, data begin in the second.
    first_row: int = 2
    # By place of the row, the first cell that stands beyond the last heading.
    surplus: Mapping[int, str] = field(default_factory=dict)

    def column(self, name: str) -> list[str]:
        place = [heading.name for heading in self.headings].index(name)
        return [row[place] for row in self.rows]


def admit(content: bytes, file_name: str) -> None:
    """Whether a file is worth reading, told from its ending, its size and its first bytes.

    Raises ``Unreadable``.
    """
    ending = Path(file_name).suffix.lower()
    if ending not in _READERS:
        raise Unreadable("kind")
    if len(content) > MAX_FILE_MB * 1024 * 1024:
        raise Unreadable("large", limit=MAX_FILE_MB)
    if not content.strip(b"\r\n\t \xef\xbb\xbf"):
        raise Unreadable("empty")
    if not _LOOKS_LIKE[ending](content[:_HEAD]):
        raise Unreadable("not_its_kind", ending=ending)
    if ending == ".xlsx" and not is_within_limits(content, Report()):
        raise Unreadable("swells")


def read(content: bytes, file_name: str) -> Table:
    """All of it, which takes a while. Raises ``Unreadable``."""
    admit(content, file_name)
    try:
        table = _READERS[Path(file_name).suffix.lower()](content)
    except Unreadable:
        raise
    except Exception as error:  # (A damaged file makes the libraries raise nearly anything.)
        raise Unreadable("damaged") from error
    return _checked(table)


def _checked(table: Table) -> Table:
    names = [heading.name for heading in table.headings]
    if not any(names) or not table.rows:
        raise Unreadable("empty")
    _not_too_many(len(table.rows), len(names))
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable("repeated", name=repeated[0])
    return table


def _not_too_many(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unreadable("too_many", rows=MAX_ROWS, columns=MAX_COLUMNS)
    if rows * columns > MAX_CELLS:
        raise Unreadable("too_many_cells", cells=MAX_CELLS)


def _of_csv(content: bytes) -> Table:
    return _of_lines(delimited.lines(content))


def _of_workbook(content: bytes) -> Table:
    """The first sheet. Formulas count with the value that was last computed."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    lines = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
    table = _of_lines([_text(cell) for cell in line] for line in lines)
    book.close()
    return table


def _of_lines(lines: Iterable[list[str]]) -> Table:
    read_lines = islice(lines, MAX_ROWS + 2)
    names = [name.strip() for name in next(iter(read_lines), [])]
    width = len(names)
    if width > MAX_COLUMNS and any(names[MAX_COLUMNS:]):
        _not_too_many(0, width)
    rows, surplus = [], {}
    for place, line in enumerate(read_lines):
        cells = [cell.strip() for cell in line]
        if beyond := next((cell for cell in cells[width:] if cell), ""):
            surplus[place] = beyond
        rows.append(tuple((*cells, *[""] * width)[:width]))
    while rows and not any(rows[-1]) and len(rows) - 1 not in surplus:
        rows.pop()
    kept = [place for place, name in enumerate(names) if name]
    return Table(
        tuple(Heading(names[place]) for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        surplus=surplus,
    )


def _of_spss(content: bytes) -> Table:
    with scratch.folder() as folder:
        path = folder / "wave.sav"
        path.write_bytes(content)
        _unused, size = pyreadstat.read_sav(path, metadataonly=True)
        _not_too_many(size.number_rows or 0, size.number_columns or 0)
        found, meta = pyreadstat.read_sav(path, output_format="dict", row_limit=MAX_ROWS + 1)
    labels = meta.variable_value_labels
    headings = [
        Heading(
            name,
            meta.column_names_to_labels.get(name) or "",
            {_text(code): str(label) for code, label in labels.get(name, {}).items()},
        )
        for name in meta.column_names
    ]
    columns = [[_text(cell) for cell in found[name]] for name in meta.column_names]
    return Table(tuple(headings), tuple(zip(*columns, strict=True)), first_row=1)


def _text(cell: Any) -> str:
    """Whole numbers without a point, days as ISO 8601, nothing as an empty text."""
    if cell is None or cell != cell:  # SPSS's missing value is not a number
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


_LOOKS_LIKE: dict[str, Callable[[bytes], bool]] = {
    ".csv": delimited.is_text,
    ".xlsx": lambda head: head.startswith(b"PK"),
    ".sav": lambda head: head.startswith((b"$FL2", b"$FL3")),
}
_READERS: dict[str, Callable[[bytes], Table]] = {
    ".csv": _of_csv,
    ".xlsx": _of_workbook,
    ".sav": _of_spss,
}
