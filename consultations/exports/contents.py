"""What a file can hold, and how each is written: new content is one entry."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..analysis.frame import Progress
from ..enums import ExportContent, ExportFormat
from ..models import ExportJob
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


CONTENTS: dict[ExportContent, Write] = {
    ExportContent.RESPONSES: responses,
}
