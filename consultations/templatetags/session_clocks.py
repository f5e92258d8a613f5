"""Sessions in templates: when they are on their own clock, in which languages, what staff wrote of them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

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


@register.filter
def staffs_words(text: str) -> SafeString:
    """What staff wrote of a session in one language, Spanish: a page in another language says so."""
    if _reads_spanish():
        return linebreaksbr(text)
    own = settings.LANGUAGE_CODE
    return format_html('<span lang="{}">{}</span> ({})', own, linebreaksbr(text), _("in Spanish"))


@register.filter
def staffs_plain_words(text: str) -> str:
    """The same for the plain text of a mail."""
    return text if _reads_spanish() else f"{text} ({_('in Spanish')})"


def _reads_spanish() -> bool:
    return get_language() in (settings.LANGUAGE_CODE, *settings.PARTIAL_LANGUAGES)


register.filter("spoken_language", language_name)
