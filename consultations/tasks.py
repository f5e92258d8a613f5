"""Background jobs: thin, with primitive arguments, safe to run twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import QuerySet

from portal.models import User

from . import lifecycle
from .analysis import snapshot
from .answering import retention
from .digest import sending as digest
from .exports import jobs as exports
from .focus_groups import deletion_warnings, draw_documents, mail, reminders, thanks, upkeep
from .focus_groups import retention as contact_retention
from .following import telling
from .models import Consultation, Draw, FocusGroup, PublicFile, WaveImport
from .opendata import publication as open_data
from .schedules import running as schedules
from .themes import collecting, suggestions
from .waves import importing as waves
from .waves import working as wave_work

log = structlog.get_logger(__name__)


def keep_to_dates() -> None:
    """Open and close the consultations whose moment has come. Runs every minute.

    Two workers at once do no harm: the second finds the status changed and leaves it.
    """
    _keep(Consultation.objects.due_to_close(), lifecycle.close)
    _keep(Consultation.objects.due_to_open().filter(live=True), lifecycle.open_now)


def _keep(due: QuerySet[Consultation], verb: lifecycle.Verb) -> None:
    """One after the other, each looked at again under a lock: its date may have been put off meanwhile."""
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            for consultation in due.filter(pk=key).select_for_update():
                _try(verb, consultation)


def _try(verb: lifecycle.Verb, consultation: Consultation) -> None:
    try:
        verb(consultation=consultation, by=None)
    except lifecycle.NotAllowed as refusal:
        log.warning("consultation_not_changed", consultation=consultation.slug, reason=str(refusal))


def write_export(job_id: str) -> None:
    """Write the file of an export that somebody asked for."""
    exports.run(UUID(job_id))
    schedules.tell_of(UUID(job_id))


def refresh_snapshot(consultation_id: int) -> None:
    """Bring the frame of a consultation up to date for whoever looks at its figures."""
    consultation = Consultation.objects.filter(pk=consultation_id).first()
    if consultation:
        snapshot.refresh(consultation)


def read_answers_ahead() -> None:
    """Bring frames up to date for which much waits, before somebody does. Runs every quarter of an hour."""
    snapshot.read_ahead()


def collect_passages(consultation_id: int) -> None:
    """Find the open answers and notes that are new to whoever codes them."""
    consultation = Consultation.objects.filter(pk=consultation_id).first()
    if consultation:
        collecting.collect(consultation)


def train_suggestions(training_id: int) -> None:
    """Learn from what people coded, and suggest codes for the rest. On this machine alone."""
    suggestions.run(training_id)


def expire_exports() -> None:
    """Delete exports whose time is over, and free what workers that died had begun. Runs every hour."""
    exports.expire()
    wave_work.free_lost()
    open_data.give_up_lost()


def erase_drafts() -> None:
    """Delete what was never sent, thirty days after closing. Runs every day."""
    retention.erase_drafts()
    waves.forget_abandoned()


def estimate_chances(draw_id: int) -> None:
    """Find out what chance everybody had in a balanced draw."""
    draw = Draw.objects.filter(pk=draw_id).first()
    if draw:
        draw_documents.estimate_chances(draw)


def tell_results() -> None:
    """Write to those who asked for results that are out. Runs every ten minutes."""
    telling.tell()


def forget_followers() -> None:
    """Delete addresses whose time is over. Runs every day."""
    telling.forget()


def make_open_data(file_id: int) -> None:
    """Write the files of a data set for everyone."""
    file = PublicFile.objects.select_related("consultation").filter(pk=file_id).first()
    if file:
        open_data.make(file)


def send_notice(registration_id: str, kind: str, key: str) -> None:
    """Write to somebody who signed up for a focus group, once for each key."""
    mail.send_notice(registration_id, kind, key)


def read_wave(wave_id: str) -> None:
    """Find out what the file of an earlier consultation holds."""
    wave = WaveImport.objects.select_related("like").filter(pk=UUID(wave_id)).first()
    if wave:
        wave_work.read(wave)


def check_wave(wave_id: str) -> None:
    """Look at every row of an earlier consultation."""
    wave = WaveImport.objects.select_related("like").filter(pk=UUID(wave_id)).first()
    if wave:
        wave_work.check(wave)


def store_wave(wave_id: str) -> None:
    """Store the answers of an earlier consultation."""
    wave = WaveImport.objects.filter(pk=UUID(wave_id)).first()
    if wave:
        wave_work.store(wave)


def keep_focus_groups() -> None:
    """Close calls, give up overdue offers and offer places on. Runs every minute."""
    upkeep.keep_up()


def remind_focus_groups() -> None:
    """Queue reminders and thanks that are due. Runs every five minutes."""
    reminders.send_due()
    thanks.send_due()


def keep_focus_group_promises() -> None:
    """Warn of deletions that are near, and delete what was promised. Runs every day."""
    deletion_warnings.warn_due()
    contact_retention.forget_due()


def warn_of_deletion(group_id: int, user_id: int, day: str) -> None:
    """Tell a member of staff that a group's contact data are about to be deleted."""
    group, user = FocusGroup.objects.filter(pk=group_id).first(), User.objects.filter(pk=user_id).first()
    if group and user:
        deletion_warnings.mail(group=group, user=user, day=date.fromisoformat(day))


def run_export_schedules() -> None:
    """Ask for the exports that recur and are due, and tell of those that ended. Runs every five minutes."""
    schedules.run_due()


def send_digests() -> None:
    """Tell units once a week what came in. Runs every hour; each person gets one mail a week."""
    digest.send_due()
