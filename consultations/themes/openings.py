"""That somebody opened single texts: one entry of the audit trail a stretch of work (ADR 0040)."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.models import User

from ..models import CodingSession, Consultation, Passage

# Somebody who comes back after so long begins a new stretch of work.
PAUSE = timedelta(minutes=30)


@transaction.atomic
def record(*, consultation: Consultation, passages: list[Passage], by: User) -> CodingSession:
    """Note which texts were on the screen. The first text of a stretch writes the audit entry."""
    now = timezone.now()
    session = (
        CodingSession.objects.select_for_update(of=("self",))
        .filter(consultation=consultation, person=by, last_at__gte=now - PAUSE)
        .order_by("-began_at")
        .first()
    )
    if session is None:
        session = CodingSession.objects.create(consultation=consultation, person=by, last_at=now)
        audit.record("texts.opened", target=consultation, by=by, session=str(session.pk))
    new = [passage.pk for passage in passages if passage.pk not in session.opened]
    session.opened, session.last_at = [*session.opened, *new], now
    session.save(update_fields=["opened", "last_at"])
    return session
