"""Files read back, cell by cell, without the code that wrote them."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl


def workbook(path: Path) -> list[list[dict[str, Any]]]:
    """Every sheet as a list of rows, each a mapping from the heading to the cell."""
    book = openpyxl.load_workbook(path)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    return [
        [dict(zip(rows[0], [_plain(cell) for cell in row], strict=True)) for row in rows[1:]]
        for rows in sheets
    ]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _plain(cell: Any) -> Any:
    """Dates as they are written; ``_xHHHH_`` is how the format writes that text itself (ST_Xstring)."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return re.sub(r"_x005F_(?=x[0-9A-Fa-f]{4}_)", "_", cell) if isinstance(cell, str) else cell
