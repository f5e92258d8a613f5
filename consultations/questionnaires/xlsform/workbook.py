"""Opening a workbook that somebody sent: within limits, cell by cell, whatever it holds."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from .columns import CHOICES, IMPOSSIBLE, SETTINGS, SURVEY, TRANSLATED, Column, column
from .report import Report

MAX_FILE_MB = 5
MAX_UNPACKED_BYTES = 40 * 1024 * 1024
MAX_COLUMNS = 300
# A survey of a thousand questions is long; a list of all municipalities of a country is not.
MAX_ROWS = {"survey": 2_000, "choices": 20_000, "settings": 100}

TAKEN_SHEETS = (SETTINGS, CHOICES, SURVEY)
# What nobody sees in a cell and everybody copies: zero-width blanks, the byte order mark, soft hyphens.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_UNSEEN_COLUMNS = frozenset({"type", "name", "list_name"})
# Spreadsheets write characters that XML cannot hold by number, most of all the returns of Windows.
_NUMBERED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Sheets of the standard that would change what the questionnaire means.
REFUSED_SHEETS = frozenset({"external_choices", "entities", "osm", "cascades", "loops"})


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row. ``number`` counts from 1, as spreadsheets do."""

    sheet: str
    number: int
    cells: Mapping[Column, str]

    def get(self, base: str) -> str:
        return next((text for column, text in self.cells.items() if column.base == base), "")

    def header(self, base: str) -> str:
        return next((column.header for column in self.cells if column.base == base), base)

    def texts(self, base: str, default_language: str) -> dict[str, str]:
        """The text in each language; a column without one is in the default language."""
        found = ((column, text) for column, text in self.cells.items() if column.base == base)
        return {column.language or default_language: text for column, text in found}


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()


def open_sheets(source: bytes, report: Report) -> dict[str, Sheet]:
    """The sheets survey, choices and settings, as far as they can be read."""
    if not is_within_limits(source, report):
        return {}
    found = Report()
    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions such as data validation, which hold nothing for us.
            warnings.simplefilter("ignore")
            sheets = _sheets(source, found)
    except Exception:  # (A damaged or hostile file makes openpyxl raise nearly anything.)
        report.error("file_unreadable")
        return {}
    report.findings.extend(found.findings)
    return sheets


def is_within_limits(source: bytes, report: Report) -> bool:
    """Whether a workbook may be opened: neither too large nor swelling when it is unpacked."""
    if len(source) > MAX_FILE_MB * 1024 * 1024:
        report.error("file_too_large", limit=MAX_FILE_MB)
        return False
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            # The sizes that the archive declares bind: zipfile reads no further than them.
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        report.error("file_unreadable")
        return False
    if unpacked > MAX_UNPACKED_BYTES:
        report.error("file_swells")
        return False
    return True


def _sheets(source: bytes, report: Report) -> dict[str, Sheet]:
    book = openpyxl.load_workbook(BytesIO(source), read_only=True, keep_links=False)
    sheets = {}
    for worksheet in book.worksheets:
        name = worksheet.title.strip().lower()
        if name in sheets:
            report.error("sheet_twice", name, name=worksheet.title)
        elif name in TAKEN_SHEETS:
            sheets[name] = _sheet(name, worksheet, report)
        elif any(cell.value is not None for row in _cells(worksheet, 100) for cell in row):
            where = report.error if name in REFUSED_SHEETS else report.notice
            where("sheet_refused" if name in REFUSED_SHEETS else "sheet_ignored", name=worksheet.title)
    return sheets


def _cells(worksheet: Any, most: int) -> Iterator[Sequence[Any]]:
    # Declared dimensions may be wrong or absurd: count for ourselves.
    worksheet.reset_dimensions()
    rows: Iterator[Sequence[Any]] = worksheet.iter_rows(max_row=most + 1, max_col=MAX_COLUMNS + 1)
    return rows


def _sheet(name: str, worksheet: Any, report: Report) -> Sheet:
    columns: dict[int, Column] = {}
    rows: list[Row] = []
    most = MAX_ROWS[name]
    for number, cells in enumerate(_cells(worksheet, most), start=1):
        if number > most:
            report.error("too_many_rows", name, limit=most)
            break
        filled = ((at, cell) for at, cell in enumerate(cells) if cell.value is not None)
        texts = {at: text for at, cell in filled if (text := _text(name, cell, report))}
        if not columns:
            columns = _header(name, number, texts, report)
        elif texts:
            rows.append(_row(name, number, texts, columns, report))
    return Sheet(name, tuple(columns.values()), tuple(rows))


def _header(name: str, number: int, texts: Mapping[int, str], report: Report) -> dict[int, Column]:
    if max(texts, default=0) >= MAX_COLUMNS:
        report.error("too_many_columns", name, limit=MAX_COLUMNS)
    columns: dict[int, Column] = {}
    for at, text in texts.items():
        new = column(text, name)
        if any((new.base, new.language) == (old.base, old.language) for old in columns.values()):
            report.error("column_twice", name, number, text, name=text)
        elif new.language == "?" and new.base in TRANSLATED:
            report.error("language_unknown", name, number, text)
        columns[at] = new
    return columns


def _row(
    name: str, number: int, texts: Mapping[int, str], columns: Mapping[int, Column], report: Report
) -> Row:
    for at in texts.keys() - columns.keys():
        report.notice("cell_without_header", name, number, get_column_letter(at + 1))
    # By column order; of two columns with the same header (reported already) the last one counts.
    cells = ((column, texts[at]) for at, column in columns.items() if at in texts)
    return Row(name, number, {column: _seen(column, text) for column, text in cells})


def _seen(column: Column, text: str) -> str:
    return _UNSEEN.sub("", text).strip() if column.base in _UNSEEN_COLUMNS else text


def _text(name: str, cell: Any, report: Report) -> str:
    """What the cell holds, as the text that its author sees."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind in ("f", "e"):
        code = "cell_formula" if kind == "f" else "cell_error"
        report.error(code, name, cell.row, cell.column_letter)
        return ""
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    text = IMPOSSIBLE.sub("", _NUMBERED.sub(lambda found: chr(int(found[1], 16)), str(value)))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
