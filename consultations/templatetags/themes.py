"""Measures of agreement in words: a dash where nothing can be told."""

from __future__ import annotations

import math

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def measure(value: float) -> str:
    if math.isnan(value):
        return "–"
    return str(number_format(value, decimal_pos=2)).replace("-", "−")
