"""Registrations and attendance of a focus group as tables; with names only where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..enums import Channel, ConsentPurpose, ExportFormat
from ..enums import RegistrationStatus as S
from ..focus_groups import consents
from ..focus_groups.screening import Screening
from ..focus_groups.words import Words
from ..instrument.definition import QuestionKind
from ..models import FocusGroup, Registration
from . import csv, xlsx

FORMATS = (ExportFormat.XLSX, ExportFormat.CSV)


def tables(group: FocusGroup, *, contacts: bool) -> dict[str, pl.DataFrame]:
    """Two sheets with their titles: everyone whose address was confirmed, and who sat where and came."""
    people = list(_people(group))
    seated = [_attendance(item, contacts) for item in people if hasattr(item, "seat")]
    return {
        _("Registrations"): pl.DataFrame(_registrations(group, people, contacts), infer_schema_length=None),
        _("Attendance"): pl.DataFrame(seated, infer_schema_length=None),
    }


def write(sheets: dict[str, pl.DataFrame], kind: ExportFormat, path: Path) -> None:
    """XLSX has both sheets; CSV has one table, the first, in which the seats are too."""
    if kind == ExportFormat.XLSX:
        xlsx.write_sheets(sheets, path)
    else:
        csv.write_table(next(iter(sheets.values())), path)


def _people(group: FocusGroup) -> Any:
    found = group.registrations.filter(position__isnull=False).order_by("position")
    return found.select_related("contact", "seat__session", "rule").prefetch_related(
        "availability", "consents__version"
    )


def _registrations(group: FocusGroup, people: Sequence[Registration], contacts: bool) -> list[dict[str, Any]]:
    """One row a person, the answers of the screening in words under the names of their questions."""
    words, purposes = Words(Screening(group)), list(consents.current(group))
    silent = (QuestionKind.NOTE, QuestionKind.ACKNOWLEDGE)
    asked = [question.name for question in words.questions.values() if question.kind not in silent]
    return [
        {
            **_registration(item, purposes, contacts),
            **{f"screening_{name}": _said(words, name, item.screening.get(name)) for name in asked},
        }
        for item in people
    ]


def _said(words: Words, question: str, answer: Any) -> str:
    if answer is None:
        return ""
    given = answer if isinstance(answer, list) else [answer]
    return "; ".join(words.answer(question, str(value)) for value in given)


def _registration(
    registration: Registration, purposes: Sequence[ConsentPurpose], contacts: bool
) -> dict[str, Any]:
    seat = getattr(registration, "seat", None)
    standing = {
        consent.version.purpose for consent in registration.consents.all() if consent.withdrawn_at is None
    }
    return {
        "position": registration.position,
        "registration": str(registration.pk),
        **(_contact(registration) if contacts else {}),
        "status": str(S(registration.status).label),
        "reason": str(registration.rule.reason) if registration.rule else registration.reason,
        "channel": str(Channel(registration.channel).label),
        "language": registration.language,
        "signed_up_on": localtime(registration.created_at).date(),
        "can_come_to": "; ".join(_moment(session) for session in registration.availability.all()),
        "session": _moment(seat.session) if seat else "",
        "seat": seat.number if seat else None,
        **{f"consent_{purpose.value}": _yes_no(purpose, standing) for purpose in purposes},
    }


def _attendance(registration: Registration, contacts: bool) -> dict[str, Any]:
    seat = registration.seat
    came = {S.ATTENDED: _("yes"), S.ABSENT: _("no")}.get(S(registration.status), "")
    return {
        "session": _moment(seat.session),
        "timezone": seat.session.timezone,
        "seat": seat.number,
        **(_contact(registration) if contacts else {}),
        "status": str(S(registration.status).label),
        "attended": came,
    }


def _contact(registration: Registration) -> dict[str, str]:
    contact = getattr(registration, "contact", None)
    if contact is None:
        return {"name": "", "email": "", "needs": ""}
    return {"name": contact.name, "email": contact.email, "needs": contact.needs}


def _yes_no(purpose: ConsentPurpose, standing: set[str]) -> str:
    return _("yes") if purpose.value in standing else _("no")


def _moment(session: Any) -> str:
    return f"{session.starts_at.astimezone(session.zone):%Y-%m-%d %H:%M}"
