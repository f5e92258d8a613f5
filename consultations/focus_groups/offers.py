"""Places offered, for a while: to the next person in the queue who keeps the composition.

Everything here happens under the group's lock, and everything may be asked for twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import User

from ..enums import GroupStatus, OfferStatus, SessionStatus
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession, Registration, Seat, SeatOffer
from . import composition, seats
from .addresses import normalised
from .composition import Profile
from .queueing import NoticeKind, queue
from .screening import Screening
from .states import change_state

# Whoever accepts must still be able to get there, and the moderator to know who comes.
LAST_CALL = timedelta(hours=2)


@transaction.atomic
def offer(*, registration: Registration, session: FocusGroupSession, by: User | None) -> SeatOffer:
    """Hold a place for somebody until the deadline. A pending offer of the same place is returned as it is.

    Raises ``NotAllowed`` (``seats.Full`` among them).
    """
    group = seats.lock(session.group_id)
    registration.refresh_from_db()
    pending = registration.offers.pending().filter(session=session).first()
    if pending is not None:
        return pending
    session.refresh_from_db()
    _require_offerable(group, session)
    if overlapping(registration, session):
        raise NotAllowed(_("This person has a place in another session at the same time."))
    seats.take(registration, session)
    change_state(registration, S.OFFERED, by=by)
    made = SeatOffer.objects.create(
        registration=registration, session=session, expires_at=_deadline(group, session)
    )
    queue(registration, NoticeKind.OFFERED, key=f"offered:{made.pk}")
    return made


@transaction.atomic
def accept(*, registration: Registration, by: User | None = None) -> None:
    """Take the place. Twice is once. Raises ``NotAllowed`` when there is no offer, or it is over.

    ``by`` is a member of staff whom the person told.
    """
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status == S.CONFIRMED:
        return
    pending = registration.offers.pending().first()
    if pending is None or pending.expires_at <= timezone.now():
        raise NotAllowed(_("The time to accept this place is over. You can ask for a place again."))
    _answer(pending, OfferStatus.ACCEPTED)
    change_state(registration, S.CONFIRMED, by=by)
    queue(registration, NoticeKind.CONFIRMED, key=f"confirmed:{pending.pk}")


@transaction.atomic
def decline(*, registration: Registration) -> None:
    """Leave the place to somebody else. Twice is once."""
    group = seats.lock(registration.group_id)
    registration.refresh_from_db()
    pending = registration.offers.pending().first()
    if pending is None:
        return
    _answer(pending, OfferStatus.DECLINED)
    seats.release(registration)
    change_state(registration, S.DECLINED, by=None)
    queue(registration, NoticeKind.DECLINED, key=f"declined:{pending.pk}")
    promote(group.pk)


@transaction.atomic
def take_back(*, registration: Registration, by: User | None, to: S = S.WAITING, reason: str = "") -> None:
    """Free the place of somebody who holds one (offered or confirmed), and write the state that follows."""
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    for pending in registration.offers.pending():
        _answer(pending, OfferStatus.WITHDRAWN)
    seats.release(registration)
    change_state(registration, to, by=by, reason=reason)


def expire_overdue() -> int:
    """Give up the places that nobody accepted in time, and offer them on. Returns how many were given up."""
    overdue = SeatOffer.objects.overdue().values_list("pk", flat=True)
    return sum(_expire(key) for key in list(overdue))


@transaction.atomic
def _expire(key: int) -> bool:
    group_id = SeatOffer.objects.values_list("registration__group_id", flat=True).get(pk=key)
    seats.lock(group_id)
    found = SeatOffer.objects.overdue().select_related("registration").filter(pk=key).first()
    if found is None:
        return False
    _answer(found, OfferStatus.EXPIRED)
    seats.release(found.registration)
    change_state(found.registration, S.EXPIRED, by=None)
    queue(found.registration, NoticeKind.EXPIRED, key=f"expired:{found.pk}")
    promote(group_id)
    return True


@transaction.atomic
def promote(group_id: int) -> int:
    """Offer free places to those who wait, in strict order. Returns how many offers were made.

    Somebody whom the composition refuses, or who can come to no session with a free place, keeps their
    position and is asked again next time.
    """
    group = seats.lock(group_id)
    if group.status not in GroupStatus.running:
        return 0
    screened = Screening(group)
    rooms, made = [room for room in _rooms(group, screened) if room.free], 0
    if not rooms:
        return 0
    waiting = group.registrations.waiting().select_related("contact").prefetch_related("availability")
    for registration in waiting:
        mine = screened.profile(registration.screening)
        room = _room_for(registration, mine, rooms, screened)
        if room is not None and _try(registration, room.session):
            room.seated.append(mine)
            made += 1
        if not any(room.free for room in rooms):
            break
    return made


def _try(registration: Registration, session: FocusGroupSession) -> bool:
    try:
        offer(registration=registration, session=session, by=None)
    except NotAllowed:  # its rows say otherwise than the count did: the rows are right
        return False
    return True


class _Room:
    """A session while places are given away: who sits in it so far, by what the quotas read."""

    def __init__(self, session: FocusGroupSession, seated: list[Profile]) -> None:
        self.session, self.seated = session, seated

    @property
    def free(self) -> bool:
        return len(self.seated) < self.session.capacity


def _rooms(group: FocusGroup, screened: Screening) -> list[_Room]:
    """The sessions that can still be joined, in the order of their dates."""
    sessions = group.sessions.upcoming().filter(starts_at__gt=timezone.now() + LAST_CALL)
    return [_Room(session, seated_profiles(screened, session)) for session in sessions]


def seated_profiles(screened: Screening, session: FocusGroupSession) -> list[Profile]:
    """What the quotas read of everyone who holds a place in a session."""
    taken = Seat.objects.filter(session=session, registration__isnull=False)
    return [screened.profile(answers) for answers in taken.values_list("registration__screening", flat=True)]


def _room_for(
    registration: Registration, mine: Profile, rooms: Iterable[_Room], screened: Screening
) -> _Room | None:
    possible = {session.pk for session in registration.availability.all()}
    for room in rooms:
        can_come = not possible or room.session.pk in possible
        if not can_come or not composition.fits(screened.rules, room.seated, mine, room.session.capacity):
            continue
        if not overlapping(registration, room.session):
            return room
    return None


def overlapping(registration: Registration, session: FocusGroupSession) -> bool:
    """Whether the same person, known by their address, holds a place somewhere else at that time."""
    contact = getattr(registration, "contact", None)
    return contact is not None and held_at(contact.email, session, except_for=registration) is not None


def held_at(email: str, session: FocusGroupSession, *, except_for: Registration | None) -> Seat | None:
    """The place that somebody holds elsewhere while a session takes place."""
    others = Seat.objects.filter(registration__contact__email=normalised(email))
    if except_for is not None:
        others = others.exclude(registration=except_for)
    elsewhere = others.exclude(session__status=SessionStatus.CANCELLED).select_related("session__group")
    return next(
        (
            seat
            for seat in elsewhere
            if seat.session.starts_at < session.ends_at and session.starts_at < seat.session.ends_at
        ),
        None,
    )


def waiting_place(registration: Registration) -> tuple[int, int]:
    """The honest range of somebody's place in the queue, counted from 1.

    At best, only those before them who are alike in what the quotas read are served first; at worst,
    everyone before them who wants one of the same sessions.
    """
    group, screened = registration.group, Screening(registration.group)
    mine = {session.pk for session in registration.availability.all()}
    profile = screened.profile(registration.screening)
    ahead = group.registrations.waiting().filter(position__lt=registration.position)
    rivals = [
        other
        for other in ahead.prefetch_related("availability")
        if not mine or not (theirs := {session.pk for session in other.availability.all()}) or mine & theirs
    ]
    alike = sum(screened.profile(rival.screening) == profile for rival in rivals)
    return 1 + alike, 1 + len(rivals)


def _require_offerable(group: FocusGroup, session: FocusGroupSession) -> None:
    if group.status not in GroupStatus.running:
        raise NotAllowed(_("This focus group takes nobody at the moment."))
    if session.status != SessionStatus.PLANNED or session.starts_at <= timezone.now() + LAST_CALL:
        raise NotAllowed(_("It is too late to offer a place in this session."))


def _deadline(group: FocusGroup, session: FocusGroupSession) -> datetime:
    """The group's hours, cut short where the session comes sooner."""
    return min(timezone.now() + timedelta(hours=group.offer_hours), session.starts_at - LAST_CALL / 2)


def _answer(found: SeatOffer, status: OfferStatus) -> None:
    found.status, found.answered_at = status, timezone.now()
    found.save(update_fields=["status", "answered_at"])
