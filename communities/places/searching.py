"""Consular offices among the results of the site's search."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.search import Found

from .listing import all_offices, matching


def find_offices(words: str) -> Iterator[Found]:
    """Offices whose name, city or district has every word."""
    for office in matching(all_offices(), words):
        url = reverse("communities:office_detail", args=[office.slug])
        yield Found(str(office.name), url, str(office.country), _("Consular office"))
