from __future__ import annotations

from django.conf import settings

from ..models import User


def language_of(user: User) -> str:
    """The language that somebody chose for the admin, else the portal's."""
    profile = getattr(user, "wagtail_userprofile", None)
    chosen = profile.get_preferred_language() if profile else ""
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
