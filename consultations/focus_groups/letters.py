"""What the mails of focus groups say, ready for their templates."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from portal.clocks import on_clock, place_name, two_clocks

from ..answering.words import Said, field_of
from ..enums import ConsentPurpose, GroupStatus
from ..enums import RegistrationStatus as S
from ..models import ConsentVersion, FocusGroup, FocusGroupSession, Registration
from . import alternatives, consents, joining, links, offers, retention, routes, spoken
from .clocks import session_clocks
from .notices import About
from .queueing import NoticeKind

# Mails to people who have nothing left to look at offer them another session.
WITH_ALTERNATIVES = {
    NoticeKind.NOT_ELIGIBLE,
    NoticeKind.NOT_SELECTED,
    NoticeKind.SESSION_CANCELLED,
    NoticeKind.DECLINED,
    NoticeKind.EXPIRED,
}


def context_of(
    registration: Registration, kind: NoticeKind, found: About, reader: ZoneInfo
) -> dict[str, Any]:
    """In the active language, on the reader's clock."""
    group = registration.group
    return {
        "site_name": settings.SITE_NAME,
        "base_url": settings.WAGTAILADMIN_BASE_URL,
        "kind": kind.value,
        "registration": registration,
        "group": group,
        "name": registration.contact.name,
        "title": said(group, "title"),
        "unit": field_of(group.unit, "name", page=registration.language).text,
        "link": links.url_for(registration),
        "group_url": routes.absolute(routes.group_page(group)),
        "deleted_on": retention.told_day(group),
        "is_open": group.status in GroupStatus.running,
        "given": consents_in_words(registration),
        "reason": reason_of(registration),
        **_about_session(registration, found, reader),
        **_about_offer(found, reader),
        **queue_of(registration),
        "others": alternatives.for_registration(registration, found.session, reader)
        if kind in WITH_ALTERNATIVES
        else [],
    }


def said(group: FocusGroup, field: str) -> Said:
    return field_of(group, field, page=_active())


def _active() -> str:
    return get_language() or settings.LANGUAGE_CODE


def in_words(version: ConsentVersion) -> Said:
    """A consent text in the active language, or in one that it has, marked as such."""
    text, language = consents.in_words(version, _active())
    return Said(text, "" if language == _active() else language)


def reason_of(registration: Registration) -> Said:
    """Why somebody cannot take part, in the words of the rule."""
    return field_of(registration.rule, "reason", page=_active()) if registration.rule else Said()


def consents_in_words(registration: Registration) -> list[tuple[str, bool]]:
    return [
        (str(ConsentPurpose(purpose).label), agrees)
        for purpose, agrees in consents.state(registration).items()
    ]


def _about_session(registration: Registration, found: About, reader: ZoneInfo) -> dict[str, Any]:
    session = found.session
    if session is None:
        return {"session": None, "moment": None}
    return {
        # For the subject: begins alone, on the person's own clock.
        "moment": on_clock(session.starts_at, reader, yours=True),
        **session_facts(registration, session, reader),
    }


def session_facts(registration: Registration, session: FocusGroupSession, reader: ZoneInfo) -> dict[str, Any]:
    """What a person with a place is told about it: the address once they are confirmed, the link when due."""
    due_at = joining.due_at(session)
    return {
        "session": session,
        "clocks": session_clocks(session, reader),
        "spoken_languages": spoken.languages_in_words(session),
        "address": session.address if registration.status == S.CONFIRMED else "",
        "joining_link": joining.link_for(registration, session),
        "link_comes": on_clock(due_at, reader, yours=True) if due_at > timezone.now() else None,
    }


def _about_offer(found: About, reader: ZoneInfo) -> dict[str, Any]:
    if found.offer is None:
        return {"deadline": ()}
    return {"deadline": two_clocks(found.offer.expires_at, reader), "deadline_place": place_name(reader)}


def queue_of(registration: Registration) -> dict[str, Any]:
    """How many are before somebody who waits: one number, or an honest range."""
    if registration.status != S.WAITING:
        return {"best": None, "worst": None}
    best, worst = offers.waiting_place(registration)
    return {"best": best, "worst": worst}
