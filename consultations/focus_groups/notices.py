"""What each mail is about: which session and offer it means, and whether it still says the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..enums import OfferStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroupSession, Registration, Seat, SeatOffer
from .queueing import NoticeKind as K


@dataclass(frozen=True)
class About:
    session: FocusGroupSession | None = None
    offer: SeatOffer | None = None


Resolver = Callable[[Registration, str], About]


@dataclass(frozen=True)
class Notice:
    """``holds`` are the states in which the mail still says the truth; empty where it always does."""

    about: Resolver
    holds: frozenset[S] = frozenset()
    # Whether a calendar file goes with it; the file itself says whether it stands or is cancelled.
    calendar: bool = False


def _nothing(registration: Registration, key: str) -> About:
    return About()


def _seat(registration: Registration, key: str) -> About:
    seat = Seat.objects.select_related("session").filter(registration=registration).first()
    pending = registration.offers.pending().first()
    return About(seat.session if seat else None, pending)


def _offer_in_key(registration: Registration, key: str) -> About:
    """The key ends with the offer: "declined:12"."""
    found = registration.offers.select_related("session").filter(pk__in=_number(key)).first()
    return About(found.session if found else None, found)


def _session_in_key(registration: Registration, key: str) -> About:
    """The key ends with the session; where the whole group was called off, with something else."""
    found = FocusGroupSession.objects.filter(group=registration.group_id, pk__in=_number(key)).first()
    return About(found) if found else _last_place(registration, key)


def _last_place(registration: Registration, key: str) -> About:
    """The session in which somebody had accepted a place, so that it leaves their calendar."""
    held = registration.offers.filter(status__in=[OfferStatus.ACCEPTED, OfferStatus.WITHDRAWN])
    found = held.select_related("session").first()
    return About(found.session if found else None, found)


def _number(key: str) -> list[int]:
    """The number at the end, if there is one."""
    last = key.rpartition(":")[2]
    return [int(last)] if last.isdecimal() else []


_SEATED = frozenset({S.OFFERED, S.CONFIRMED})
NOTICES: dict[K, Notice] = {
    K.CONFIRM_ADDRESS: Notice(_nothing, frozenset({S.UNCONFIRMED})),
    K.NEW_LINK: Notice(_seat),
    K.RECEIVED: Notice(_nothing, frozenset({S.RECEIVED})),
    K.NOT_ELIGIBLE: Notice(_nothing, frozenset({S.NOT_ELIGIBLE})),
    K.OFFERED: Notice(_offer_in_key, frozenset({S.OFFERED})),
    K.CONFIRMED: Notice(_seat, frozenset({S.CONFIRMED}), calendar=True),
    K.WAITING: Notice(_nothing, frozenset({S.WAITING})),
    K.NOT_SELECTED: Notice(_nothing, frozenset({S.NOT_SELECTED})),
    K.DECLINED: Notice(_offer_in_key),
    K.EXPIRED: Notice(_offer_in_key),
    K.CANCELLED: Notice(_last_place, frozenset({S.CANCELLED}), calendar=True),
    K.CHANGED: Notice(_seat, _SEATED, calendar=True),
    K.SESSION_CANCELLED: Notice(_session_in_key, calendar=True),
    K.REMINDER: Notice(_seat, frozenset({S.CONFIRMED})),
    K.LINK: Notice(_seat, frozenset({S.CONFIRMED}), calendar=True),
    K.THANKS: Notice(_seat, frozenset({S.CONFIRMED, S.ATTENDED})),
}
# Mails about a place say nothing once there is none.
NEEDS_SESSION = frozenset({K.OFFERED, K.CONFIRMED, K.CHANGED, K.REMINDER, K.LINK})


def about(registration: Registration, kind: K, key: str) -> About | None:
    """What the mail is about, or ``None`` where what it would say is no longer so."""
    notice = NOTICES[kind]
    if notice.holds and registration.status not in notice.holds:
        return None
    found = notice.about(registration, key)
    if kind in NEEDS_SESSION and found.session is None:
        return None
    return found
