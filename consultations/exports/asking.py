"""Asking for exports: pressed twice it is one job, and what failed is asked for again in one press."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from portal.models import User

from ..enums import JobStatus
from ..models import ExportJob
from . import jobs

# What somebody chooses. Two jobs that agree in all of it are the same wish.
CHOSEN = (
    "consultation_id",
    "content",
    "format",
    "values",
    "language",
    "sensitive",
    "filter",
    "weighting_id",
    "with_codes",
    "purpose",
)


def once(*, job: ExportJob, by: User, token: UUID | None) -> ExportJob:
    """Ask for a job under the key that its form came with: sent twice, the form finds the job that it made.

    The same form sent with other choices, as after the browser's way back, is another wish.
    """
    earlier = ExportJob.objects.filter(pk=token).first() if token else None
    if earlier is not None and _is_same(earlier, job, by):
        return earlier
    job.pk = token if token and earlier is None else uuid4()
    try:
        with transaction.atomic():
            jobs.request(job=job, by=by)
    except IntegrityError:
        # The other press came first by a moment.
        return ExportJob.objects.get(pk=job.pk, requested_by=by)
    return job


def again(*, job: ExportJob, by: User) -> ExportJob:
    """A new job with the choices of one that failed or expired; the one under way where there is one.

    Whether the person may still have sensitive answers is decided anew.
    """
    same = {name: getattr(job, name) for name in CHOSEN}
    others = ExportJob.objects.filter(**same, requested_by=by, status__in=JobStatus.unfinished)
    running = others.exclude(pk=job.pk).first()
    if running is not None:
        return running
    new = ExportJob(**same)
    jobs.request(job=new, by=by)
    return new


def _is_same(earlier: ExportJob, job: ExportJob, by: User) -> bool:
    if earlier.requested_by_id != by.pk:
        return False
    return all(getattr(earlier, name) == getattr(job, name) for name in CHOSEN)
