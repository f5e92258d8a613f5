"""Failures of scheduled exports: noted where they happen, told afterwards, outside of any transaction."""

from __future__ import annotations

from smtplib import SMTPException

import structlog

from portal.models import User

from ..models import ExportSchedule
from . import mail

log = structlog.get_logger(__name__)


def note(schedule: ExportSchedule, reason: str) -> None:
    """Keep the reason for the page, and for the mail that ``tell_all`` sends.

    What fails for each of ten recipients for the same reason in one run is one failure, and one mail.
    """
    others = ExportSchedule.objects.filter(pk=schedule.pk).exclude(last_failure=reason[:500])
    others.update(last_failure=reason[:500], failure_is_told=False)


def tell_all() -> None:
    """Mail what nobody has heard of yet. A mail that fails is tried again the next time."""
    for schedule in ExportSchedule.objects.filter(failure_is_told=False).select_related("created_by"):
        _tell(schedule)


def _tell(schedule: ExportSchedule) -> None:
    """Marked first, so that of two workers one writes."""
    own = ExportSchedule.objects.filter(pk=schedule.pk)
    if not own.filter(failure_is_told=False).update(failure_is_told=True):
        return
    try:
        for person in who_hears(schedule):
            mail.failed(schedule=schedule, reason=schedule.last_failure, to=person)
    except (SMTPException, OSError):
        own.update(failure_is_told=False)
        log.warning("schedule_failure_not_told", schedule=schedule.pk)


def who_hears(schedule: ExportSchedule) -> list[User]:
    """Whoever made it; where they have left, those who administer the portal: it must not fail in silence."""
    owner = schedule.created_by
    if owner and owner.is_active:
        return [owner]
    return list(User.objects.filter(is_active=True, is_superuser=True).order_by("pk"))
