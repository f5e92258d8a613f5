"""Moments in templates: ``{% clocks consultation.closes_at label=... %}`` and the date filters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone

from ..clocks import LIMA, clock_time, long_date, on_clock, place_name, two_clocks, zone_named
from ..reader import reader_zone

register = template.Library()


@register.inclusion_tag("components/clocks.html", takes_context=True)
def clocks(context: RequestContext, when: datetime, label: str = "", zone: str = "") -> dict[str, Any]:
    """A moment on the reader's clock and on Lima's.

    ``label`` goes before the place ("Closes in"); ``zone`` is used when the reader's is not known.
    """
    request = context.get("request")
    known = reader_zone(request) if request is not None else None
    moments = two_clocks(when, known or zone_named(zone))
    return {"moments": moments, "label": label, "guess": known is None}


@register.inclusion_tag("components/clocks.html")
def now_in(zones: list[str]) -> dict[str, Any]:
    """What time it is now in some places, and in Lima."""
    now = timezone.now()
    places = [(zone, True) for name in zones if (zone := zone_named(name)) and zone.key != LIMA.key]
    rows = [
        {
            "place": place_name(zone),
            "text": clock_time(now, zone),
            "yours": yours,
            "iso": now.astimezone(zone).isoformat(timespec="minutes"),
        }
        for zone, yours in [*places, (LIMA, not places)]
    ]
    return {"moments": rows, "label": "", "guess": False}


@register.filter
def date_long(value: date | datetime | None) -> str:
    """14 de diciembre de 2026. A moment is taken on Lima's calendar."""
    if value is None:
        return ""
    return long_date(value.astimezone(LIMA).date() if isinstance(value, datetime) else value)


@register.filter
def moment_in(value: datetime, zone: str) -> str:
    """martes 1 de diciembre, 06:48: a moment on one named clock, with its day."""
    return on_clock(value, zone_named(zone) or LIMA).text


@register.filter
def on_the_clock(value: datetime | None, zone: str) -> str:
    """The weekday and time of a moment on one named clock."""
    found = zone_named(zone)
    return clock_time(value, found or LIMA) if value else ""
