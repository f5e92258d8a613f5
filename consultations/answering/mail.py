"""The one mail of the journey: a participation code, to an address that nobody keeps."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from . import codes
from .participation import Participation
from .words import field_of


def send_code(*, part: Participation, address: str, language: str) -> None:
    """Send it now, from the request itself: a queue would write the address down.

    Raises ``smtplib.SMTPException`` or ``OSError``.
    """
    with translation.override(language):
        context = {
            "code": codes.grouped(part.code),
            "consultation": part.consultation,
            "title": field_of(part.consultation, "title", page=language),
            "url": settings.WAGTAILADMIN_BASE_URL
            + reverse("answering:resume", args=[part.consultation.slug]),
            "site_name": settings.SITE_NAME,
        }
        subject = render_to_string("emails/participation_code_subject.txt", context).strip()
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/participation_code.txt", context),
            to=[address],
        )
        message.attach_alternative(render_to_string("emails/participation_code.html", context), "text/html")
    message.send()
