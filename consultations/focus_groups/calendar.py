"""Calendar files (RFC 5545): a session in a person's calendar, changed with it, and gone with it.

Published, not sent as an invitation: an invitation would name the person, and answers to it would reach
nobody (ADR 0035). The file holds nothing that tells who it was made for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress
from icalendar.prop import vText

from portal.clocks import Moment, on_clock, zone_named

from ..answering.words import field_of
from ..enums import Modality, SessionStatus
from ..enums import RegistrationStatus as S
from ..models import FocusGroupSession, Registration
from . import joining, seats
from .spoken import language_name
from .vtimezone import vtimezone

_HERE = uuid.UUID("6f0c2c62-9c4e-4d6b-8f6f-1f1f5a3f7b10")
_SEATED = frozenset({S.OFFERED, S.CONFIRMED, S.ATTENDED})


class Method(StrEnum):
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class CalendarFile:
    """A file to download, or to attach to a mail."""

    name: str
    content: bytes
    method: Method

    @property
    def content_type(self) -> str:
        return f"text/calendar; charset=utf-8; method={self.method}"


def calendar_file(registration: Registration, session: FocusGroupSession) -> CalendarFile:
    """The session for one person, in their language: standing while they hold a place in it, else cancelled.

    ``SEQUENCE`` grows with each change of the session and with each step of the person's own, so that the
    newest file is always the one that counts.
    """
    method = Method.PUBLISH if _stands(registration, session) else Method.CANCEL
    with translation.override(registration.language):
        calendar = Calendar()
        calendar.add("prodid", f"-//{settings.SITE_NAME}//{settings.SITE_NAME}//ES")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", method.value)
        calendar.add_component(vtimezone(session.timezone, session.starts_at.astimezone(session.zone).year))
        calendar.add_component(_event(registration, session, method))
        name = f"{session.group.slug}-{session.starts_at.astimezone(session.zone):%Y-%m-%d}.ics"
    return CalendarFile(name, calendar.to_ical(), method)


def _stands(registration: Registration, session: FocusGroupSession) -> bool:
    seated = registration.status in _SEATED and session.status != SessionStatus.CANCELLED
    return seated and seats.holds(registration, session)


def _event(registration: Registration, session: FocusGroupSession, method: Method) -> Event:
    event = Event()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    event.add("uid", f"{uuid.uuid5(_HERE, f'{registration.pk}:{session.pk}')}@{host}")
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("sequence", session.revision + registration.revision)
    event.add("dtstart", _unmistakable(session.starts_at, session.zone))
    event.add("dtend", _unmistakable(session.ends_at, session.zone))
    event.add("status", _status(registration, method))
    event.add("organizer", _organizer())
    title = field_of(session.group, "title", page=registration.language)
    event.add("summary", _("Focus group: %(title)s") % {"title": title})
    event.add("description", "\n".join(_description(registration, session)))
    event.add("location", _location(registration, session))
    if link := joining.link_for(registration, session):
        event.add("url", link)
    event.add("transp", "TRANSPARENT" if method is Method.CANCEL else "OPAQUE")
    # A calendar that is shared shows that time is taken, and not with what.
    event.add("class", "PRIVATE")
    return event


def _unmistakable(moment: datetime, zone: ZoneInfo) -> datetime:
    """In the session's zone; in UTC in the second of two hours that clocks show alike."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _status(registration: Registration, method: Method) -> str:
    if method is Method.CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if registration.status == S.OFFERED else "CONFIRMED"


def _organizer() -> vCalAddress:
    """The portal: the standard asks for one in what is published."""
    name, _sign, rest = settings.DEFAULT_FROM_EMAIL.rpartition("<")
    organizer = vCalAddress(f"mailto:{rest.rstrip('>').strip()}")
    organizer.params["cn"] = vText(name.strip() or settings.SITE_NAME)
    return organizer


def _description(registration: Registration, session: FocusGroupSession) -> Iterator[str]:
    own = zone_named(registration.contact.timezone) if hasattr(registration, "contact") else None
    yield from (_in_words(moment) for moment in _clocks(session, own or session.zone))
    yield _("%(minutes)s minutes") % {"minutes": session.duration}
    yield _("Language of the conversation: %(language)s") % {"language": language_name(session.language)}
    if session.modality == Modality.ONLINE:
        link = joining.link_for(registration, session)
        yield link or _("The link to join comes by e-mail before it begins.")
    yield _("To give up your place or change something, use the link in our e-mails.")


def _clocks(session: FocusGroupSession, own: ZoneInfo) -> tuple[Moment, ...]:
    """When a session begins: in the person's zone, and in the session's where that is another."""
    first = on_clock(session.starts_at, own, yours=True)
    if own.key == session.zone.key:
        return (first,)
    return first, on_clock(session.starts_at, session.zone, beside=first.when.date())


def _in_words(moment: Moment) -> str:
    note = f", {moment.note}" if moment.note else ""
    return f"{moment.text} ({moment.place}{note})"


def _location(registration: Registration, session: FocusGroupSession) -> str:
    """The address is for those who are confirmed; the city is known to everybody."""
    if session.modality == Modality.ONLINE:
        return _("Online")
    confirmed = registration.status == S.CONFIRMED
    return ", ".join(part for part in (session.place, session.address if confirmed else "") if part)
