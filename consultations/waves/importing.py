"""Bringing in an earlier consultation: a file, what its columns are, a check of every row, then all of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import PurePath
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from portal import audit
from portal.models import User

from ..enums import WaveStatus as S
from ..instrument.definition import Definition
from ..lifecycle import NotAllowed
from ..models import Consultation, WaveImport
from . import storing, tables
from .mapping import Plan, mapped, proposed
from .rows import Taken, Taker
from .subset import subset
from .tables import Table

log = structlog.get_logger(__name__)
# Faults that are listed one by one; of the others only the number is told.
MOST_LISTED = 500
# How long a file waits for somebody to go on with it.
KEPT = timedelta(days=30)


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
    """Keep a file that can be read, and propose what its columns are.

    Raises ``tables.Unreadable`` and ``NotAllowed``.
    """
    version = like.current_version
    if version is None:
        raise NotAllowed(_("Publish the questionnaire first: the columns of the file are matched with it."))
    digest = hashlib.sha256(content).hexdigest()
    if WaveImport.objects.filter(like=like, digest=digest, status=S.STORED).exists():
        raise NotAllowed(_("The answers of this very file are here already."))
    table = tables.read(content, file_name)
    found = WaveImport(
        like=like,
        title=title,
        source=source,
        collected_on=collected_on,
        file_name=PurePath(file_name).name[:255],
        digest=digest,
        plan=Plan(proposed(table, version.definition)).to_json(),
        uploaded_by=by,
    )
    suffix = PurePath(file_name).suffix.lower()
    found.file.save(f"{found.pk}{suffix}", ContentFile(content), save=False)
    found.save()
    audit.record("wave.uploaded", target=found, by=by, rows=len(table.rows), digest=digest)
    return found


@transaction.atomic
def name_columns(*, wave: WaveImport, plan: Plan, by: User | None) -> None:
    """Say what the columns are, and have every row checked by a worker."""
    wave = WaveImport.objects.select_for_update().get(pk=wave.pk)
    if wave.status not in S.open:
        raise NotAllowed(_("This file is being worked on, or done with."))
    wave.plan, wave.status, wave.report = plan.to_json(), S.CHECKING, {}
    wave.save(update_fields=["plan", "status", "report"])
    audit.record("wave.columns_named", target=wave, by=by, columns=len(plan.columns))
    transaction.on_commit(partial(async_task, "consultations.tasks.check_wave", str(wave.pk)))


@transaction.atomic
def take(*, wave: WaveImport, leave_out: bool, by: User | None) -> None:
    """Have the answers stored. ``leave_out`` says that rows which cannot be taken may stay behind."""
    wave = WaveImport.objects.select_for_update().get(pk=wave.pk)
    if wave.status not in (S.CHECKED, S.REFUSED):
        raise NotAllowed(_("Check the rows first."))
    if wave.status == S.REFUSED and not leave_out:
        raise NotAllowed(_("Some rows cannot be taken: nothing was stored."))
    if not wave.report.get("good"):
        raise NotAllowed(_("No row can be taken."))
    wave.status = S.STORING
    wave.save(update_fields=["status"])
    audit.record("wave.taken", target=wave, by=by, rows=wave.report["good"], left_out=wave.report["bad"])
    transaction.on_commit(partial(async_task, "consultations.tasks.store_wave", str(wave.pk)))


@transaction.atomic
def give_up(*, wave: WaveImport, by: User | None) -> None:
    """Delete the file; nothing of it is stored. What is stored already stays."""
    wave = WaveImport.objects.select_for_update().get(pk=wave.pk)
    if wave.status not in S.open:
        raise NotAllowed(_("This file is being worked on, or done with."))
    _end(wave, S.GIVEN_UP)
    audit.record("wave.given_up", target=wave, by=by)


def forget_abandoned() -> None:
    """Give up what nobody went on with, so that no file of answers stays behind."""
    for wave in WaveImport.objects.filter(status__in=S.open, uploaded_at__lte=timezone.now() - KEPT):
        give_up(wave=wave, by=None)


def check(wave: WaveImport) -> None:
    """For workers: look at every row, store none, and say what was found."""
    if wave.status != S.CHECKING:
        return
    try:
        report = _report(list(taken(wave)))
        status = S.REFUSED if report["bad"] else S.CHECKED
    except Exception:
        log.exception("wave_check_failed", wave=str(wave.pk))
        report, status = {"error": _("The file could not be read again. Send it once more.")}, S.UPLOADED
    WaveImport.objects.filter(pk=wave.pk, status=S.CHECKING).update(status=status, report=report)


def store(wave: WaveImport) -> None:
    """For workers: store the rows that can be taken, all in one transaction. Twice is once."""
    try:
        with transaction.atomic():
            wave = WaveImport.objects.select_for_update().get(pk=wave.pk)
            if wave.status != S.STORING:
                return
            rows = [row for row in taken(wave) if not row.faults]
            wave.wave = storing.store(wave, definition_for(wave), rows)
            _end(wave, S.STORED)
    except Exception:
        log.exception("wave_store_failed", wave=str(wave.pk))
        again = S.REFUSED if wave.report.get("bad") else S.CHECKED
        WaveImport.objects.filter(pk=wave.pk, status=S.STORING).update(status=again)


def table_of(wave: WaveImport) -> Table:
    with wave.file.open("rb") as file:
        return tables.read(file.read(), wave.file.name)


def definition_for(wave: WaveImport) -> Definition:
    """The questions that the file answers, as today's questionnaire asks them."""
    version = wave.like.current_version
    assert version is not None  # noqa: S101  (``upload`` has looked, and versions are never deleted)
    plan = Plan.from_json(wave.plan)
    found = mapped(table_of(wave), version.definition, plan)
    names = {target.question.name for _heading, target in found if target.question}
    return subset(version.definition, names, name=f"wave-{wave.pk.hex[:8]}")


def taken(wave: WaveImport) -> Taker:
    return Taker(table_of(wave), definition_for(wave), Plan.from_json(wave.plan))


def _report(rows: Sequence[Taken]) -> Mapping[str, Any]:
    faults = [fault for row in rows for fault in row.faults]
    return {
        "good": sum(1 for row in rows if not row.faults),
        "bad": sum(1 for row in rows if row.faults),
        "empty": sum(1 for row in rows if not row.answers and not row.faults),
        "faults": [
            [fault.row, fault.column, fault.code, fault.value[:200]] for fault in faults[:MOST_LISTED]
        ],
        "more": max(len(faults) - MOST_LISTED, 0),
        "answers": dict(Counter(name for row in rows for name in row.answers)),
    }


def _end(wave: WaveImport, status: S) -> None:
    """Nothing of the file itself is kept; the list of faults quotes it and goes, too."""
    name, storage = wave.file.name, wave.file.storage
    wave.status, wave.file = status, ""
    wave.report = {key: value for key, value in wave.report.items() if key != "faults"}
    wave.save()
    if name:
        transaction.on_commit(partial(storage.delete, name))
