"""The sessions that somebody says they can come to: ahead of us, and not while they sit in another group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.clocks import on_clock

from ..answering.words import Said, field_of
from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession, Registration
from . import listing, offers, spoken
from .clocks import Span, session_clocks


@dataclass(frozen=True)
class Choice:
    """A session with a box to tick. ``clash`` names the group in which the person sits at that time."""

    session: FocusGroupSession
    clocks: tuple[Span, ...]
    languages: str
    free: int
    chosen: bool
    clash: Said


def ahead(group: FocusGroup) -> list[FocusGroupSession]:
    return list(listing.sessions_ahead().filter(group=group))


def choices(
    sessions: Iterable[Any],
    picked: Iterable[str],
    reader: ZoneInfo | None,
    *,
    registration: Registration | None = None,
) -> list[Choice]:
    wanted = set(picked)
    return [
        Choice(
            session,
            session_clocks(session, reader),
            spoken.languages_in_words(session),
            session.free,
            str(session.pk) in wanted,
            clash(session, registration),
        )
        for session in sessions
    ]


def clash(session: FocusGroupSession, registration: Registration | None, email: str = "") -> Said:
    """The group in which the same person holds a place while this session takes place."""
    address = email or (registration.contact.email if registration else "")
    if not address:
        return Said()
    seat = offers.held_at(address, session, except_for=registration)
    page = get_language() or "es"
    return field_of(seat.session.group, "title", page=page) if seat else Said()


def chosen(
    group: FocusGroup,
    picked: Iterable[str],
    *,
    registration: Registration | None = None,
    email: str = "",
) -> list[FocusGroupSession]:
    """The sessions that were ticked. Raises ``NotAllowed`` with what is wrong and what to do.

    Whoever sits elsewhere at the time is told so only where the address is known to be theirs.
    """
    possible = {str(session.pk): session for session in ahead(group)}
    wanted = list(dict.fromkeys(picked))
    if not wanted:
        raise NotAllowed(_("Choose at least one session that you can come to."))
    if any(key not in possible for key in wanted):
        raise NotAllowed(_("One of the sessions has begun or was called off. Choose among those shown."))
    found = [possible[key] for key in wanted]
    for session in found:
        elsewhere = clash(session, registration, email)
        if elsewhere:
            raise NotAllowed(_clash_message(session, elsewhere))
    return found


def _clash_message(session: FocusGroupSession, elsewhere: Said) -> str:
    words = {"moment": on_clock(session.starts_at, session.zone).text, "group": elsewhere.text}
    return (
        _(
            "On %(moment)s (time of the session) you already have a place in the group “%(group)s”. "
            "Choose another session, or give that place back first."
        )
        % words
    )
