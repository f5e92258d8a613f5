"""The address of an account, and the addresses that allauth lets people in with."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from .. import audit
from ..models import User


@transaction.atomic
def follow_address(*, user: User, by: User) -> None:
    """An administrator changed the address: the old one must no longer open the account.

    The new one is proven at the first sign-in, by the code that is sent to it.
    """
    gone, _kinds = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    if gone:
        audit.record("user.address_changed", target=user, by=by)
