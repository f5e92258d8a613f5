"""allauth in our words and under our rules."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.utils import build_absolute_uri
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..security import client_address
from .mail_failures import MailNotSent

logger = structlog.get_logger(__name__)

TOO_MANY = _("Too many attempts. Please wait a few minutes and try again.")


def _ours() -> dict[str, str]:
    """What mails say of the portal."""
    return {"site_name": settings.SITE_NAME, "contact_email": settings.CONTACT_EMAIL}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not active. Write to us if you think that is a mistake."),
        "cannot_remove_primary_email": _("This is the address you sign in with, so it cannot be removed."),
        "duplicate_email": _("This e-mail address already belongs to your account."),
        "email_taken": _("This e-mail address already belongs to an account."),
        "incorrect_code": _("The code is not right. Check it, or ask for a new one."),
        "invalid_login": _("Check the e-mail address."),
        "max_email_addresses": _("You cannot add more than %d e-mail addresses."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "same_as_current": _("The new address is the same as the present one."),
        "unverified_primary_email": _("Please confirm your e-mail address first."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their desk, everyone else to their account."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("account_overview")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """The desk has one address for all languages: it goes on in the one the person signed in with."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            get_language() or settings.LANGUAGE_CODE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return response

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "unknown"

    def send_mail(self, template_prefix: str, email: str, values: dict[str, Any]) -> None:
        """Raises ``MailNotSent``, which tells the person instead of breaking the page."""
        try:
            super().send_mail(template_prefix, email, {**values, **_ours()})
        except OSError as reason:  # What smtplib raises is one of its kinds, and may quote the address.
            logger.error("account_not_mailed", reason=type(reason).__name__)
            raise MailNotSent from None

    def render_mail(self, *args: Any, **options: Any) -> EmailMessage:
        """Whoever answers a mail about their account reaches somebody."""
        message: EmailMessage = super().render_mail(*args, **options)
        message.reply_to = [settings.CONTACT_EMAIL] if settings.CONTACT_EMAIL else []
        return message

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """What was done is done, whether or not its notice can be sent."""
        with suppress(MailNotSent):
            super().send_notification_mail(*args, **options)

    def send_account_already_exists_mail(self, email: str) -> None:
        login_url = build_absolute_uri(context.request, reverse("account_login"))
        self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        words = {
            "mfa_reauthenticate": _("Use the app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your work needs a second factor: add another one before removing this."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
        "incorrect_code": _("The code is not right. Check it and try again."),
        "unverified_email": _("Please confirm your e-mail address first."),
        "add_email_blocked": _("Accounts with a second factor keep one address. Change it instead."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are worth nothing to who only has the database."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff may change their second factor, not go without one."""
        user = authenticator.user
        if not user.has_perm("wagtailadmin.access_admin"):
            return True
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)


class ProviderAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _(
            "This e-mail address already belongs to an account. Sign in with a code first, then connect %s."
        ),
        "no_verified_email": _("Please confirm your e-mail address first."),
        "disconnect_last": _("This is the only way into your account, so it cannot be disconnected."),
        "connected_other": _("That identity is already connected to another account."),
    }


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"second factor:{key}".encode()).digest())) for key in secrets]
    )
