"""Where a consultation is found: under the list of its language, and by a short lasting address."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from ..models import Consultation, ConsultationIndexPage


def index_page() -> ConsultationIndexPage | None:
    """The list of consultations in the active language."""
    pages = ConsultationIndexPage.objects.live()
    found: ConsultationIndexPage | None = pages.filter(
        locale__language_code=translation.get_language()
    ).first()
    return found


def under(index: ConsultationIndexPage, request: HttpRequest | None, slug: str) -> str:
    own: str = index.reverse_subpage("consultation", kwargs={"slug": slug})
    return f"{index.get_url(request)}{own}"


def landing_in(consultation: Consultation, language: str) -> str:
    """The short address in a language; it leads on to the page under that language's list."""
    with translation.override(language):
        return reverse("answering:landing", args=[consultation.slug])
