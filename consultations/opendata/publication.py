"""A data set for everyone, in three steps: a worker makes it, somebody looks at it and publishes it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import polars as pl
import structlog
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_q.tasks import async_task

from portal import audit, scratch
from portal.accounts.admin_language import language_of
from portal.models import User

from ..analysis import building
from ..enums import ConsultationStatus, Licence
from ..enums import PublicFileStatus as S
from ..exports import jobs
from ..exports.csv import write_table
from ..lifecycle import NotAllowed
from ..models import Consultation, PublicFile
from ..models.public_file import private_storage
from .dictionary import dictionary
from .release import release

log = structlog.get_logger(__name__)
# The queue has tried often enough by then.
LOST = timedelta(hours=2)
FOLDER = "open-data"
_OVER = frozenset({ConsultationStatus.CLOSED, ConsultationStatus.REPORTED})


@transaction.atomic
def request(
    *, consultation: Consultation, quasi: Sequence[str], k: int, licence: Licence, by: User
) -> PublicFile:
    """Ask a worker to make the data set. Raises ``NotAllowed`` while answers still come in.

    Two files of a consultation that is open would differ by the few people who answered in between. While
    one is being made, the same wish is the same file.
    """
    if not can_be_made(consultation):
        raise NotAllowed(_("A data set can be made once the consultation is closed."))
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    wish = {"quasi_identifiers": list(quasi), "k": max(k, consultation.minimum_cell), "licence": licence}
    if queued := consultation.public_files.filter(status=S.QUEUED, **wish).first():
        return queued
    last = consultation.public_files.aggregate(last=Max("number"))["last"] or 0
    file = PublicFile.objects.create(consultation=consultation, number=last + 1, made_by=by, **wish)
    audit.record("open_data.requested", target=file, by=by, k=file.k, quasi=list(quasi))
    transaction.on_commit(partial(async_task, "consultations.tasks.make_open_data", file.pk))
    return file


def can_be_made(consultation: Consultation) -> bool:
    return consultation.status in _OVER


def make(file: PublicFile) -> None:
    """Write the files. Returns quietly when it was made before."""
    if file.status != S.QUEUED:
        return
    try:
        _write(file)
    except Exception as error:
        log.exception("open_data_failed", file=file.pk)
        with override(_language_of_maker(file)):
            _fail(file, jobs.what_failed(error))


def give_up_lost() -> None:
    """Where the worker died, or none came: said to have failed, so that it can be asked for again."""
    for file in PublicFile.objects.filter(status=S.QUEUED, made_at__lte=timezone.now() - LOST):
        with override(_language_of_maker(file)):
            _fail(file, _("The worker stopped before the file was written. Ask for it again."))


def _fail(file: PublicFile, message: str) -> None:
    """Nothing half written is left, where the file was not made by somebody else meanwhile."""
    queued = PublicFile.objects.filter(pk=file.pk, status=S.QUEUED)
    if queued.update(status=S.FAILED, message=message):
        for name in _names(file):
            _delete_unless_used(f"{FOLDER}/{name}")


def _delete_unless_used(name: str) -> None:
    """A consultation may have taken the address that another one had when its data set was made."""
    if not PublicFile.objects.filter(Q(data=name) | Q(dictionary=name)).exists():
        private_storage().delete(name)


def _language_of_maker(file: PublicFile) -> str:
    return language_of(file.made_by) if file.made_by else settings.LANGUAGE_CODE


def _names(file: PublicFile) -> tuple[str, str]:
    """Of the data and of what explains them."""
    stem = f"{file.consultation.slug}-{file.number}"
    return f"{stem}.csv", f"{stem}-dictionary.csv"


@transaction.atomic
def publish(*, file: PublicFile, by: User) -> None:
    """Give it its public address; the one before it is taken back. Twice is once. Raises ``NotAllowed``."""
    Consultation.objects.select_for_update().get(pk=file.consultation_id)
    file.refresh_from_db()
    if file.status == S.PUBLISHED:
        return
    if file.status not in (S.READY, S.WITHDRAWN):
        raise NotAllowed(_("This file is not ready to be published."))
    if not Consultation.objects.public().ended().filter(pk=file.consultation_id).exists():
        raise NotAllowed(_("The consultation itself is not public, or is open again."))
    if not file.report.get("rows"):
        raise NotAllowed(_("No row could be published without telling people apart."))
    for earlier in file.consultation.public_files.filter(status=S.PUBLISHED):
        withdraw(file=earlier, by=by)
    file.status, file.published_at = S.PUBLISHED, timezone.now()
    file.save(update_fields=["status", "published_at"])
    audit.record("open_data.published", target=file, by=by)


@transaction.atomic
def withdraw(*, file: PublicFile, by: User) -> None:
    """Take it back: its address leads nowhere. The file stays, to be compared with a later one."""
    changed = PublicFile.objects.filter(pk=file.pk, status=S.PUBLISHED).update(status=S.WITHDRAWN)
    if changed:
        audit.record("open_data.withdrawn", target=file, by=by)
    file.refresh_from_db()


def _write(file: PublicFile) -> None:
    frame = building.build(file.consultation)
    made = release(frame, quasi=file.quasi_identifiers, k=file.k)
    data_name, words_name = _names(file)
    with scratch.folder() as folder:
        data, size, digest = _stored(made.table, folder / data_name)
        words, words_size, _digest = _stored(dictionary(frame, made), folder / words_name)
    report = {**made.report, "bytes": {"data": size, "dictionary": words_size}}
    written = PublicFile.objects.filter(pk=file.pk, status=S.QUEUED).update(
        status=S.READY, data=data, dictionary=words, checksum=digest, report=report
    )
    if not written:  # another worker was quicker
        for stored in (data, words):
            private_storage().delete(stored)


def _stored(table: pl.DataFrame, path: Path) -> tuple[str, int, str]:
    """Name in the private storage, size in bytes, SHA-256."""
    write_table(table, path)
    storage = private_storage()
    with path.open("rb") as content:
        name = storage.save(f"{FOLDER}/{path.name}", File(content))
    content_bytes = path.read_bytes()
    return name, len(content_bytes), hashlib.sha256(content_bytes).hexdigest()
