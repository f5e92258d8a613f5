"""The demonstration's report: asked for like any other, and written by the worker as soon as it runs."""

from __future__ import annotations

from portal.models import User

from ..enums import ExportContent, ExportFormat, JobStatus
from ..exports import jobs
from ..models import Consultation, ExportJob

PURPOSE = "Demostración: ver cómo queda un informe"


def ask_for_reports(slug: str, by: User) -> None:
    """One in each format, unless they are there or on their way."""
    consultation = Consultation.objects.get(slug=slug)
    at_hand = ExportJob.objects.filter(
        consultation=consultation,
        content=ExportContent.REPORT,
        status__in=[JobStatus.DONE, *JobStatus.unfinished],
    )
    for kind in (ExportFormat.DOCX, ExportFormat.PDF):
        if not at_hand.filter(format=kind).exists():
            job = ExportJob(
                consultation=consultation,
                language="es",
                content=ExportContent.REPORT,
                format=kind,
                purpose=PURPOSE,
            )
            jobs.request(job=job, by=by)
