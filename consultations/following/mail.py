"""Two mails: one to confirm an address, one when the results are out."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from ..answering.words import field_of
from ..models import Follower
from . import links


def ask_to_confirm(follower: Follower) -> None:
    """Raises ``smtplib.SMTPException`` or ``OSError``."""
    _send(follower, "confirm_follower")


def tell_results(follower: Follower) -> None:
    """Raises ``smtplib.SMTPException`` or ``OSError``."""
    _send(follower, "results_out")


def _send(follower: Follower, name: str) -> None:
    """Now, from where it is called: a queue would write the address down once more."""
    consultation = follower.consultation
    with translation.override(follower.language):
        about = reverse("answering:landing", args=[consultation.slug])
        context = {
            "title": field_of(consultation, "title", page=follower.language),
            "link": links.url_for(follower),
            "url": f"{settings.WAGTAILADMIN_BASE_URL}{about}",
            "site_name": settings.SITE_NAME,
        }
        subject = render_to_string(f"emails/{name}_subject.txt", context)
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"emails/{name}.txt", context),
            to=[follower.email],
        )
        message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    message.send()
