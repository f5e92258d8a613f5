"""Bringing in an earlier consultation: a file, what its columns are, a check of every row, then all of it.

What people do is here, and takes no time; ``working`` has what workers do in between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from portal import audit
from portal.models import User

from ..enums import WaveStatus as S
from ..lifecycle import NotAllowed
from ..models import Consultation, WaveImport
from . import tables
from .mapping import Plan

# How long a file waits for somebody to go on with it.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Sent:
    """A file as it came. ``digest`` is its SHA-256."""

    name: str
    content: bytes
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.content).hexdigest())


@transaction.atomic
def upload(
    *,
    like: Consultation,
    title: str,
    source: str,
    collected_on: date,
    content: bytes,
    file_name: str,
    by: User | None,
) -> WaveImport:
    """Keep a file, and have a worker read it. A file that is on its way in already is gone on with.

    Raises ``tables.Unreadable`` for what no worker need look at, and ``NotAllowed``.
    """
    sent = Sent(file_name, content)
    # Two presses of the button wait for each other.
    Consultation.objects.select_for_update().get(pk=like.pk)
    _acceptable(like, sent)
    if underway := like.wave_imports.filter(digest=sent.digest, status__in=S.open | S.busy).first():
        return underway
    wave = WaveImport(like=like, title=title, source=source, collected_on=collected_on, uploaded_by=by)
    _keep(wave, sent)
    audit.record("wave.uploaded", target=wave, by=by, size=len(content), digest=sent.digest)
    return wave


@transaction.atomic
def replace(*, wave: WaveImport, content: bytes, file_name: str, by: User | None) -> None:
    """Another file in place of the one that was sent, with what was said of its columns.

    Raises as ``upload`` does.
    """
    wave = _locked(wave)
    if wave.status not in S.open:
        raise NotAllowed(_("This file is being worked on, or done with."))
    sent = Sent(file_name, content)
    _acceptable(wave.like, sent)
    transaction.on_commit(partial(wave.file.storage.delete, wave.file.name))
    _keep(wave, sent)
    audit.record("wave.replaced", target=wave, by=by, size=len(content), digest=sent.digest)


@transaction.atomic
def name_columns(*, wave: WaveImport, plan: Plan, by: User | None) -> None:
    """Say what the columns are, and have every row checked by a worker. Twice is once."""
    wave = _locked(wave)
    if wave.status == S.CHECKING and wave.plan == plan.to_json():
        return
    if wave.status not in S.nameable:
        raise NotAllowed(_("This file is being worked on, or done with."))
    wave.plan, wave.status, wave.report = plan.to_json(), S.CHECKING, {}
    wave.busy_since = timezone.now()
    wave.save(update_fields=["plan", "status", "report", "busy_since"])
    audit.record("wave.columns_named", target=wave, by=by, columns=len(plan.columns))
    transaction.on_commit(partial(async_task, "consultations.tasks.check_wave", str(wave.pk)))


@transaction.atomic
def take(*, wave: WaveImport, leave_out: bool, by: User | None) -> None:
    """Have the answers stored. ``leave_out`` says that rows which cannot be taken may stay behind.

    Twice is once.
    """
    wave = _locked(wave)
    if wave.status in (S.STORING, S.STORED):
        return
    if wave.status not in (S.CHECKED, S.REFUSED):
        raise NotAllowed(_("Check the rows first."))
    if wave.status == S.REFUSED and not leave_out:
        raise NotAllowed(_("Some rows cannot be taken: nothing was stored."))
    if not wave.report.get("good"):
        raise NotAllowed(_("No row can be taken."))
    wave.status, wave.busy_since = S.STORING, timezone.now()
    wave.save(update_fields=["status", "busy_since"])
    audit.record("wave.taken", target=wave, by=by, rows=wave.report["good"], left_out=wave.report["bad"])
    transaction.on_commit(partial(async_task, "consultations.tasks.store_wave", str(wave.pk)))


@transaction.atomic
def give_up(*, wave: WaveImport, by: User | None) -> None:
    """Delete the file; nothing of it is stored. What is stored already stays. Twice is once."""
    wave = _locked(wave)
    if wave.status == S.GIVEN_UP:
        return
    if wave.status not in S.open:
        raise NotAllowed(_("This file is being worked on, or done with."))
    end(wave, S.GIVEN_UP)
    audit.record("wave.given_up", target=wave, by=by)


def forget_abandoned() -> None:
    """Give up what nobody went on with, so that no file of answers stays behind."""
    for wave in WaveImport.objects.filter(status__in=S.open, uploaded_at__lte=timezone.now() - KEPT):
        give_up(wave=wave, by=None)


def end(wave: WaveImport, status: S) -> None:
    """Nothing of the file itself is kept; the list of faults and the outline quote it and go, too."""
    name, storage = wave.file.name, wave.file.storage
    wave.status, wave.file, wave.outline = status, "", {}
    wave.report = _without_quotes(wave.report)
    wave.save()
    if name:
        transaction.on_commit(partial(storage.delete, name))


def _without_quotes(report: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in report.items() if key not in ("faults", "error")}


def _locked(wave: WaveImport) -> WaveImport:
    return WaveImport.objects.select_for_update().get(pk=wave.pk)


def _acceptable(like: Consultation, sent: Sent) -> None:
    if like.current_version is None:
        raise NotAllowed(_("Publish the questionnaire first: the columns of the file are matched with it."))
    if WaveImport.objects.filter(like=like, digest=sent.digest, status=S.STORED).exists():
        raise NotAllowed(_("The answers of this very file are here already."))
    tables.admit(sent.content, sent.name)


def _keep(wave: WaveImport, sent: Sent) -> None:
    wave.file_name, wave.digest = PurePath(sent.name).name[:255], sent.digest
    wave.status, wave.outline, wave.report = S.READING, {}, {}
    wave.busy_since = timezone.now()
    ending = PurePath(sent.name).suffix.lower()
    wave.file.save(f"{wave.pk}{ending}", ContentFile(sent.content), save=False)
    wave.save()
    transaction.on_commit(partial(async_task, "consultations.tasks.read_wave", str(wave.pk)))
