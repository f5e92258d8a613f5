"""Where a consultation is found: under the list of its language, and by a short lasting address."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from ..models import Consultation, ConsultationIndexPage


def index_page() -> ConsultationIndexPage | None:
    """The list of consultations in the active language."""
    language = translation.get_language()
    return ConsultationIndexPage.objects.live().filter(locale__language_code=language).first()


def under(index: ConsultationIndexPage, request: HttpRequest | None, slug: str) -> str:
    return str(index.get_url(request)) + index.reverse_subpage("consultation", kwargs={"slug": slug})


def landing_in(consultation: Consultation, language: str) -> str:
    """The short address in a language; it leads on to the page under that language's list."""
    with translation.override(language):
        return reverse("answering:landing", args=[consultation.slug])
