"""The joining link of a session online: for confirmed people, from its hour on, and for nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from ..enums import Modality, SessionStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroupSession, Registration
from . import seats


def due_at(session: FocusGroupSession) -> datetime:
    """The moment from which confirmed people get the link."""
    return session.starts_at - timedelta(hours=session.link_hours)


def link_for(registration: Registration, session: FocusGroupSession) -> str:
    """The link, or nothing where it is not due, not theirs, or no longer of use."""
    if registration.status != S.CONFIRMED or session.modality != Modality.ONLINE:
        return ""
    due = session.status == SessionStatus.PLANNED and due_at(session) <= timezone.now() < session.ends_at
    return session.link if due and seats.holds(registration, session) else ""
