"""Addresses as keyed hashes: to know one again without keeping it."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from ..models import FocusGroup


def normalised(email: str) -> str:
    """One spelling for one mailbox: capital letters and blanks at the ends make no other person."""
    return email.strip().lower()


def digest_in(group: FocusGroup, email: str) -> str:
    """HMAC-SHA256 (hex) of an address within a group: says nothing about other groups."""
    return _keyed(f"registration:{group.pk}:{normalised(email)}")


def digest_anywhere(email: str) -> str:
    """HMAC-SHA256 (hex) under which it is remembered for a while that somebody took part."""
    return _keyed(f"past-participant:{normalised(email)}")


def _keyed(text: str) -> str:
    key = settings.PARTICIPATION_CODE_KEY or settings.SECRET_KEY
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
