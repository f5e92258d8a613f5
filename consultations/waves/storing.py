"""The answers of an earlier consultation, stored as a consultation of their own that is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import slugify

from portal import audit

from ..enums import Channel, ConsultationStatus, ResponseStatus
from ..instrument.definition import Definition
from ..models import Consultation, Questionnaire, QuestionnaireVersion, Response, WaveImport
from ..questionnaires.storing import store as store_questionnaire
from .rows import Taken

_BATCH = 500


def store(wave: WaveImport, definition: Definition, rows: Sequence[Taken]) -> Consultation:
    """Questionnaire, its one version, the consultation and its responses. Within the caller's transaction.

    Where the consultation that it is like follows none yet, it follows this one.
    """
    slug = _slug(wave)
    questionnaire = store_questionnaire(
        definition, questionnaire=Questionnaire(slug=slug), by=wave.uploaded_by
    )
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=1, document=definition.to_json(), digest=definition.digest()
    )
    consultation = _consultation(wave, questionnaire, slug)
    Response.objects.bulk_create(_responses(wave, consultation, version, rows), batch_size=_BATCH)
    Consultation.objects.filter(pk=wave.like_id, previous_wave=None).update(previous_wave=consultation)
    audit.record("wave.stored", target=consultation, by=wave.uploaded_by, rows=len(rows))
    return consultation


def _consultation(wave: WaveImport, questionnaire: Questionnaire, slug: str) -> Consultation:
    """Over, and never public: its figures are for those who may see the consultation that it is like."""
    like = wave.like
    ended = datetime.combine(wave.collected_on, time.max, ZoneInfo(like.timezone))
    consultation = Consultation(
        slug=slug,
        type=like.type,
        status=ConsultationStatus.REPORTED,
        live=False,
        title=wave.title,
        summary=wave.source,
        unit=like.unit,
        timezone=like.timezone,
        opens_at=ended - timedelta(days=1),
        closes_at=ended,
        languages=like.languages,
        minimum_cell=like.minimum_cell,
        questionnaire=questionnaire,
    )
    for code, _name in settings.LANGUAGES:
        setattr(consultation, f"title_{code}", wave.title)
    consultation.save()
    return consultation


def _responses(
    wave: WaveImport, consultation: Consultation, version: QuestionnaireVersion, rows: Sequence[Taken]
) -> Iterable[Response]:
    sections = [section.name for section in version.definition.sections]
    for row in rows:
        day = row.day or wave.collected_on
        yield Response(
            consultation=consultation,
            version=version,
            status=ResponseStatus.SUBMITTED,
            channel=Channel.IMPORTED,
            language=row.language or version.definition.default_language,
            answers=row.answers,
            sections=sections,
            started_on=day,
            saved_on=day,
            submitted_on=day,
        )


def _slug(wave: WaveImport) -> str:
    """Readable, and free."""
    plain = slugify(wave.title)[:60] or "wave"
    taken = set(Consultation.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    taken |= set(Questionnaire.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(slug for slug in (plain, *(f"{plain}-{n}" for n in range(2, 10_000))) if slug not in taken)
