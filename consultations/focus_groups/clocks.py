"""When a session is: on the clock of whoever reads, on the one it was set on, and in Lima."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import dates

from portal.clocks import LIMA, Moment, on_clock, writing

from ..enums import Modality
from ..models import FocusGroupSession


@dataclass(frozen=True)
class Span(Moment):
    """From when to when: the day, and the hours that no line break should tear apart."""

    day: str = ""
    hours: str = ""
    until: str = ""


def session_clocks(session: FocusGroupSession, reader: ZoneInfo | None) -> tuple[Span, ...]:
    """From when to when, the reader's clock first; each clock once.

    Without a reader's zone, the session's own leads.
    """
    zones = list(dict.fromkeys([reader or session.zone, session.zone, LIMA]))
    first = session.starts_at.astimezone(zones[0]).date()
    return tuple(
        _with_end(
            on_clock(session.starts_at, zone, yours=zone == reader, beside=first if place else None),
            session,
            zone,
        )
        for place, zone in enumerate(zones)
    )


def _with_end(moment: Moment, session: FocusGroupSession, zone: ZoneInfo) -> Span:
    day, _comma, begins = moment.text.rpartition(", ")
    hours = f"{begins}–{clock(session.ends_at, zone)}"
    return Span(
        when=moment.when,
        place=_place(moment, session, zone),
        text=f"{day}, {hours}",
        yours=moment.yours,
        note=moment.note,
        day=day,
        hours=hours,
        until=session.ends_at.isoformat(timespec="minutes"),
    )


def _place(moment: Moment, session: FocusGroupSession, zone: ZoneInfo) -> str:
    """Where people meet, rather than the city that the zone is named after (but nobody reads two names)."""
    meets_there = session.modality == Modality.IN_PERSON and session.place and not moment.yours
    return session.place if meets_there and zone == session.zone and zone != LIMA else moment.place


def clock(when: datetime, zone: ZoneInfo) -> str:
    """The time of day alone: 16:00."""
    return dates.format_datetime(when, "HH:mm", tzinfo=zone, locale=writing().locale)
