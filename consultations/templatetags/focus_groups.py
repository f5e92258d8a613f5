"""Focus groups on pages of other apps, and on the page of their consultation."""

from __future__ import annotations

from django import template
from django.template.context import RequestContext

from portal.freshness import kept
from portal.reader import reader_zone

from ..focus_groups import listing
from ..focus_groups.listing import SessionCard
from ..models import Consultation

register = template.Library()


@register.simple_tag(takes_context=True)
def focus_group_sessions(
    context: RequestContext, country: str = "", consultation: Consultation | None = None, limit: int = 3
) -> list[SessionCard]:
    """The next session of each group that takes people now: of one consultation, or for a country."""
    request = context.get("request")
    if not kept("focus-groups-ahead", listing.is_any_ahead, request=request):
        return []
    sessions = listing.taking_people()
    if country:
        sessions = listing.for_country(sessions, country)
    if consultation:
        sessions = sessions.filter(group__consultation=consultation)
    reader = reader_zone(request) if request is not None else None
    return listing.one_a_group(listing.cards(sessions, reader))[:limit]
