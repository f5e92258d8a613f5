"""Asking for the results by mail: asked for, confirmed from the mailbox, taken back at any time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ..models import Consultation, Follower


def takes_followers(consultation: Consultation) -> bool:
    """From the opening until the results are out; afterwards there is nothing to wait for."""
    return consultation.status in ("open", "closed")


@transaction.atomic
def follow(*, consultation: Consultation, email: str, language: str) -> Follower:
    """Note an address that has yet to be confirmed. Asked again, it is still there once.

    Nobody but its owner changes anything about an address that is confirmed.
    """
    follower, is_new = Follower.objects.get_or_create(
        consultation=consultation,
        email=email.strip().lower(),
        defaults={"language": language, "asked_on": timezone.localdate()},
    )
    if not is_new and follower.confirmed_on is None:
        follower.language, follower.asked_on = language, timezone.localdate()
        follower.save(update_fields=["language", "asked_on"])
    return follower


def confirm(*, follower: Follower) -> None:
    """The owner of the mailbox says yes. Said twice, the first day stands."""
    Follower.objects.filter(pk=follower.pk, confirmed_on__isnull=True).update(
        confirmed_on=timezone.localdate()
    )
    follower.refresh_from_db()


def leave(*, follower: Follower) -> None:
    """Delete the address at once, without a trace."""
    Follower.objects.filter(pk=follower.pk).delete()
