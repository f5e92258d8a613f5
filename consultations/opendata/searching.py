"""Open data among the results of the site's search, and in its sitemap."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.listed import Route
from portal.search import Found
from portal.words import unaccented

from ..answering.words import field_of
from ..models import PublicFile


def find_data_sets(words: str) -> Iterator[Found]:
    """Published data sets of consultations whose title or summary has every word."""
    page = get_language() or settings.LANGUAGE_CODE
    for file in PublicFile.objects.published().select_related("consultation"):
        title, summary = (field_of(file.consultation, name, page=page).text for name in ("title", "summary"))
        said = unaccented(f"{title} {summary}")
        if all(word in said for word in words.split()):
            yield Found(
                title, reverse("open_data:dataset", args=[file.consultation.slug]), summary, _("Open data")
            )


def list_data_sets() -> Iterator[Route]:
    """The list, and the page of each data set."""
    yield "open_data:list", ()
    files = PublicFile.objects.published().order_by("consultation__slug")
    for slug in files.values_list("consultation__slug", flat=True):
        yield "open_data:dataset", (slug,)
