from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_supported_language_variant

from ..models import User


def language_of(user: User, *, otherwise: str = "") -> str:
    """The language that somebody chose for the admin (its ``pt-br`` is our ``pt``), else another."""
    profile = getattr(user, "wagtail_userprofile", None)
    try:
        return get_supported_language_variant(profile.preferred_language if profile else "")
    except LookupError:
        return otherwise or settings.LANGUAGE_CODE
