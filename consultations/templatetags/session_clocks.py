"""Sessions in templates: when they are on their own clock, and which language is spoken."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template

from portal.clocks import LIMA, on_clock

from ..focus_groups.spoken import language_name
from ..models import FocusGroupSession

register = template.Library()


@register.filter
def own_clock(session: FocusGroupSession) -> str:
    """lunes 14 de diciembre, 18:00, where the session takes place."""
    return on_clock(session.starts_at, session.zone).text


@register.filter
def lima_clock(session: FocusGroupSession) -> str:
    return on_clock(session.starts_at, LIMA).text


@register.filter
def hour_in(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


register.filter("spoken_language", language_name)
