"""Places as rows: what is not there cannot be given away, and one person never holds two.

Whoever changes anything about a group's registrations locks the group first. The lock puts people in order;
the rows are what keeps a place from being given twice even to somebody who forgot the lock.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import audit
from portal.models import User

from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession, Registration, Seat


class Full(NotAllowed):
    """No free place is left in the session."""


def lock(group_id: int) -> FocusGroup:
    """The group's row, held until the transaction ends. On SQLite the whole database is held by then."""
    return FocusGroup.objects.select_for_update().get(pk=group_id)


def make(session: FocusGroupSession) -> None:
    """A row a place, numbered from 1. Safe to repeat."""
    missing = set(range(1, session.capacity + 1)) - set(session.seats.values_list("number", flat=True))
    Seat.objects.bulk_create(
        [Seat(session=session, number=number) for number in sorted(missing)], ignore_conflicts=True
    )


@transaction.atomic
def resize(*, session: FocusGroupSession, capacity: int, by: User | None) -> None:
    """More places, or fewer: free ones go, from the highest number down.

    A seat that is taken keeps its number, the pseudonym of its person. Raises ``NotAllowed`` where more
    people hold a place than would be left.
    """
    lock(session.group_id)
    taken = session.seats.filter(registration__isnull=False).count()
    if capacity < taken:
        raise NotAllowed(
            ngettext(
                "%(taken)s place is already given away. Cancel some, or keep that many.",
                "%(taken)s places are already given away. Cancel some, or keep that many.",
                taken,
            )
            % {"taken": taken}
        )
    free = session.seats.filter(registration__isnull=True).order_by("-number")
    surplus = session.seats.count() - capacity
    Seat.objects.filter(pk__in=list(free.values_list("pk", flat=True)[: max(surplus, 0)])).delete()
    last = session.seats.aggregate(last=Max("number"))["last"] or 0
    new = [Seat(session=session, number=last + place) for place in range(1, max(-surplus, 0) + 1)]
    Seat.objects.bulk_create(new)
    FocusGroupSession.objects.filter(pk=session.pk).update(capacity=capacity)
    session.capacity = capacity
    audit.record("session.resized", target=session, by=by, capacity=capacity)


def free(session: FocusGroupSession) -> int:
    return session.seats.filter(registration__isnull=True).count()


def holds(registration: Registration, session: FocusGroupSession) -> bool:
    """Whether somebody has a place in a session, offered or taken."""
    return Seat.objects.filter(registration=registration, session=session).exists()


def take(registration: Registration, session: FocusGroupSession) -> Seat:
    """The free seat with the lowest number. Whoever holds one in this session keeps it.

    The condition in the update is the database's own word: of two who try, one gets the row. Raises ``Full``.
    """
    held = Seat.objects.filter(registration=registration).first()
    if held is not None and held.session_id == session.pk:
        return held
    if held is not None:
        raise NotAllowed(_("This person already holds a place in another session."))
    for seat in session.seats.filter(registration__isnull=True).order_by("number"):
        if Seat.objects.filter(pk=seat.pk, registration__isnull=True).update(registration=registration):
            seat.registration = registration
            return seat
    raise Full(_("There is no free place in this session."))


def release(registration: Registration) -> FocusGroupSession | None:
    """Give the place back, if there is one. Returns the session in which it became free."""
    seat = Seat.objects.select_related("session").filter(registration=registration).first()
    if seat is None:
        return None
    Seat.objects.filter(pk=seat.pk, registration=registration).update(registration=None)
    return seat.session
