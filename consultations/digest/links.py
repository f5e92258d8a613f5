"""The link at the foot of the weekly mail, with which its reader turns it off and on again.

It does not expire: whoever finds a mail of last year can still turn it off, and it can do nothing else.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.models import User

_SALT = "weekly-digest"


def token(user: User) -> str:
    return signing.Signer(salt=_SALT).sign(str(user.pk))


def opened(value: str) -> User | None:
    """Whose link it is; ``None`` when it is forged, or nobody's any more."""
    try:
        key = signing.Signer(salt=_SALT).unsign(value)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, is_active=True).first()


def url_for(user: User) -> str:
    """Absolute, in the active language."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('digest:choice', args=[token(user)])}"
