"""Places in templates: names that say when they are not in the reader's language, and country cloths."""

from __future__ import annotations

import re

from django import template
from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..models import ConsularOffice
from ..places.listing import offices_in
from ..places.textile import EDITION

register = template.Library()
WEB_ADDRESS = re.compile(r"https?://(?P<site>[^/\s;]+)[^\s;]*")


@register.simple_tag
def in_words(record: Model, field: str) -> str | SafeString:
    """A translated text; where it is not translated, in the language that it has, and marked as such."""
    language = get_language() or settings.LANGUAGE_CODE
    if text := getattr(record, f"{field}_{language}", ""):
        return str(text)
    for other in settings.MODELTRANSLATION_LANGUAGES:
        if text := getattr(record, f"{field}_{other}", ""):
            return format_html('<span lang="{}">{}</span>', other, text)
    return str(getattr(record, field))


@register.simple_tag
def source(text: str) -> str | SafeString:
    """Where we know something from: an address becomes a link that shows its site, the rest stays text."""
    found = WEB_ADDRESS.match(text)
    if not found:
        return text
    return format_html('<a href="{}" rel="noreferrer">{}</a>{}', found[0], found["site"], text[found.end() :])


@register.simple_tag
def offices_of(code: str) -> list[ConsularOffice]:
    """The offices in a country, for its page."""
    return offices_in(code)


@register.simple_tag
def cloth(code: str) -> str:
    """The address of a country's cloth."""
    return f"{reverse('country_cloth', args=[code])}?v={EDITION}"
