"""What must be so before the portal may serve people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security)
def no_open_second_factor(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The fixed second factor of the demonstration must not exist where DEBUG is off."""
    if settings.DEBUG or not (settings.DEMO_SECOND_FACTOR or settings.MFA_TOTP_INSECURE_BYPASS_CODE):
        return []
    return [Error("DEMO_SECOND_FACTOR opens every account.", hint="Unset it.", id="portal.E001")]


@register(Tags.security, deploy=True)
def mail_goes_somewhere(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without a mail server nobody receives a sign-in code."""
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return []
    return [Warning("Mail is written to a folder.", hint="Set EMAIL_URL.", id="portal.W001")]


@register(Tags.security, deploy=True)
def mails_name_an_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Mails about an account ask people to write where something is strange."""
    if settings.CONTACT_EMAIL:
        return []
    return [Warning("Mails name no address to write to.", hint="Set CONTACT_EMAIL.", id="portal.W002")]
