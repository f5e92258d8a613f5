"""What workers do with the file of an earlier consultation: read it, check every row, store them all.

Each step returns quietly where its turn is over, so that a job which was delivered twice does no harm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from ..analysis import snapshot
from ..enums import WaveStatus as S
from ..instrument.definition import Definition
from ..models import WaveImport
from . import importing, storing, tables
from .mapping import Plan, mapped, proposed
from .outline import Outline
from .rows import Taken, Taker
from .subset import subset
from .tables import Table
from .unreadable import Unreadable

log = structlog.get_logger(__name__)
# The queue has tried often enough by then.
LOST = timedelta(hours=2)
# Faults that are listed one by one; of the others only the number is told.
MOST_LISTED = 500


def read(wave: WaveImport) -> None:
    """Find out what the file holds, and propose what its columns are where nobody has said so yet."""
    if wave.status != S.READING:
        return
    try:
        found = _read(wave)
    except Unreadable as refusal:
        found = {"status": S.UNREADABLE, "report": {"error": refusal.to_json()}}
    except Exception:
        log.exception("wave_read_failed", wave=str(wave.pk))
        found = _back(wave)
    WaveImport.objects.filter(pk=wave.pk, status=S.READING, digest=wave.digest).update(**found)


def _read(wave: WaveImport) -> dict[str, Any]:
    table, definition = _table(wave), _asked_today(wave)
    said = Plan.from_json(wave.plan)
    names = {heading.name for heading in table.headings}
    columns = {name: target for name, target in said.columns.items() if name in names}
    plan = Plan(columns or proposed(table, definition), said.values)
    outline = Outline.of(table, definition, plan)
    return {"status": S.UPLOADED, "plan": plan.to_json(), "outline": outline.to_json()}


def check(wave: WaveImport) -> None:
    """Look at every row, store none, and say what was found."""
    if wave.status != S.CHECKING:
        return
    found: dict[str, Any]
    try:
        table, plan = _table(wave), Plan.from_json(wave.plan)
        report = _report(list(Taker(table, _definition(wave, table), plan)))
        outline = Outline.of(table, _asked_today(wave), plan).to_json()
        found = {"status": S.REFUSED if report["bad"] else S.CHECKED, "report": report, "outline": outline}
    except Exception:
        log.exception("wave_check_failed", wave=str(wave.pk))
        found = _back(wave)
    WaveImport.objects.filter(pk=wave.pk, status=S.CHECKING).update(**found)


def store(wave: WaveImport) -> None:
    """Store the rows that can be taken, all in one transaction. Twice is once."""
    try:
        with transaction.atomic():
            wave = WaveImport.objects.select_for_update().get(pk=wave.pk)
            if wave.status != S.STORING:
                return
            table = _table(wave)
            definition = _definition(wave, table)
            rows = [row for row in Taker(table, definition, Plan.from_json(wave.plan)) if not row.faults]
            stored = wave.wave = storing.store(wave, definition, rows)
            importing.end(wave, S.STORED)
            # Whoever goes on to the comparison finds the figures there.
            snapshot.queue(stored)
    except Exception:
        log.exception("wave_store_failed", wave=str(wave.pk))
        wave.refresh_from_db()
        WaveImport.objects.filter(pk=wave.pk, status=S.STORING).update(**_back(wave))


def free_lost() -> None:
    """Give back to people what a worker that died had in its hands: they can go on, or give it up."""
    since = timezone.now() - LOST
    for wave in WaveImport.objects.filter(status__in=S.busy).exclude(busy_since__gt=since):
        own = WaveImport.objects.filter(pk=wave.pk, status=wave.status, busy_since=wave.busy_since)
        own.update(**_back(wave))


def _back(wave: WaveImport) -> dict[str, Any]:
    """Where a step that could not be done leaves it: one step before, and with the reason."""
    if wave.status == S.STORING:
        before = S.REFUSED if wave.report.get("bad") else S.CHECKED
        return {
            "status": before,
            "report": wave.report | {"error": Unreadable("not_stored").to_json()},
        }
    before = S.UNREADABLE if wave.status == S.READING else S.UPLOADED
    return {"status": before, "report": {"error": Unreadable("gone").to_json()}}


def _table(wave: WaveImport) -> Table:
    with wave.file.open("rb") as file:
        return tables.read(file.read(), wave.file.name)


def _asked_today(wave: WaveImport) -> Definition:
    version = wave.like.current_version
    assert version is not None  # noqa: S101  (``upload`` has looked, and versions are never deleted)
    return version.definition


def _definition(wave: WaveImport, table: Table) -> Definition:
    """The questions that the file answers, as today's questionnaire asks them."""
    today = _asked_today(wave)
    found = mapped(table, today, Plan.from_json(wave.plan))
    names = {target.question.name for _heading, target in found if target.question}
    return subset(today, names, name=f"wave-{wave.pk.hex[:8]}")


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
