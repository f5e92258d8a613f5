"""Where a consultation is found: under the list of its language, and by a short lasting address."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from ..models import ConsultationIndexPage


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


def landing(slug: str, *, index: ConsultationIndexPage | None, request: HttpRequest | None = None) -> str:
    """Straight to a consultation's page: under the list of the language, where there is one."""
    return under(index, request, slug) if index else reverse("answering:landing", args=[slug])


def landing_by_language(slug: str, languages: Iterable[str]) -> dict[str, str]:
    """The address of a consultation's page in each language, found together."""
    pages = ConsultationIndexPage.objects.live().select_related("locale")
    indexes = {page.locale.language_code: page for page in pages}
    addresses = {}
    for language in languages:
        with translation.override(language):
            addresses[language] = landing(slug, index=indexes.get(language))
    return addresses
