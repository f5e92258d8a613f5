"""Mails are written by the queue, which is told a random id and what the mail is about, and nothing else."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from django.db import transaction
from django_q.tasks import async_task

from ..models import Registration


class NoticeKind(StrEnum):
    """What a mail says. Each has its subject, text and HTML in templates/emails/focus_groups/."""

    CONFIRM_ADDRESS = "confirm_address"
    NEW_LINK = "new_link"
    RECEIVED = "received"
    NOT_ELIGIBLE = "not_eligible"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    NOT_SELECTED = "not_selected"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    CHANGED = "changed"
    SESSION_CANCELLED = "session_cancelled"
    REMINDER = "reminder"
    LINK = "link"
    THANKS = "thanks"


def queue(registration: Registration, kind: NoticeKind, *, key: str) -> None:
    """Send a mail once the transaction is stored. The same key sends it once, however often it is asked."""
    transaction.on_commit(
        partial(async_task, "consultations.tasks.send_notice", str(registration.pk), kind.value, key)
    )
