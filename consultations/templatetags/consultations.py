"""Consultations on pages of other apps: the home page, the page of a country."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from portal.freshness import kept

from ..answering import addresses
from ..answering.cards import Card, card_of
from ..following.followers import takes_followers
from ..following.forms import FollowForm
from ..models import Consultation

register = template.Library()


@register.simple_tag(takes_context=True)
def open_consultations(context: RequestContext, country: str = "", limit: int = 10) -> list[Card]:
    """Open consultations, those that close first leading; with a country's code, those for people there."""
    found = Consultation.objects.open()
    found = found.for_country(country) if country else found
    chosen = list(found.order_by("closes_at", "slug")[:limit])
    index = kept(f"consultations:{get_language()}", addresses.index_page, request=context.get("request"))
    return [card_of(consultation, index=index) for consultation in chosen]


@register.simple_tag(takes_context=True)
def open_consultation(context: RequestContext, country: str = "") -> Card | None:
    """The one to show large: aimed at that country if there is such a one, else the next to close."""
    return next(iter(open_consultations(context, country, limit=1)), None)


@register.simple_tag
def follow_form(consultation: Consultation) -> FollowForm | None:
    """The form for receiving the results, while there is something to wait for."""
    return FollowForm() if takes_followers(consultation) else None
