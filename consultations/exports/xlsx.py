"""Workbooks, written row by row by a Rust library so that memory stays flat (ADR 0006)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _
from rustpy_xlsxwriter import Format, write_worksheets

from .layout import layout
from .tables import Export

# Limits of the format itself.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_CELL = 32_767
# Worksheets count days from here; what lies before is no date to them.
FIRST_DAY = date(1900, 1, 1)
# The height of a line, in points.
_LINE = 15.0
_FORBIDDEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]"


class TooLarge(Exception):  # noqa: N818  (a state of affairs that is told to people, not a fault)
    """A worksheet cannot hold this. The message is for people."""


def write(export: Export, path: Path) -> None:
    """One sheet for the answers, one for the codebook, one about the file. Raises ``TooLarge``."""
    require_fitting(export.responses)
    write_sheets(export.sheets, path)


def write_sheets(tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """A sheet a table, with its title: headings that stay in sight and can be filtered by."""
    sheets = {title: _dated(storable(table)) for title, table in tables.items()}
    write_worksheets(
        list(sheets.items()),
        path,
        freeze_panes={"general": {"row": 1, "col": 0}},
        bold_headers=True,
        column_widths={title: list(layout(table).widths) for title, table in sheets.items()},
        column_formats={title: _as_text(table) for title, table in sheets.items()},
        row_heights={title: heights for title, table in sheets.items() if (heights := _heights(table))},
        autofilter={title: table.height > 0 for title, table in sheets.items()},
        datetime_format="yyyy-mm-dd",
    )


def require_fitting(table: pl.DataFrame) -> None:
    if table.height >= MOST_ROWS or table.width > MOST_COLUMNS:
        raise TooLarge(
            _("A worksheet holds %(rows)s rows and %(columns)s columns at most. Choose CSV instead.")
            % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        )


def storable(table: pl.DataFrame) -> pl.DataFrame:
    """Without the characters that XML forbids, and no cell longer than a worksheet takes.

    Columns that have neither are left as they are: a copy of every text would take the memory twice.
    """
    text = pl.col(pl.String)
    unfit = table.select((text.str.contains(_FORBIDDEN) | (text.str.len_bytes() > LONGEST_CELL)).any())
    names = [name for name in unfit.columns if unfit[name].any()]
    return table.with_columns(pl.col(name).map_elements(_fitting, pl.String) for name in names)


def _dated(table: pl.DataFrame) -> pl.DataFrame:
    """Columns with days that worksheets do not know become texts, which sort the same (ISO 8601)."""
    early = [day.name for day in table if day.dtype == pl.Date and (day < FIRST_DAY).any()]
    return table.with_columns(pl.col(early).dt.to_string("%Y-%m-%d"))


def _fitting(text: str) -> str:
    """Cut to the longest that fits, counted as spreadsheets count (UTF-16); a cut says that it is one."""
    units = re.sub(_FORBIDDEN, "", text).encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return units.decode("utf-16-le")
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", errors="ignore") + "…"


def _heights(table: pl.DataFrame) -> dict[int, float]:
    """In points, of the rows that need more than a line; the first is the one below the headings."""
    shape = layout(table)
    if not any(shape.wraps):
        return {}
    lines = enumerate(shape.lines(table), start=1)
    return {row: _LINE * count for row, count in lines if count > 1}


def _as_text(table: pl.DataFrame) -> dict[str, Format]:
    """Texts stay texts when somebody edits them: no cell turns into a formula."""
    wraps = dict(zip(table.columns, layout(table).wraps, strict=True))
    return {name: _text(wraps=wraps[name]) for name, kind in table.schema.items() if kind == pl.String}


def _text(*, wraps: bool) -> Format:
    text = Format().set_quote_prefix().set_align("top")
    return text.set_text_wrap() if wraps else text
