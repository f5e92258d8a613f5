"""Somebody lost telephone and recovery codes: an administrator takes the factors away, and it starts anew."""

from __future__ import annotations

from functools import partial

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from .. import audit
from ..models import User

NOTICES = {
    Authenticator.Type.TOTP: "mfa/email/totp_deactivated",
    Authenticator.Type.WEBAUTHN: "mfa/email/webauthn_removed",
}


def may_forget_factors(*, of: User, by: User) -> bool:
    """Nobody reaches above themselves, and nobody gets rid of the own factors in this way."""
    return by.has_perm("portal.change_user") and by != of and (by.is_superuser or not of.is_superuser)


@transaction.atomic
def forget_factors(*, user: User, by: User) -> None:
    """Remove every factor, end every session that was opened with one, and say so to the person by mail."""
    factors = Authenticator.objects.filter(user=user)
    kinds = set(factors.values_list("type", flat=True))
    factors.delete()
    # Sessions hold a digest of this field: a new one, as unusable as the last, ends them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    audit.record("user.second_factor_removed", target=user, by=by)
    for kind, notice in NOTICES.items():
        if kind in kinds:
            send = partial(get_adapter().send_notification_mail, notice, user, email=user.email)
            transaction.on_commit(send)
