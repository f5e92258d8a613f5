"""Everything that is kept about a person with a sign-up, in words, for a file of their own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from ..answering import summary
from ..answering.plan import plan_of
from ..answering.words import Voice
from ..models import Registration
from . import letters


def of(registration: Registration) -> dict[str, Any]:
    contact = registration.contact
    return {
        "focus_group": letters.said(registration.group, "title").text,
        "state": str(registration.get_status_display()),
        "language": registration.language,
        "signed_up_at": registration.created_at.isoformat(timespec="seconds"),
        "address_confirmed_at": _moment(registration.confirmed_at),
        "place_in_the_order": registration.position,
        "name_used_in_the_session": contact.name,
        "email": contact.email,
        "time_zone": contact.timezone,
        "needs": contact.needs,
        "answers": _answers(registration),
        "sessions_possible": [_session(session) for session in registration.availability.all()],
        "places_offered": [
            {
                "session": _session(offer.session),
                "offered_at": _moment(offer.offered_at),
                "answer_by": _moment(offer.expires_at),
                "answered_at": _moment(offer.answered_at),
                "state": str(offer.get_status_display()),
            }
            for offer in registration.offers.select_related("session")
        ],
        "permissions": _permissions(registration),
        "mails": [
            {"about": notice.key.partition(":")[0], "sent_at": _moment(notice.sent_at)}
            for notice in registration.notices.order_by("sent_at")
        ],
    }


def _moment(when: Any) -> str | None:
    return when.isoformat(timespec="seconds") if when else None


def _session(session: Any) -> dict[str, Any]:
    starts_at = session.starts_at.astimezone(session.zone)
    return {"starts_at": _moment(starts_at), "time_zone": session.timezone, "minutes": session.duration}


def _answers(registration: Registration) -> list[dict[str, Any]]:
    if registration.version is None:
        return []
    definition, page = plan_of(registration.version).definition, get_language() or "es"
    voice = Voice(page=page, wanted=page, fallback=definition.default_language)
    found = (
        (question, summary.lines(definition, question, registration.screening, voice))
        for question in definition.questions()
    )
    return [
        {"question": voice.say(question.label).text, "answer": [_line(line) for line in lines]}
        for question, lines in found
        if lines
    ]


def _line(line: summary.Line) -> str:
    return f"{line.before}: {line.text}" if line.before else line.text.text


def _permissions(registration: Registration) -> list[dict[str, Any]]:
    return [
        {
            "purpose": str(given.version.get_purpose_display()),
            "text": given.version.texts.get(given.language, ""),
            "version": given.version.number,
            "given_at": _moment(given.given_at),
            "withdrawn_at": _moment(given.withdrawn_at),
        }
        for given in registration.consents.select_related("version")
    ]
