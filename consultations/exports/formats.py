"""One writer a format: a new format is one entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..enums import ExportFormat
from . import csv, json, ods, parquet, r, spss, stata, xlsx
from .tables import Export

WRITERS: dict[ExportFormat, Callable[[Export, Path], None]] = {
    ExportFormat.CSV: csv.write,
    ExportFormat.XLSX: xlsx.write,
    ExportFormat.ODS: ods.write,
    ExportFormat.SPSS: spss.write,
    ExportFormat.STATA: stata.write,
    ExportFormat.R: r.write,
    ExportFormat.JSON: json.write,
    ExportFormat.PARQUET: parquet.write,
}
CONTENT_TYPES: dict[ExportFormat, str] = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportFormat.ODS: ods.MIME,
    ExportFormat.SPSS: "application/x-spss-sav",
    ExportFormat.STATA: "application/x-stata-dta",
    ExportFormat.R: "application/zip",
    ExportFormat.JSON: "application/json",
    ExportFormat.PARQUET: "application/vnd.apache.parquet",
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.PDF: "application/pdf",
}
# Where the ending of the file is not the format's own name.
SUFFIXES: dict[ExportFormat, str] = {ExportFormat.R: "zip"}


def suffix(kind: ExportFormat) -> str:
    return SUFFIXES.get(kind, kind.value)
