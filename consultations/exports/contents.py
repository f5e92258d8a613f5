"""What a file can hold, and how each is written: new content is one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..analysis.building import Progress
from ..analysis.filters import from_query
from ..enums import ExportContent, ExportFormat
from ..models import ExportJob
from ..reports import report as reports
from ..reports.printed import Printed, printed
from . import codebook_document, codebook_sheets, figures, ods, tables, xlsx
from .about_documents import about
from .codebook_counts import Counts
from .formats import WRITERS
from .options import options_of

Write = Callable[[ExportJob, Path, Progress], int]
"""Writes the file of a job at a path, in the job's language (the active one), and says how many responses
went into it."""


def responses(job: ExportJob, path: Path, on_progress: Progress) -> int:
    export = tables.make(job.consultation, options_of(job), on_progress=on_progress)
    WRITERS[ExportFormat(job.format)](export, path)
    return export.responses.height


def report(job: ExportJob, path: Path, on_progress: Progress) -> int:
    return reports.write(look_of(job), path, kind=ExportFormat(job.format), on_progress=on_progress)


def look_of(job: ExportJob) -> Printed:
    """What the person who asked may put into a document. Raises ``FilterError``."""
    return printed(
        job.consultation,
        by=job.requested_by,
        language=job.language,
        tree=from_query(job.filter),
        scheme=job.weighting,
    )


def codebook(job: ExportJob, path: Path, on_progress: Progress) -> int:
    return write_codebook(look_of(job), path, kind=ExportFormat(job.format), on_progress=on_progress)


def write_codebook(
    look: Printed, path: Path, *, kind: ExportFormat, on_progress: Progress | None = None
) -> int:
    """As a workbook or as a document, in the language of the look, which the caller has made the active one.

    It is always about every response.
    """
    frame = look.frame
    if on_progress:
        on_progress(look.everybody)
    counts = Counts(frame, look.protection)
    if kind in reports.WRITERS:
        document = codebook_document.document(look.consultation, frame, counts, look.language)
        reports.WRITERS[kind](document, path)
    else:
        sheets = codebook_sheets.sheets(frame, counts, look.language)
        SHEETS[kind]({**sheets, _("About this file"): about(look)}, path)
    return look.everybody


def figure_tables(job: ExportJob, path: Path, on_progress: Progress) -> int:
    look = look_of(job)
    on_progress(look.everybody)
    sheets = {**figures.sheets(look), _("About this file"): about(look)}
    SHEETS[ExportFormat(job.format)](sheets, path)
    return look.everybody


SHEETS: dict[ExportFormat, Callable[[Mapping[str, pl.DataFrame], Path], None]] = {
    ExportFormat.XLSX: xlsx.write_sheets,
    ExportFormat.ODS: ods.write_sheets,
}
CONTENTS: dict[ExportContent, Write] = {
    ExportContent.RESPONSES: responses,
    ExportContent.REPORT: report,
    ExportContent.CODEBOOK: codebook,
    ExportContent.FIGURES: figure_tables,
}

DOCUMENTS: dict[str, tuple[Promise | str, tuple[ExportContent, ExportFormat]]] = {
    "report-docx": (
        gettext_lazy("Report, to go on writing (DOCX)"),
        (ExportContent.REPORT, ExportFormat.DOCX),
    ),
    "report-pdf": (gettext_lazy("Report, to read (PDF)"), (ExportContent.REPORT, ExportFormat.PDF)),
    "codebook-xlsx": (gettext_lazy("Codebook (XLSX)"), (ExportContent.CODEBOOK, ExportFormat.XLSX)),
    "codebook-pdf": (gettext_lazy("Codebook (PDF)"), (ExportContent.CODEBOOK, ExportFormat.PDF)),
    "figures-xlsx": (gettext_lazy("Tables of figures (XLSX)"), (ExportContent.FIGURES, ExportFormat.XLSX)),
    "figures-ods": (gettext_lazy("Tables of figures (ODS)"), (ExportContent.FIGURES, ExportFormat.ODS)),
}
"""What can be asked for in one press, in the order of the page."""
