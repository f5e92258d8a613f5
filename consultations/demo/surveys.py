"""The demonstration's two consultations, on real questionnaires, with simulated answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from portal.models import Unit, User

from .. import lifecycle
from ..enums import ConsultationType
from ..models import Consultation, Questionnaire
from ..questionnaires.importing import import_workbook
from ..questionnaires.publication import publish_version
from .content import LANGUAGES, texts

WORKBOOKS = Path(__file__).parent / "questionnaires"

# Identifier of the consultation, its texts, workbook, type, unit, minutes, days it has been open, days left.
CONSULTATIONS = (
    ("necesidades-2026", "consultation", "necesidades_comunidad", ConsultationType.SURVEY, "PIM", 10, 34, 21),
    ("atencion-consular", "poll", "evaluacion_consular_corta", ConsultationType.POLL, "SSN", 2, 41, 35),
)
TRANSLATED = (
    "title",
    "summary",
    "purpose",
    "audience",
    "use_of_answers",
    "legal_basis",
    "privacy_notice",
    "sensitive_consent",
)


def load_consultations(by: User) -> list[Consultation]:
    """Make and open those that are not there yet. Returns the ones that were made."""
    made = []
    for slug, key, workbook, kind, unit, minutes, days, days_left in CONSULTATIONS:
        if Consultation.objects.filter(slug=slug).exists():
            continue
        consultation = Consultation(slug=slug, type=kind, minutes=minutes, unit=Unit.objects.get(code=unit))
        consultation.questionnaire = published(workbook, by)
        consultation.languages = list(LANGUAGES)
        _say(consultation, key)
        _date(consultation, days_open=days, days_left=days_left)
        consultation.save()
        consultation.save_revision(user=by).publish(user=by)
        lifecycle.open_now(consultation=Consultation.objects.get(pk=consultation.pk), by=by)
        made.append(Consultation.objects.get(pk=consultation.pk))
    return made


def published(workbook: str, by: User) -> Questionnaire:
    source = (WORKBOOKS / f"{workbook}.xlsx").read_bytes()
    outcome = import_workbook(source=source, slug=workbook.replace("_", "-"), by=by)
    if outcome.questionnaire is None:
        raise ValueError([str(finding) for finding in outcome.errors])
    publish_version(questionnaire=outcome.questionnaire, by=by)
    return outcome.questionnaire


def _say(consultation: Consultation, key: str) -> None:
    for language in LANGUAGES:
        for field in TRANSLATED:
            name = build_localized_fieldname(field, language)
            setattr(consultation, name, texts(language)[key][field])


def _date(consultation: Consultation, *, days_open: int, days_left: int) -> None:
    """Open for weeks, some more to go; closing at the last minute of a day in Lima."""
    lima = ZoneInfo(settings.TIME_ZONE)
    today = timezone.localdate(timezone=lima)
    last_day = today + timedelta(days=days_left)
    consultation.opens_at = datetime.combine(today - timedelta(days=days_open), time(9), lima)
    consultation.closes_at = datetime.combine(last_day, time(23, 59), lima)
    consultation.summary_due = _weekday(last_day + timedelta(weeks=8))
    consultation.answer_due = _weekday(last_day + timedelta(weeks=12))


def _weekday(day: date) -> date:
    """The Friday of that week: nobody publishes on a Sunday."""
    return day + timedelta(days=4 - day.weekday())
