"""What only pages of accounts need."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def in_fours(key: str) -> list[str]:
    """A long key as people copy it by hand: ABCD EFGH …"""
    return [key[start : start + 4] for start in range(0, len(key), 4)]
