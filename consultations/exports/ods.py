"""OpenDocument spreadsheets, written column by column into one stream so that memory stays flat.

The format is XML in a ZIP (OASIS OpenDocument 1.3, part 3). Libraries build the whole tree in memory first,
which 100,000 responses do not fit into (ADR 0015).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from .layout import Layout, layout
from .ods_layout import column_styles, columns, frozen_headings
from .tables import Export
from .xlsx import require_fitting, storable

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_BATCH = 2_000
_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content office:version="1.3"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0">'
    # A date without a style of its own is shown as a number.
    '<office:automatic-styles><number:date-style style:name="iso">'
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="iso"/>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="prose" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="top" style:family="table-cell">'
    '<style:table-cell-properties style:vertical-align="top"/></style:style>'
)
_BODY = "</office:automatic-styles><office:body><office:spreadsheet>"
_CLOSE = "</office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write(export: Export, path: Path) -> None:
    """The same sheets as a workbook. Raises ``TooLarge``."""
    require_fitting(export.responses)
    write_sheets(export.sheets, path)


def write_sheets(tables: Mapping[str, pl.DataFrame], path: Path) -> None:
    """A sheet a table, with its title, and headings that stay in sight."""
    layouts = {title: layout(table) for title, table in tables.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and uncompressed, as the format asks, so that programs know the file by its first bytes.
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("settings.xml", frozen_headings(tables))
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(f"{_OPEN}{column_styles(layouts.values())}{_BODY}".encode())
            for title, table in tables.items():
                content.write(f"<table:table table:name={quoteattr(title)}>".encode())
                content.write(columns(layouts[title]).encode())
                content.write(_row(_heading(escape(name)) for name in table.columns).encode())
                for batch in storable(table).iter_slices(_BATCH):
                    content.write("".join(_rows(batch, layouts[title])).encode())
                content.write(b"</table:table>")
            content.write(_CLOSE.encode())


def _rows(table: pl.DataFrame, shape: Layout) -> pl.Series:
    """Each row as XML."""
    cells = [_cell(name, kind).fill_null("<table:table-cell/>") for name, kind in table.schema.items()]
    start = pl.lit(shape.lines(table).cast(pl.String))
    begin = [pl.lit('<table:table-row table:style-name="lines'), start, pl.lit('">')]
    row = pl.concat_str([*begin, *cells, pl.lit("</table:table-row>")])
    return table.select(row.alias("row"))["row"]


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if kind.is_numeric():
        start = '<table:table-cell office:value-type="float" office:value="'
        return pl.concat_str([pl.lit(start), column.cast(pl.String), pl.lit('"/>')])
    if kind == pl.Date:
        start = '<table:table-cell table:style-name="day" office:value-type="date" office:date-value="'
        return pl.concat_str([pl.lit(start), column.dt.to_string("%Y-%m-%d"), pl.lit('"/>')])
    return pl.concat_str([pl.lit(_TEXT), _escaped(column), pl.lit(_TEXT_END)])


_TEXT = '<table:table-cell office:value-type="string"><text:p>'
_HEADING = '<table:table-cell table:style-name="heading" office:value-type="string"><text:p>'
_TEXT_END = "</text:p></table:table-cell>"


def _escaped(text: pl.Expr) -> pl.Expr:
    """For XML; a new line is a new paragraph, and runs of blanks are kept by not being blanks alone."""
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r\n", "\n"), ("\r", "\n")):
        text = text.str.replace_all(sign, safe, literal=True)
    text = text.str.replace_all("\t", "<text:tab/>", literal=True)
    text = text.str.replace_all("  ", " <text:s/>", literal=True)
    return text.str.replace_all("\n", "</text:p><text:p>", literal=True)


def _heading(escaped: str) -> str:
    return f"{_HEADING}{escaped}{_TEXT_END}"


def _row(cells: Iterable[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"
