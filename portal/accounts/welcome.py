"""Whoever is given an account at the desk is told so, and what the first sign-in asks for."""

from __future__ import annotations

from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.urls import reverse

from ..models import User
from .mail_failures import MailNotSent


def welcome(user: User) -> None:
    """One mail, in the language of who made the account. That it could not be sent is in the log."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    values = {
        "login_url": f"{base}{reverse('account_login')}",
        "is_staff_account": user.has_perm("wagtailadmin.access_admin"),
    }
    with suppress(MailNotSent):
        get_adapter().send_mail("account/email/welcome", user.email, values)
