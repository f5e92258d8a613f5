"""Signs of life of a worker that writes an export: by their absence one knows that it died.

A worker that is killed says nothing more. While it writes, a thread of it notes the time every few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import JobStatus
from ..models import ExportJob

log = structlog.get_logger(__name__)

EVERY = timedelta(seconds=15)
# Much longer than a library may hold the interpreter while it writes a large file.
SILENCE = timedelta(minutes=3)
# From here on those who wait are told that something may be wrong.
STRANGE = timedelta(minutes=1)


@contextmanager
def alive(job_id: UUID) -> Iterator[None]:
    over = Event()
    thread = Thread(target=_note, args=(job_id, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def silent_since() -> datetime:
    """Whoever was last heard of before is lost."""
    return timezone.now() - SILENCE


def is_lost(job: ExportJob) -> bool:
    """Whether its worker died while it wrote."""
    return job.status == JobStatus.RUNNING and (job.alive_at or job.created_at) < silent_since()


def trouble(job: ExportJob) -> str:
    """What whoever waits for it should know; blank while all goes as it should."""
    quiet = timezone.now() - STRANGE
    if job.status == JobStatus.QUEUED and job.created_at < quiet:
        running = ExportJob.objects.filter(status=JobStatus.RUNNING, alive_at__gte=quiet)
        return _others_first() if running.exists() else _nobody_began()
    if job.status == JobStatus.RUNNING and (job.alive_at or job.created_at) < quiet:
        return _(
            "The worker has given no sign of life for more than a minute. If it stays silent, you read here "
            "within three minutes that it stopped, and can ask for the export again."
        )
    return ""


def _others_first() -> str:
    return _("Another export is being written first. This one begins when a worker is free.")


def _nobody_began() -> str:
    return _("Nothing has begun for more than a minute. Perhaps no worker is running: ask an administrator.")


def _note(job_id: UUID, over: Event) -> None:
    try:
        while not over.wait(EVERY.total_seconds()):
            _note_once(job_id)
    finally:
        connection.close()


def _note_once(job_id: UUID) -> None:
    """A sign that cannot be given now is given the next time."""
    try:
        ExportJob.objects.filter(pk=job_id, status=JobStatus.RUNNING).update(alive_at=timezone.now())
    except DatabaseError:
        log.warning("sign_of_life_not_noted", job=str(job_id))
