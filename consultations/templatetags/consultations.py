"""Consultations on pages of other apps: the home page, the page of a country."""

from __future__ import annotations

from django import template

from ..answering import addresses
from ..answering.cards import Card, card_of
from ..models import Consultation

register = template.Library()


@register.simple_tag
def open_consultations(country: str = "", limit: int = 10) -> list[Card]:
    """Open consultations, those that close first leading; with a country's code, those for people there."""
    found = Consultation.objects.open()
    found = found.for_country(country) if country else found
    chosen = list(found.order_by("closes_at", "slug")[:limit])
    index = addresses.index_page() if chosen else None
    return [card_of(consultation, index=index) for consultation in chosen]


@register.simple_tag
def open_consultation(country: str = "") -> Card | None:
    """The one to show large: aimed at that country if there is such a one, else the next to close."""
    return next(iter(open_consultations(country, limit=1)), None)
