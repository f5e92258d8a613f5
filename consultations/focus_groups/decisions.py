"""What staff decide about one registration by hand, with the reason that the person is told."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from portal.models import User

from ..enums import NotSelectedReason, SessionStatus
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import FocusGroupSession, Registration
from . import offers, seats
from .queueing import NoticeKind, queue
from .states import change_state

BACK_TO_THE_QUEUE = "taken_back"


@transaction.atomic
def turn_down(
    *,
    registration: Registration,
    reason: NotSelectedReason,
    alternative: FocusGroupSession | None = None,
    by: User | None,
) -> None:
    """Say that there is no place, why, and which other session could be one. Twice is once.

    The alternative may belong to another group. Raises ``NotAllowed``.
    """
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status == S.NOT_SELECTED:
        return
    if alternative is not None and (alternative.status != SessionStatus.PLANNED or alternative.is_past):
        raise NotAllowed(_("The other session must be planned, and lie ahead."))
    change_state(registration, S.NOT_SELECTED, by=by, reason=reason.value)
    registration.alternative = alternative
    registration.save(update_fields=["alternative"])
    queue(registration, NoticeKind.NOT_SELECTED, key=f"not_selected:{registration.revision}")


@transaction.atomic
def put_back(*, registration: Registration, by: User | None) -> None:
    """Into the queue again, at the place in the order that the person has. Nothing is offered by it."""
    seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status == S.WAITING:
        return
    if registration.status in (S.OFFERED, S.CONFIRMED):
        offers.take_back(registration=registration, by=by, to=S.WAITING, reason=BACK_TO_THE_QUEUE)
    else:
        change_state(registration, S.WAITING, by=by, reason=BACK_TO_THE_QUEUE)
        registration.alternative = None
        registration.save(update_fields=["alternative"])
    queue(registration, NoticeKind.WAITING, key=f"waiting:{registration.revision}")
