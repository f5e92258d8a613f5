"""Whether somebody wants the weekly mail."""

from __future__ import annotations

from portal import audit
from portal.models import User

from ..models import DigestRefusal


def wants(user: User) -> bool:
    return not DigestRefusal.objects.filter(user=user).exists()


def refuse(*, user: User) -> None:
    """No more of it. Twice is once."""
    _refusal, made = DigestRefusal.objects.get_or_create(user=user)
    if made:
        audit.record("digest.refused", target=user.unit, by=user)


def accept(*, user: User) -> None:
    DigestRefusal.objects.filter(user=user).delete()
