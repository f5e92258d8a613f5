"""Who came: ticked on the list or by the code at the door, undone when the wrong line was ticked."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import User

from ..enums import RegistrationStatus as S
from ..enums import SessionStatus
from ..lifecycle import NotAllowed
from ..models import FocusGroupSession, PastParticipant, Registration
from . import addresses, seats
from .states import change_state

# People come early, and rooms are set up before.
DOORS_OPEN = timedelta(hours=3)
EXPECTED = frozenset({S.CONFIRMED, S.ATTENDED, S.ABSENT})


def is_open(session: FocusGroupSession) -> bool:
    """Whether attendance may be taken: from three hours before, and corrected for as long as it is kept."""
    begun = session.starts_at - DOORS_OPEN <= timezone.now()
    return begun and session.status != SessionStatus.CANCELLED


@transaction.atomic
def check_in(*, registration: Registration, by: User | None) -> None:
    """The person is here. Twice is once. Raises ``NotAllowed``."""
    session = _begin(registration)
    if registration.status == S.ATTENDED:
        return
    if registration.status == S.OFFERED:
        raise NotAllowed(_("This person was offered a place and has not accepted it."))
    change_state(registration, S.ATTENDED, by=by)
    _remember(registration, session)


@transaction.atomic
def mark_absent(*, registration: Registration, by: User | None) -> None:
    """The person did not come. Twice is once. Raises ``NotAllowed``."""
    session = _begin(registration)
    if registration.status == S.ABSENT:
        return
    change_state(registration, S.ABSENT, by=by)
    _forget(registration, session)


@transaction.atomic
def undo(*, registration: Registration, by: User | None) -> None:
    """Take a tick back: nobody has said yet whether the person came. Twice is once."""
    session = _begin(registration)
    if registration.status == S.CONFIRMED:
        return
    change_state(registration, S.CONFIRMED, by=by)
    _forget(registration, session)


@transaction.atomic
def count_no_shows(*, session: FocusGroupSession, by: User | None) -> int:
    """Whoever had confirmed and was not ticked did not come. Returns how many there were."""
    seats.lock(session.group_id)
    missing = Registration.objects.filter(seat__session=session, status=S.CONFIRMED)
    for registration in missing:
        change_state(registration, S.ABSENT, by=by)
    return len(missing)


def found_by_code(session: FocusGroupSession, code: str) -> Registration | None:
    """Whose code was typed, among those who hold a place in this session and no other."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    held = Registration.objects.filter(seat__session=session).select_related("seat")
    return next((item for item in held if item.door_code == typed), None)


def _begin(registration: Registration) -> FocusGroupSession:
    """Under the group's lock, as things stand: the session in which the person has a place."""
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    session = FocusGroupSession.objects.filter(seats__registration=registration).first()
    if session is None:
        raise NotAllowed(_("This person holds no place in a session."))
    if not is_open(session):
        raise NotAllowed(_("Attendance can be taken from three hours before the session."))
    return session


def _remember(registration: Registration, session: FocusGroupSession) -> None:
    """That somebody with this address took part lately, for the pause between two groups."""
    contact = getattr(registration, "contact", None)
    if contact is not None:
        digest = addresses.digest_anywhere(contact.email)
        known = PastParticipant.objects.filter(digest=digest).first()
        day = _day(session)
        if known is None or known.took_part_on < day:
            PastParticipant.objects.update_or_create(digest=digest, defaults={"took_part_on": day})


def _forget(registration: Registration, session: FocusGroupSession) -> None:
    contact = getattr(registration, "contact", None)
    if contact is not None:
        digest = addresses.digest_anywhere(contact.email)
        PastParticipant.objects.filter(digest=digest, took_part_on=_day(session)).delete()


def _day(session: FocusGroupSession) -> date:
    return session.starts_at.astimezone(session.zone).date()
