"""Files of earlier consultations, read as a plain table of texts: CSV, XLSX or SPSS."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pyreadstat
from django.utils.translation import gettext as _

from ..questionnaires.xlsform.report import Report
from ..questionnaires.xlsform.workbook import is_within_limits

MAX_FILE_MB = 20
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


class Unreadable(Exception):  # noqa: N818  (a state of affairs that is told to people)
    """The file cannot be taken. The message is for people."""


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

    def column(self, name: str) -> list[str]:
        place = [heading.name for heading in self.headings].index(name)
        return [row[place] for row in self.rows]


def read(content: bytes, file_name: str) -> Table:
    """Raises ``Unreadable``."""
    reader = _READERS.get(Path(file_name).suffix.lower())
    if reader is None:
        raise Unreadable(_("Send a file that ends in .csv, .xlsx or .sav."))
    if len(content) > MAX_FILE_MB * 1024 * 1024:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": MAX_FILE_MB})
    try:
        table = reader(content)
    except Unreadable:
        raise
    except Exception as error:  # (A damaged file makes the libraries raise nearly anything.)
        raise Unreadable(_("The file cannot be read. Save it again and send the new copy.")) from error
    return _checked(table)


def _checked(table: Table) -> Table:
    names = [heading.name for heading in table.headings]
    if not any(names) or not table.rows:
        raise Unreadable(_("The file has no line of headings with rows below it."))
    if len(table.rows) > MAX_ROWS or len(names) > MAX_COLUMNS:
        raise Unreadable(
            _("The file is too large: %(rows)s rows and %(columns)s columns at most.")
            % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
        )
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise Unreadable(_("Several columns are called “%(name)s”.") % {"name": repeated[0]})
    return table


def _of_csv(content: bytes) -> Table:
    text = _decoded(content)
    dialect: Any = csv.excel
    with suppress(csv.Error):
        dialect = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    return _of_lines(csv.reader(io.StringIO(text, newline=""), dialect))


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise Unreadable(_("The file is not written in a known alphabet. Save it as CSV in UTF-8."))


def _of_workbook(content: bytes) -> Table:
    """The first sheet. Formulas count with the value that was last computed."""
    if not is_within_limits(content, Report()):
        raise Unreadable(_("The workbook is damaged or too large. Save it as CSV and send that."))
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
    while names and not names[-1]:
        names.pop()
    width = len(names)
    rows = [tuple(cell.strip() for cell in (*line, *[""] * width)[:width]) for line in read_lines]
    while rows and not any(rows[-1]):
        rows.pop()
    kept = [place for place, name in enumerate(names) if name]
    return Table(
        tuple(Heading(names[place]) for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _of_spss(content: bytes) -> Table:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "wave.sav"
        path.write_bytes(content)
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


_READERS: dict[str, Callable[[bytes], Table]] = {
    ".csv": _of_csv,
    ".xlsx": _of_workbook,
    ".sav": _of_spss,
}
