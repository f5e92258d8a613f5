"""Thanks to those who came, a day later, with the page on which the results will stand."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ..enums import RegistrationStatus as S
from ..enums import SessionStatus
from ..models import FocusGroupSession, Registration
from .queueing import NoticeKind, queue

_AFTER = timedelta(days=1)
# Attendance that is corrected later than this brings no thanks any more.
_UNTIL = timedelta(days=30)


def send_due() -> int:
    """Queue the thanks that are due, once a person and session. Returns how many were queued."""
    now = timezone.now()
    held = FocusGroupSession.objects.filter(
        status=SessionStatus.HELD, starts_at__lte=now - _AFTER, starts_at__gte=now - _UNTIL
    )
    return sum(_thank(session) for session in held)


def _thank(session: FocusGroupSession) -> int:
    key = f"{NoticeKind.THANKS.value}:{session.pk}"
    came = Registration.objects.filter(seat__session=session, status=S.ATTENDED, contact__isnull=False)
    people = list(came.exclude(notices__key=key))
    for person in people:
        queue(person, NoticeKind.THANKS, key=key)
    return len(people)
