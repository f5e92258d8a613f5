"""Exports that recur: due ones are asked for, one a recipient, and everybody is told how it went.

Safe with two workers: a schedule is claimed by moving its next time on, a recipient is told by marking it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from portal import audit
from portal.accounts.admin_language import language_of
from portal.models import User

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..enums import JobStatus
from ..exports import jobs
from ..models import ExportJob, ExportSchedule, ScheduledJob
from . import failures, mail
from .rhythm import Frequency, Rhythm, next_after

log = structlog.get_logger(__name__)


def next_run(schedule: ExportSchedule, *, after: datetime) -> datetime:
    rhythm = Rhythm(Frequency(schedule.frequency), schedule.at, schedule.zone, schedule.weekday, schedule.day)
    return next_after(rhythm, after)


@transaction.atomic
def save(*, schedule: ExportSchedule, recipients: Iterable[User], by: User) -> None:
    """Store a schedule, new or changed; it runs next when its rhythm says so."""
    schedule.next_run = next_run(schedule, after=timezone.now())
    schedule.created_by = schedule.created_by or by
    schedule.last_failure, schedule.failure_is_told = "", True
    schedule.save()
    schedule.recipients.set(recipients)
    audit.record("export_schedule.saved", target=schedule, by=by, recipients=schedule.recipients.count())


SAYS = ("purpose", "format", "values", "language", "sensitive", "filter", "weighting", "with_codes")
RECURS = ("frequency", "weekday", "day", "at", "timezone")


def made_before(schedule: ExportSchedule, *, by: User) -> ExportSchedule | None:
    """The one that an earlier press of the same button made: the same wish, and it has not run yet."""
    wish = {name: getattr(schedule, name) for name in (*SAYS, *RECURS, "consultation")}
    return ExportSchedule.objects.filter(**wish, created_by=by, is_active=True, last_run=None).first()


@transaction.atomic
def stop(*, schedule: ExportSchedule, by: User) -> None:
    """Run it no more. What was written can still be fetched until it expires."""
    ExportSchedule.objects.filter(pk=schedule.pk).update(is_active=False)
    audit.record("export_schedule.stopped", target=schedule, by=by)


def run_due() -> None:
    """Ask for the exports whose time has come, and tell of those that ended. Runs every five minutes."""
    for schedule in ExportSchedule.objects.due().select_related("consultation", "created_by"):
        try:
            _run(schedule)
        except Exception:
            # One schedule that cannot run keeps neither itself nor the others from running later.
            log.exception("schedule_not_run", schedule=schedule.pk)
            _put_off(schedule)
            with override(_language_of_owner(schedule)):
                failures.note(schedule, _("The administrators find the reason in the log."))
    for told in ScheduledJob.objects.filter(told_at=None).exclude(job__status__in=JobStatus.unfinished):
        tell(told)
    failures.tell_all()


@transaction.atomic
def _run(schedule: ExportSchedule) -> None:
    """Missed times are made up for once: after a night without a worker nobody gets twelve files."""
    if not _claim(schedule):
        return
    may, may_not = by_right(schedule)
    for person in may:
        job = _job(schedule)
        jobs.request(job=job, by=person)
        ScheduledJob.objects.create(schedule=schedule, job=job, run_at=timezone.now())
    if may_not or not may:
        with override(_language_of_owner(schedule)):
            failures.note(schedule, _without_right(may_not))


def _claim(schedule: ExportSchedule) -> bool:
    """Move its next time on. Of two workers one does, and runs it."""
    now = timezone.now()
    claimed = ExportSchedule.objects.filter(pk=schedule.pk, next_run=schedule.next_run, is_active=True)
    return bool(claimed.update(next_run=next_run(schedule, after=now), last_run=now, last_failure=""))


def _put_off(schedule: ExportSchedule) -> None:
    """Try again tomorrow, whatever its rhythm says: the rhythm itself may be what is wrong."""
    tomorrow = timezone.now() + timedelta(days=1)
    # Tomorrow's failure is a new one: what ``_claim`` said of it was rolled back.
    ExportSchedule.objects.filter(pk=schedule.pk).update(next_run=tomorrow, last_failure="")


def by_right(schedule: ExportSchedule) -> tuple[list[User], list[User]]:
    """Who may have the file today, and who no longer may."""
    may: list[User] = []
    may_not: list[User] = []
    for person in schedule.recipients.order_by("email"):
        (may if may_have(schedule, person) else may_not).append(person)
    return may, may_not


def may_have(schedule: ExportSchedule, person: User) -> bool:
    if not person.is_active or not rules.may_export_responses(person):
        return False
    return whole_consultations_visible_to(person).filter(pk=schedule.consultation_id).exists()


def _language_of_owner(schedule: ExportSchedule) -> str:
    return language_of(schedule.created_by) if schedule.created_by else schedule.language


def _job(schedule: ExportSchedule) -> ExportJob:
    return ExportJob(
        consultation=schedule.consultation,
        purpose=schedule.purpose,
        format=schedule.format,
        values=schedule.values,
        language=schedule.language,
        sensitive=schedule.sensitive,
        filter=schedule.filter,
        weighting=schedule.weighting,
        with_codes=schedule.with_codes,
    )


def tell(scheduled: ScheduledJob) -> None:
    """Mail the recipient their way to the file; a failure is told to whoever made the schedule."""
    own = ScheduledJob.objects.filter(pk=scheduled.pk)
    if not own.filter(told_at=None).update(told_at=timezone.now()):
        return
    try:
        _tell(scheduled.job, scheduled.schedule)
    except (SMTPException, OSError):
        # The next run of the clock tries again.
        own.update(told_at=None)
        log.warning("schedule_not_told", job=str(scheduled.job_id))


def _tell(job: ExportJob, schedule: ExportSchedule) -> None:
    if job.status == JobStatus.FAILED:
        failures.note(schedule, job.message)
    elif job.requested_by and job.status == JobStatus.DONE:
        mail.ready(job=job, schedule=schedule, to=job.requested_by)


def tell_of(job_id: UUID) -> None:
    """What a worker does right after it wrote a file."""
    for scheduled in ScheduledJob.objects.filter(job=job_id, told_at=None).exclude(
        job__status__in=JobStatus.unfinished
    ):
        tell(scheduled)
    failures.tell_all()


def _without_right(people: list[User]) -> str:
    """Without names: who lost a right is for the page of the schedule to show, not for a mail."""
    if not people:
        return _("Nobody who may have the file is left among its recipients.")
    return ngettext(
        "One of its recipients may no longer have the file, and got none.",
        "%(count)s of its recipients may no longer have the file, and got none.",
        len(people),
    ) % {"count": len(people)}
