"""When what may happen to a consultation. One table, and one function that writes the status."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from .enums import ConsultationStatus
from .models import Consultation

TRANSITIONS: dict[ConsultationStatus, set[ConsultationStatus]] = {
    ConsultationStatus.DRAFT: {ConsultationStatus.OPEN},
    ConsultationStatus.OPEN: {ConsultationStatus.CLOSED},
    # Re-opening is allowed until results are out: deadlines do get extended.
    ConsultationStatus.CLOSED: {ConsultationStatus.OPEN, ConsultationStatus.REPORTED},
    ConsultationStatus.REPORTED: set(),
}


class Verb(Protocol):
    """What ``open_now``, ``close`` and ``report`` have in common."""

    def __call__(self, *, consultation: Consultation, by: User | None) -> None: ...


class NotAllowed(Exception):  # noqa: N818  (reads as the refusal that it is)
    """The state of a consultation does not allow what was asked. The message is for people."""


@transaction.atomic
def change_status(consultation: Consultation, status: ConsultationStatus, *, by: User | None) -> None:
    """Write a new status, under a lock, so that two people (or a person and the clock) cannot both do it.

    ``by=None`` is the portal itself, keeping to the dates. Raises ``NotAllowed``.
    """
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    before = ConsultationStatus(current.status)
    if status not in TRANSITIONS[before]:
        raise NotAllowed(
            _("A consultation that is “%(before)s” cannot become “%(after)s”.")
            % {"before": before.label, "after": status.label}
        )
    if status is ConsultationStatus.OPEN:
        _require_openable(current)
    _write(current, status)
    consultation.refresh_from_db(fields=["status", "opens_at", "closes_at"])
    audit.record(f"consultation.{status.value}", target=consultation, by=by, before=before.value)


def open_now(*, consultation: Consultation, by: User | None) -> None:
    """Begin (or begin again) to take answers. An opening date that lies ahead becomes now."""
    change_status(consultation, ConsultationStatus.OPEN, by=by)


def close(*, consultation: Consultation, by: User | None) -> None:
    """Stop taking answers. Drafts that were never sent are kept and counted, not analysed."""
    change_status(consultation, ConsultationStatus.CLOSED, by=by)


def report(*, consultation: Consultation, by: User | None) -> None:
    """Say that the results are out: from here on the consultation does not open again."""
    change_status(consultation, ConsultationStatus.REPORTED, by=by)


def accepts_answers(consultation: Consultation, *, at: datetime | None = None) -> bool:
    """Open, and within its dates: a clock that runs late never lets an answer in after closing."""
    moment = at or timezone.now()
    return (
        consultation.status == ConsultationStatus.OPEN
        and consultation.live
        and (consultation.closes_at is None or moment < consultation.closes_at)
    )


def seen_status(consultation: Consultation) -> ConsultationStatus:
    """The status as visitors see it: closed from the closing moment on, also while the clock runs late."""
    status = ConsultationStatus(consultation.status)
    is_over = status is ConsultationStatus.OPEN and not accepts_answers(consultation)
    return ConsultationStatus.CLOSED if is_over else status


def _require_openable(consultation: Consultation) -> None:
    if not consultation.live:
        raise NotAllowed(_("Publish the text of the consultation first."))
    if consultation.current_version is None:
        raise NotAllowed(_("Publish its questionnaire first."))
    if consultation.closes_at and consultation.closes_at <= timezone.now():
        raise NotAllowed(_("Its closing date has passed. Set a later one first."))


def _write(consultation: Consultation, status: ConsultationStatus) -> None:
    """The one place that writes a status; the dates follow what really happened."""
    now = timezone.now()
    consultation.status = status
    if status is ConsultationStatus.OPEN and (consultation.opens_at is None or consultation.opens_at > now):
        consultation.opens_at = now
    if status is ConsultationStatus.CLOSED and (
        consultation.closes_at is None or consultation.closes_at > now
    ):
        consultation.closes_at = now
    consultation.save(update_fields=["status", "opens_at", "closes_at"])
