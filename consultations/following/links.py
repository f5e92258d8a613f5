"""The link that opens one request from its mailbox. It lasts as long as the address is kept.

Opening it shows what can be done; doing it takes a press of a button, so that programs that follow links do
no harm.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from ..models import Follower

_SALT = "results-by-mail"


def token(follower: Follower) -> str:
    return signing.Signer(salt=_SALT).sign(follower.pk.hex)


def opened(value: str) -> Follower | None:
    """Whose link it is; ``None`` when it is forged, or the address is gone."""
    try:
        key = uuid.UUID(signing.Signer(salt=_SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return None
    return Follower.objects.select_related("consultation").filter(pk=key).first()


def url_for(follower: Follower) -> str:
    """Absolute, in the language that was asked for."""
    with translation.override(follower.language):
        path = reverse("following:link", args=[follower.consultation.slug, token(follower)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
