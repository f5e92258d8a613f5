"""What may follow what for a registration: one table, and one function that writes the state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal import audit
from portal.models import User

from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import Registration

TRANSITIONS: dict[S, set[S]] = {
    S.UNCONFIRMED: {S.RECEIVED, S.WAITING, S.NOT_ELIGIBLE, S.CANCELLED},
    S.RECEIVED: {S.OFFERED, S.WAITING, S.NOT_SELECTED, S.CANCELLED},
    S.WAITING: {S.OFFERED, S.NOT_SELECTED, S.CANCELLED},
    # An offer that is taken back (a session was cancelled) puts the person back into the queue.
    S.OFFERED: {S.CONFIRMED, S.DECLINED, S.EXPIRED, S.WAITING, S.CANCELLED},
    S.CONFIRMED: {S.ATTENDED, S.ABSENT, S.WAITING, S.CANCELLED},
    # Somebody ticked the wrong line, or came late.
    S.ATTENDED: {S.CONFIRMED, S.ABSENT},
    S.ABSENT: {S.CONFIRMED, S.ATTENDED},
    # Who let an offer pass may ask again, and stands at the end of the queue.
    S.DECLINED: {S.WAITING},
    S.EXPIRED: {S.WAITING, S.CANCELLED},
    S.CANCELLED: {S.UNCONFIRMED, S.WAITING, S.RECEIVED},
    # Staff may change their mind while there are places.
    S.NOT_SELECTED: {S.WAITING, S.CANCELLED},
    S.NOT_ELIGIBLE: {S.CANCELLED},
}


def may_become(registration: Registration, to: S) -> bool:
    return to in TRANSITIONS[S(registration.status)]


def change_state(registration: Registration, to: S, *, by: User | None, reason: str = "") -> None:
    """Write a new state. The group's row is locked by whoever calls (``seats.lock``).

    ``by=None`` is the person concerned, or the portal itself. Raises ``NotAllowed``.
    """
    before = S(registration.status)
    if to not in TRANSITIONS[before]:
        words = {"before": before.label, "after": to.label}
        raise NotAllowed(_("A registration that is “%(before)s” cannot become “%(after)s”.") % words)
    registration.status = to
    registration.reason = reason
    registration.revision += 1
    registration.save(update_fields=["status", "reason", "revision"])
    audit.record(f"registration.{to.value}", target=registration, by=by, before=before.value, reason=reason)
