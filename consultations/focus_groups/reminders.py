"""Reminders: to confirmed people alone, each once, and only while it still makes sense.

A session counts its changes; a reminder of a session that was moved is another one, and is sent anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from ..enums import Modality, OfferStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroupSession, Registration
from .joining import due_at
from .queueing import NoticeKind, queue

_LONGEST = timedelta(days=60)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reminder:
    """One reminder of a session: so many minutes before, with the joining link or without."""

    minutes: int
    at: datetime
    kind: NoticeKind

    def is_stale(self, now: datetime) -> bool:
        """A reminder that comes much too late says nothing new; the way in is always of use."""
        late = min(timedelta(minutes=self.minutes) / 4, _DAY)
        return self.kind is NoticeKind.REMINDER and now - self.at > late


def reminders_of(session: FocusGroupSession) -> list[Reminder]:
    """All of them, earliest first. Online, one comes when the link is due, and those after it carry it."""
    minutes = set(session.group.reminders)
    link_from = 0
    if session.modality == Modality.ONLINE and session.link:
        link_from = round((session.starts_at - due_at(session)) / timedelta(minutes=1))
        minutes.add(link_from)
    return [
        Reminder(
            before,
            session.starts_at - timedelta(minutes=before),
            NoticeKind.LINK if before <= link_from else NoticeKind.REMINDER,
        )
        for before in sorted(minutes, reverse=True)
    ]


def due(session: FocusGroupSession, now: datetime) -> Reminder | None:
    """The newest reminder whose moment has come. Older ones that nobody sent are left out."""
    past = [reminder for reminder in reminders_of(session) if reminder.at <= now]
    return past[-1] if past and not past[-1].is_stale(now) else None


def send_due() -> int:
    """Queue every reminder that is due. Safe at any rhythm and with several workers: mails go out once a key.

    Returns how many were queued.
    """
    return sum(_remind(session, reminder) for session, reminder in _all_due())


def _all_due() -> Iterator[tuple[FocusGroupSession, Reminder]]:
    now = timezone.now()
    coming = FocusGroupSession.objects.upcoming().filter(starts_at__lte=now + _LONGEST)
    for session in coming.select_related("group"):
        reminder = due(session, now)
        if reminder is not None:
            yield session, reminder


def _remind(session: FocusGroupSession, reminder: Reminder) -> int:
    key = f"{reminder.kind.value}:{session.pk}:{reminder.minutes}:{session.revision}"
    people = _confirmed(session).exclude(notices__key=key)
    told = [person for person in people if _makes_sense(person, reminder)]
    for person in told:
        queue(person, reminder.kind, key=key)
    return len(told)


def _confirmed(session: FocusGroupSession) -> QuerySet[Registration]:
    """With the moments at which they accepted and at which they were told of the session's last change."""
    changed = f"{NoticeKind.CHANGED.value}:{session.pk}:{session.revision}"
    people = Registration.objects.filter(seat__session=session, status=S.CONFIRMED)
    return people.annotate(
        accepted_at=Max("offers__answered_at", filter=Q(offers__status=OfferStatus.ACCEPTED)),
        changed_at=Max("notices__sent_at", filter=Q(notices__key=changed)),
    )


def _makes_sense(person: Registration, reminder: Reminder) -> bool:
    """Not for somebody whom a later mail has told the same; the link is for everybody who has a place."""
    told = [at for at in (person.accepted_at, person.changed_at) if at]  # type: ignore[attr-defined]  # annotated
    return reminder.kind is NoticeKind.LINK or all(at < reminder.at for at in told)
