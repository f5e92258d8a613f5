"""A consultation in a few words, for lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from ..lifecycle import seen_status
from ..models import Consultation, ConsultationIndexPage
from . import addresses
from .words import Said, field_of


@dataclass(frozen=True)
class Card:
    title: Said
    summary: Said
    url: str
    status: str
    status_label: str
    minutes: int
    opens_at: datetime | None
    closes_at: datetime | None
    timezone: str


def card_of(consultation: Consultation, *, index: ConsultationIndexPage | None) -> Card:
    """``index`` is the list of consultations in the active language, as ``addresses.index_page`` finds it."""
    page = get_language() or settings.LANGUAGE_CODE
    status = seen_status(consultation)
    return Card(
        title=field_of(consultation, "title", page=page),
        summary=field_of(consultation, "summary", page=page),
        url=addresses.landing(consultation.slug, index=index),
        status=status,
        status_label=str(status.label),
        minutes=consultation.minutes,
        opens_at=consultation.opens_at,
        closes_at=consultation.closes_at,
        timezone=consultation.timezone,
    )
