"""Addresses of the members' pages, in the active language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from ..models import FocusGroup


def group_page(group: FocusGroup) -> str:
    return reverse("focus_groups:group", args=[group.slug])


def absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
