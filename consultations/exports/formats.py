"""One writer a format: a new format is one entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..enums import ExportFormat
from . import csv, xlsx
from .tables import Export

WRITERS: dict[ExportFormat, Callable[[Export, Path], None]] = {
    ExportFormat.CSV: csv.write,
    ExportFormat.XLSX: xlsx.write,
}
CONTENT_TYPES: dict[ExportFormat, str] = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
