"""What somebody can do with their own sign-up: one entry a button, each a verb that may be pressed twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.clocks import zone_named

from ..enums import ConsentPurpose
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import Registration
from . import availability, consents, erasure, offers, signup

# While a place may still come, people can say anew which sessions they can come to.
CHOOSING = frozenset({S.UNCONFIRMED, S.RECEIVED, S.WAITING, S.DECLINED, S.EXPIRED})
Do = Callable[[Registration, QueryDict], None]


@dataclass(frozen=True)
class Action:
    """``states`` are those in which its button is shown; in others it says why nothing happened."""

    do: Do
    states: frozenset[S] = frozenset(S)


def _language_and_clock(registration: Registration, data: QueryDict) -> None:
    language, zone = data.get("language", ""), data.get("timezone", "")
    if language not in dict(settings.LANGUAGES):
        raise NotAllowed(_("Choose one of the languages shown."))
    if zone_named(zone) is None:
        raise NotAllowed(_("Choose the place whose clock is yours."))
    signup.change_language(registration=registration, language=language)
    signup.change_clock(registration=registration, zone=zone)


def _sessions(registration: Registration, data: QueryDict) -> None:
    if S(registration.status) not in CHOOSING:
        raise NotAllowed(_("You have a place already. Give it back first if you want another session."))
    found = availability.chosen(registration.group, data.getlist("sessions"), registration=registration)
    signup.update_availability(registration=registration, sessions=found)


def _give(registration: Registration, data: QueryDict) -> None:
    consents.give(registration=registration, purpose=_purpose(data))


def _withdraw(registration: Registration, data: QueryDict) -> None:
    """Without the permission to take part nobody can keep a place."""
    purpose = _purpose(data)
    if purpose in consents.REQUIRED:
        signup.withdraw(registration=registration)
    consents.withdraw(registration=registration, purpose=purpose)


def _purpose(data: QueryDict) -> ConsentPurpose:
    try:
        return ConsentPurpose(data.get("purpose", ""))
    except ValueError:
        raise NotAllowed(_("This permission is not asked for.")) from None


ACTIONS: dict[str, Action] = {
    "confirm": Action(lambda who, data: signup.confirm(registration=who), frozenset({S.UNCONFIRMED})),
    "accept": Action(lambda who, data: offers.accept(registration=who), frozenset({S.OFFERED})),
    "decline": Action(lambda who, data: offers.decline(registration=who), frozenset({S.OFFERED})),
    "cancel": Action(
        lambda who, data: signup.withdraw(registration=who),
        frozenset({S.UNCONFIRMED, S.RECEIVED, S.WAITING, S.CONFIRMED}),
    ),
    "ask-again": Action(
        lambda who, data: signup.ask_again(registration=who), frozenset({S.DECLINED, S.EXPIRED})
    ),
    "language": Action(_language_and_clock),
    "sessions": Action(_sessions, CHOOSING),
    "give": Action(_give),
    "withdraw": Action(_withdraw),
    "erase": Action(lambda who, data: erasure.erase(registration=who)),
}
