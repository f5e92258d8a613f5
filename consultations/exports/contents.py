"""What a file can hold, and how each is written: new content is one entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ..analysis.frame import Progress
from ..enums import ExportContent, ExportFormat
from ..models import ExportJob
from ..reports import report as reports
from . import tables
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
    return reports.write(
        job.consultation,
        path,
        language=job.language,
        kind=ExportFormat(job.format),
        on_progress=on_progress,
    )


CONTENTS: dict[ExportContent, Write] = {
    ExportContent.RESPONSES: responses,
    ExportContent.REPORT: report,
}

DOCUMENTS: dict[str, tuple[Promise | str, tuple[ExportContent, ExportFormat]]] = {
    "report-docx": (
        gettext_lazy("Report, to go on writing (DOCX)"),
        (ExportContent.REPORT, ExportFormat.DOCX),
    ),
    "report-pdf": (gettext_lazy("Report, to read (PDF)"), (ExportContent.REPORT, ExportFormat.PDF)),
}
"""What can be asked for in one press, in the order of the page."""
