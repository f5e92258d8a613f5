"""Links in mails that open one registration without signing in.

A link holds the registration's random id under a signature, ends after sixty days, and only opens: it sets a
cookie and leads on to an address that says nothing. Acting takes a POST from there, so that programs that
follow links to preview them do no harm.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from ..models import FocusGroup, Registration

_SALT = "focus-group-registration"
LASTS = 60 * 24 * 60 * 60


def token(registration: Registration) -> str:
    return signing.TimestampSigner(salt=_SALT).sign(registration.pk.hex)


def opened(value: str) -> Registration | None:
    """The registration that a link is about; ``None`` if it is too old, forged or nobody's."""
    try:
        key = uuid.UUID(signing.TimestampSigner(salt=_SALT).unsign(value, max_age=LASTS))
    except (signing.BadSignature, ValueError):
        return None
    found = Registration.objects.select_related("group", "contact")
    return found.filter(pk=key, erased_at__isnull=True, contact__isnull=False).first()


def group_of(value: str) -> FocusGroup | None:
    """The group that a link of ours was about, however old it is."""
    try:
        key = uuid.UUID(signing.TimestampSigner(salt=_SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return None
    found = Registration.objects.select_related("group").filter(pk=key).first()
    return found.group if found else None


def url_for(registration: Registration) -> str:
    """Absolute, in the language of the registration."""
    with translation.override(registration.language):
        path = reverse("focus_groups:open", args=[token(registration)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def keep(response: HttpResponse, registration: Registration, *, secure: bool) -> None:
    """Remember on this device, until the browser closes, which registration a link opened."""
    response.set_signed_cookie(
        _cookie(registration.group),
        registration.pk.hex,
        salt=_SALT,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )


def kept(request: HttpRequest, group: FocusGroup) -> Registration | None:
    """The registration that this device was opened for, if it is one of this group."""
    value = request.get_signed_cookie(_cookie(group), default=None, salt=_SALT, max_age=LASTS)
    if value is None:
        return None
    found = Registration.objects.select_related("group__unit", "contact", "rule")
    return found.filter(pk=uuid.UUID(value), group=group, contact__isnull=False).first()


def forget(response: HttpResponse, group: FocusGroup) -> None:
    response.delete_cookie(_cookie(group), samesite="Lax")


def _cookie(group: FocusGroup) -> str:
    return f"registration-{group.pk}"
