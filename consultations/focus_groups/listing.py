"""Sessions that lie ahead, with what can be said of their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from ..answering.words import Said, field_of
from ..enums import GroupStatus, RegistrationStatus, SelectionMode
from ..models import FocusGroup, FocusGroupSession, Registration
from . import routes, signup, spoken
from .clocks import Span, session_clocks


class Places(StrEnum):
    """How it stands with the places of a session, as one word."""

    FREE = "free"
    WAITING_LIST = "waiting_list"
    LOT = "lot"
    SOON = "soon"
    CLOSED = "closed"
    INVITATION = "invitation"


@dataclass(frozen=True)
class SessionCard:
    """A session in a list. ``waiting`` are those who wait for a place in its group."""

    session: FocusGroupSession
    group: FocusGroup
    title: Said
    segment: Said
    clocks: tuple[Span, ...]
    languages: str
    places: Places
    free: int
    waiting: int
    url: str
    # Nobody said on which clock: a script may put the reader's own first.
    guess: bool

    @property
    def takes_people(self) -> bool:
        return self.places in (Places.FREE, Places.WAITING_LIST, Places.LOT)


def sessions_ahead() -> QuerySet[FocusGroupSession]:
    """Planned sessions of groups that anyone may see, each with ``free``: its places that nobody holds."""
    free = Count("seats", filter=Q(seats__registration__isnull=True))
    found = FocusGroupSession.objects.upcoming().filter(group__status__in=GroupStatus.public)
    return found.select_related("group").annotate(free=free).order_by("starts_at", "pk")


def is_any_ahead() -> bool:
    return sessions_ahead().exists()


def taking_people() -> QuerySet[FocusGroupSession]:
    """Of these, the ones that somebody may sign up for now."""
    return sessions_ahead().filter(group__in=FocusGroup.objects.taking_sign_ups())


def one_a_group(cards: Iterable[SessionCard]) -> list[SessionCard]:
    """The first session of each group."""
    first: dict[int, SessionCard] = {}
    for card in cards:
        first.setdefault(card.group.pk, card)
    return list(first.values())


def for_country(sessions: QuerySet[FocusGroupSession], code: str) -> QuerySet[FocusGroupSession]:
    """Of groups that look for people in a country, or everywhere."""
    return sessions.filter(group__in=FocusGroup.objects.for_country(code))


def cards(sessions: Iterable[FocusGroupSession], reader: ZoneInfo | None) -> list[SessionCard]:
    """Two queries however many sessions there are: themselves, and who waits."""
    found = list(sessions)
    waiting = _waiting({session.group_id for session in found})
    return [_card(session, waiting.get(session.group_id, 0), reader) for session in found]


def _waiting(groups: set[int]) -> dict[int, int]:
    rows = Registration.objects.filter(group__in=groups, status=RegistrationStatus.WAITING).order_by()
    return {row["group"]: row["people"] for row in rows.values("group").annotate(people=Count("pk"))}


def _card(session: Any, waiting: int, reader: ZoneInfo | None) -> SessionCard:
    group, page = session.group, get_language() or "es"
    return SessionCard(
        session=session,
        group=group,
        title=field_of(group, "title", page=page),
        segment=field_of(group, "segment", page=page),
        clocks=session_clocks(session, reader),
        languages=spoken.languages_in_words(session),
        places=places_of(group, session.free, waiting),
        free=session.free,
        waiting=waiting,
        url=routes.group_page(group),
        guess=reader is None,
    )


def places_of(group: FocusGroup, free: int, waiting: int) -> Places:
    """A free place behind people who wait for it is not free: whoever comes now stands behind them."""
    if not group.names_kept:
        return Places.INVITATION
    if signup.opens_later(group):
        return Places.SOON
    if not signup.takes_sign_ups(group):
        return Places.CLOSED
    if group.selection == SelectionMode.BALANCED_DRAW:
        return Places.LOT
    return Places.FREE if free and not waiting else Places.WAITING_LIST
