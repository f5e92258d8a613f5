"""How long what was never sent is kept: thirty days after the consultation closes, as the notices promise."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal import audit

from ..enums import ConsultationStatus
from ..models import Consultation, Response

DRAFTS_ARE_KEPT = timedelta(days=30)


def erase_drafts() -> int:
    """Delete drafts of consultations that closed thirty days ago or earlier, with their codes.

    Answers that were sent stay. Returns how many drafts went; one audit entry a consultation keeps the count.
    """
    over = Consultation.objects.filter(
        status__in=(ConsultationStatus.CLOSED, ConsultationStatus.REPORTED),
        closes_at__lte=timezone.now() - DRAFTS_ARE_KEPT,
    )
    return sum(_erase(consultation) for consultation in over)


@transaction.atomic
def _erase(consultation: Consultation) -> int:
    drafts = Response.objects.drafts().filter(consultation=consultation)
    count = drafts.count()
    if count:
        drafts.delete()
        audit.record("responses.drafts_erased", target=consultation, by=None, count=count)
    return count
