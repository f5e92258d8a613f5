"""What recipients and owners of scheduled exports read. No file travels by mail, no link opens one alone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portal.accounts.admin_language import language_of
from portal.models import User

from ..models import ExportJob, ExportSchedule


def ready(*, job: ExportJob, schedule: ExportSchedule, to: User) -> None:
    _send("scheduled_export", to, _context(schedule, url=reverse("export_detail", args=[job.pk]), job=job))


def failed(*, schedule: ExportSchedule, reason: str, to: User) -> None:
    url = reverse("export_schedule", args=[schedule.pk])
    _send("scheduled_export_failed", to, _context(schedule, url=url, reason=reason))


def _context(schedule: ExportSchedule, *, url: str, **more: Any) -> dict[str, Any]:
    return {
        "schedule": schedule,
        "consultation": schedule.consultation,
        "url": settings.WAGTAILADMIN_BASE_URL + url,
        "site_name": settings.SITE_NAME,
        **more,
    }


def _send(name: str, to: User, context: dict[str, Any]) -> None:
    with translation.override(language_of(to)):
        subject = " ".join(render_to_string(f"emails/{name}_subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject=subject, body=render_to_string(f"emails/{name}.txt", context), to=[to.email]
        )
        message.attach_alternative(render_to_string(f"emails/{name}.html", context), "text/html")
    message.send()
