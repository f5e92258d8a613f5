"""Exports as jobs: asked for on a page, written by a worker, fetched with a link that expires.

Every step is safe to repeat: a job that was delivered twice is finished once.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_q.tasks import async_task

from portal import audit, scratch
from portal.accounts.admin_language import language_of
from portal.models import User

from .. import rules
from ..analysis.filters import FilterError
from ..enums import ExportContent, ExportFormat, JobStatus
from ..models import ExportJob, Response, ScheduledJob
from ..models.export_job import private_storage
from . import csv, signs
from .contents import CONTENTS
from .options import Refused
from .xlsx import TooLarge

log = structlog.get_logger(__name__)

# A refusal may name a part of the filter, which may be of any length.
LONGEST_MESSAGE = 300

# No worker took it, or it was taken and never ended; the queue gives up on a job well before this.
ABANDONED = timedelta(hours=3)


@transaction.atomic
def request(*, job: ExportJob, by: User) -> None:
    """Store an export that somebody asks for and put it into the queue once it is stored.

    Sensitive questions come along only when the person may read them.
    """
    job.requested_by = by
    job.sensitive = job.sensitive and rules.may_read_sensitive_answers(by)
    job.rows_total = Response.objects.submitted().filter(consultation=job.consultation).count()
    job.save()
    audit.record(
        "export.requested",
        target=job,
        by=by,
        content=job.content,
        format=job.format,
        values=job.values,
        sensitive=job.sensitive,
        filter=job.filter,
        weighting=job.weighting_id,
        with_codes=job.with_codes,
        purpose=job.purpose,
    )
    transaction.on_commit(partial(async_task, "consultations.tasks.write_export", str(job.pk)))


def run(job_id: UUID) -> None:
    """Write the file of a job. Returns quietly when the job is gone or was finished before."""
    job = ExportJob.objects.select_related("consultation__unit", "requested_by").filter(pk=job_id).first()
    if job is None or job.status not in JobStatus.unfinished:
        return
    now = timezone.now()
    ExportJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, rows_done=0, alive_at=now)
    try:
        with override(job.language), signs.alive(job.pk):
            _write(job)
    except (TooLarge, FilterError, Refused) as refusal:
        with override(_language_of_reader(job)):
            _fail(job, str(refusal)[:LONGEST_MESSAGE])
    except Exception as error:
        # The person reads a sentence; what happened is in the log, where the error is not lost.
        log.exception("export_failed", job=str(job.pk))
        with override(_language_of_reader(job)):
            _fail(job, what_failed(error))


def _language_of_reader(job: ExportJob) -> str:
    """Of whoever reads why it failed, which need not be the language of the file."""
    scheduled = ScheduledJob.objects.filter(job=job).select_related("schedule__created_by").first()
    reader = scheduled.schedule.created_by if scheduled else job.requested_by
    return language_of(reader, otherwise=job.language) if reader else job.language


def what_failed(error: Exception) -> str:
    """For people; the log has the rest."""
    if scratch.is_full(error):
        return _("The portal’s disk is full: the file could not be written. Tell an administrator.")
    return _("The file could not be written. The administrators find the reason in the log.")


def give_up_if_lost(job: ExportJob) -> None:
    """A job whose worker died is said to have failed, so that nobody waits for it."""
    if not signs.is_lost(job):
        return
    with override(_language_of_reader(job)):
        message = _("The worker stopped before the file was written. Ask for it again.")
    lost = ExportJob.objects.filter(pk=job.pk, status=JobStatus.RUNNING, alive_at=job.alive_at)
    if lost.update(status=JobStatus.FAILED, message=message, finished_at=timezone.now()):
        _delete_files(job)
    job.refresh_from_db(fields=["status", "message", "finished_at"])


def expire() -> None:
    """Delete the files whose time is over, and give up on jobs that no worker finished."""
    now = timezone.now()
    for job in ExportJob.objects.filter(status=JobStatus.DONE, expires_at__lte=now):
        forget(job)
    for job in ExportJob.objects.filter(status=JobStatus.RUNNING):
        give_up_if_lost(job)
    for job in ExportJob.objects.filter(status__in=JobStatus.unfinished, created_at__lte=now - ABANDONED):
        with override(_language_of_reader(job)):
            _fail(job, _("No worker finished this export. Ask for it again."))


def forget(job: ExportJob) -> None:
    """It is over: nothing is left to fetch."""
    _delete_files(job)
    ExportJob.objects.filter(pk=job.pk, status=JobStatus.DONE).update(status=JobStatus.EXPIRED, file="")
    job.refresh_from_db(fields=["status", "file"])


def has_codebook(job: ExportJob) -> bool:
    """Whether a second file lies beside it."""
    return job.content == ExportContent.RESPONSES and job.format == ExportFormat.CSV


def codebook_name(file_name: str) -> str:
    """Where the codebook of a stored CSV file is kept."""
    return csv.beside(Path(file_name)).as_posix()


def _write(job: ExportJob) -> None:
    with scratch.folder() as folder:
        path = folder / f"{job.pk}.{job.format}"
        rows = CONTENTS[ExportContent(job.content)](job, path, partial(_progress, job))
        stored = _store(job, path)
    _finish(job, stored, rows=rows)


def _progress(job: ExportJob, rows: int) -> None:
    ExportJob.objects.filter(pk=job.pk).update(rows_done=rows, alive_at=timezone.now())


def _store(job: ExportJob, path: Path) -> str:
    """Put the file (and the codebook beside it) into the private storage; the name holds no slug to guess."""
    storage = private_storage()
    name = _stored_name(job)
    for source, target in ((path, name), (csv.beside(path), codebook_name(name))):
        if source.exists():
            storage.delete(target)
            with source.open("rb") as content:
                storage.save(target, File(content))
    return name


def _finish(job: ExportJob, name: str, *, rows: int) -> None:
    """What was given up meanwhile stays given up, and nothing of it is kept."""
    now = timezone.now()
    finished = ExportJob.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
        status=JobStatus.DONE,
        file=name,
        message="",
        rows_done=rows,
        rows_total=rows,
        finished_at=now,
        expires_at=now + timedelta(hours=settings.EXPORT_HOURS),
    )
    if not finished and not ExportJob.objects.filter(pk=job.pk, status=JobStatus.DONE).exists():
        _delete_files(job)


def _fail(job: ExportJob, message: str) -> None:
    """Of a job that failed no file is left: its worker may have died just after it stored one."""
    failed = ExportJob.objects.filter(pk=job.pk, status__in=JobStatus.unfinished).update(
        status=JobStatus.FAILED, message=message, finished_at=timezone.now()
    )
    if failed:
        _delete_files(job)


def _stored_name(job: ExportJob) -> str:
    return f"exports/{job.pk}.{job.format}"


def _delete_files(job: ExportJob) -> None:
    for name in {job.file.name or _stored_name(job), _stored_name(job)}:
        private_storage().delete(name)
        private_storage().delete(codebook_name(name))
