"""Numbers as the reader writes them: 4 812 and 30,2 % (English 4,812 and 30.2%)."""

from __future__ import annotations

from babel.numbers import format_decimal
from django import template
from django.utils.translation import get_language

register = template.Library()
_THIN = "\u202f"


@register.filter
def number(value: float | int | None, digits: int = 0) -> str:
    """Thousands by a thin space that does not break, decimals by the language's mark."""
    if value is None:
        return ""
    english = (get_language() or "").startswith("en")
    written = format_decimal(round(value, digits), format="#,##0." + "0" * digits, locale="en")
    return written if english else written.replace(",", _THIN).replace(".", ",")


@register.filter
def percent(value: float | int | None, digits: int = 0) -> str:
    """A share out of a hundred."""
    if value is None:
        return ""
    english = (get_language() or "").startswith("en")
    return number(value, digits) + ("%" if english else f"{_THIN}%")
