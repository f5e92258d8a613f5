"""Telling those who asked that the results are out, and forgetting addresses: each has its day."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal import audit

from ..enums import ConsultationStatus
from ..models import Consultation, Follower
from . import mail

log = logging.getLogger(__name__)

# How long an address waits for its owner's word, and the longest that it is kept after closing.
UNCONFIRMED = timedelta(days=7)
AFTER_CLOSING = timedelta(days=365)
AT_ONCE = 200


def tell() -> int:
    """Send the one mail to whoever asked for it and delete each address then. Returns how many were told.

    Safe to run twice, and two at a time: whoever is being told is marked first. Where the mail server
    refuses, the rest waits for the next run.
    """
    waiting = Follower.objects.to_tell().filter(consultation__status=ConsultationStatus.REPORTED)
    told = 0
    for follower in waiting.select_related("consultation")[:AT_ONCE]:
        if not _claim(follower):
            continue
        try:
            mail.tell_results(follower)
        except (SMTPException, OSError):
            # The exception may quote the address: only the fact is logged.
            log.error("results_not_mailed")
            Follower.objects.filter(pk=follower.pk).update(told_on=None)
            break
        follower.delete()
        told += 1
    return told


def _claim(follower: Follower) -> bool:
    mine = Follower.objects.filter(pk=follower.pk, told_on__isnull=True)
    return bool(mine.update(told_on=timezone.localdate()))


def forget() -> int:
    """Delete addresses that were never confirmed in a week, and any a year after closing."""
    today = timezone.localdate()
    too_long = Q(confirmed_on__isnull=True, asked_on__lte=today - UNCONFIRMED) | Q(
        consultation__closes_at__lte=timezone.now() - AFTER_CLOSING
    )
    consultations = Consultation.objects.filter(
        pk__in=Follower.objects.filter(too_long).values("consultation")
    )
    return sum(_forget(consultation, too_long) for consultation in consultations)


@transaction.atomic
def _forget(consultation: Consultation, too_long: Q) -> int:
    count, _by_model = Follower.objects.filter(too_long, consultation=consultation).delete()
    audit.record("followers.erased", target=consultation, by=None, count=count)
    return count
