"""Another session for somebody who cannot have the one that they wanted."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ..enums import RegistrationStatus
from ..models import FocusGroup, FocusGroupSession, Registration
from . import listing
from .listing import SessionCard

MOST = 3


def for_registration(
    registration: Registration, session: FocusGroupSession | None, reader: ZoneInfo | None
) -> list[SessionCard]:
    """Sessions that somebody could still come to, other than those in which they had a place or an offer.

    Not of the same group where its rules refused them.
    """
    found = _open_to(registration.group, reader)
    same_group = registration.status != RegistrationStatus.NOT_ELIGIBLE
    wanted = [card for card in found if same_group or card.group != registration.group]
    had = {*registration.offers.values_list("session", flat=True), session.pk if session else None}
    return [card for card in wanted if card.session.pk not in had][:MOST]


def beside(session: FocusGroupSession, reader: ZoneInfo | None) -> list[SessionCard]:
    """For the page of a session that is full."""
    return [card for card in _open_to(session.group, reader) if card.session.pk != session.pk][:MOST]


def _open_to(group: FocusGroup, reader: ZoneInfo | None) -> list[SessionCard]:
    """Of the same group first, then of others for the same countries and in a language that they speak."""
    countries = {country.pk for country in group.countries.all()}
    spoken = {session.language for session in group.sessions.all()} | set(group.languages)
    cards = listing.cards(listing.sessions_ahead().prefetch_related("group__countries"), reader)
    fitting = [card for card in cards if card.takes_people and _fits(card, group, countries, spoken)]
    return sorted(fitting, key=lambda card: (card.group != group, card.places != listing.Places.FREE))


def _fits(card: SessionCard, group: FocusGroup, countries: set[str], spoken: set[str]) -> bool:
    if card.group == group:
        return True
    theirs = {country.pk for country in card.group.countries.all()}
    same_place = not theirs or not countries or bool(theirs & countries)
    return same_place and card.session.language in spoken
