"""What the page of one's own place says: where one stands, what one can do, what one permitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from portal.clocks import two_clocks
from portal.zones import every_zone_choice

from ..answering.words import Said
from ..enums import GroupStatus
from ..enums import RegistrationStatus as S
from ..models import Registration
from . import alternatives, availability, consents, letters, notices, retention, signup
from .actions import ACTIONS
from .queueing import NoticeKind

# Where nothing more comes of a sign-up, the page proposes something else.
_DEAD_ENDS = frozenset({S.NOT_ELIGIBLE, S.NOT_SELECTED, S.DECLINED, S.EXPIRED, S.CANCELLED})


@dataclass(frozen=True)
class Permission:
    """A consent as it stands: its words, and whether the person agrees to them today."""

    purpose: str
    label: str
    text: Said
    number: int
    agrees: bool
    required: bool


def context_of(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    group = registration.group
    reader = ZoneInfo(registration.contact.timezone)
    status = S(registration.status)
    found = notices.NOTICES[NoticeKind.NEW_LINK].about(registration, "")
    return {
        "group": group,
        "registration": registration,
        "contact": registration.contact,
        "title": letters.said(group, "title"),
        "state_template": f"consultations/focus_groups/states/{status.value}.html",
        "can": {name.replace("-", "_") for name, action in ACTIONS.items() if status in action.states},
        "reason": letters.reason_of(registration),
        "can_ask": status in ACTIONS["ask-again"].states and group.status in GroupStatus.running,
        "takes_sign_ups": signup.takes_sign_ups(group),
        "permissions": permissions(registration),
        "deleted_on": retention.told_day(group),
        "choices": _choices(registration, reader),
        "zones": _zones(registration.contact.timezone),
        "languages": settings.LANGUAGES,
        "others": alternatives.for_registration(registration, found.session, reader)
        if status in _DEAD_ENDS
        else [],
        **letters.queue_of(registration),
        **_session(registration, found, reader),
    }


def _session(registration: Registration, found: notices.About, reader: ZoneInfo) -> dict[str, Any]:
    if found.session is None:
        return {"session": None}
    return {
        **letters.session_facts(registration, found.session, reader),
        "deadline": two_clocks(found.offer.expires_at, reader) if found.offer else (),
    }


def permissions(registration: Registration) -> list[Permission]:
    standing = consents.state(registration)
    return [
        Permission(
            purpose.value,
            str(purpose.label),
            letters.in_words(version),
            version.number,
            standing[purpose],
            purpose in consents.REQUIRED,
        )
        for purpose, version in consents.asked(registration.group)
    ]


def _choices(registration: Registration, reader: ZoneInfo) -> list[availability.Choice]:
    if S(registration.status) not in ACTIONS["sessions"].states:
        return []
    picked = [str(session.pk) for session in registration.availability.all()]
    sessions = availability.ahead(registration.group)
    return availability.choices(sessions, picked, reader, registration=registration)


def _zones(own: str) -> list[tuple[str, str]]:
    found = list(every_zone_choice())
    return found if own in dict(found) else [(own, own), *found]
