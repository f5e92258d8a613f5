"""Once a week, on Monday morning in Lima, each unit's people get one mail about its consultations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from smtplib import SMTPException
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal.accounts.admin_language import language_of
from portal.models import Unit, User

from .. import rules
from ..analysis import snapshot
from ..analysis.frame import Frame
from ..enums import ConsultationStatus
from ..models import Consultation, DigestSent
from . import links
from .figures import Figures, figures

log = structlog.get_logger(__name__)
AT = time(8)
# A worker that was down on Monday makes up for it until the end of the next day, not later.
PATIENCE = timedelta(hours=40)
# What closed within a week is told of once more.
_WEEK = timedelta(days=8)


def send_due(*, now: datetime | None = None) -> None:
    """Send what is due. Safe to run often and twice: each person gets one mail a week.

    What cannot be told of one unit keeps no other one waiting, and is tried again.
    """
    week = week_of(now or timezone.now())
    if week is None:
        return
    for unit in Unit.objects.filter(is_active=True):
        try:
            _send_unit(unit, week)
        except Exception:
            log.exception("digest_not_made", unit=unit.pk)


def week_of(now: datetime) -> date | None:
    """The Monday whose mail is due at that moment; ``None`` outside of its hours."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    begins = datetime.combine(monday, AT, zone)
    return monday if begins <= now < begins + PATIENCE else None


def told_of(unit: Unit) -> QuerySet[Consultation]:
    """Those of a unit that are open, or closed within the last days."""
    lately = Q(status=ConsultationStatus.CLOSED, closes_at__gte=timezone.now() - _WEEK)
    return Consultation.objects.filter(
        Q(status=ConsultationStatus.OPEN) | lately, unit=unit, live=True
    ).order_by("closes_at", "pk")


def readers(unit: Unit, week: date) -> list[User]:
    """Active people of the unit who may see its figures, want the mail, and have not got it yet."""
    people = User.objects.filter(unit=unit, is_active=True, digest_refusal=None).exclude(digests__week=week)
    found = people.select_related("wagtail_userprofile", "unit").order_by("pk")
    return [person for person in found if rules.may_see_consultations(person)]


def _send_unit(unit: Unit, week: date) -> None:
    people = readers(unit, week)
    frames = {item: snapshot.refresh(item) for item in told_of(unit)} if people else {}
    for person in people if frames else ():
        _send_once(person, week, frames)


def _send_once(user: User, week: date, frames: Mapping[Consultation, Frame]) -> None:
    """Marked before it is sent, so that two workers cannot both send it; what fails is tried again later."""
    with translation.override(language_of(user)):
        mail = message(user, [figures(item, frame, user) for item, frame in frames.items()])
    mark, made = DigestSent.objects.get_or_create(user=user, week=week)
    if not made:
        return
    try:
        mail.send()
    except (SMTPException, OSError):
        mark.delete()
        log.warning("digest_not_sent", unit=user.unit_id)


def message(user: User, found: Iterable[Figures]) -> EmailMultiAlternatives:
    """The mail in the active language, with the header for mail programs that turn it off by one press."""
    link = links.url_for(user)
    context = {
        "unit": user.unit,
        "figures": list(found),
        "base_url": settings.WAGTAILADMIN_BASE_URL,
        "link": link,
        "site_name": settings.SITE_NAME,
    }
    subject = " ".join(render_to_string("emails/digest_subject.txt", context).split())
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("emails/digest.txt", context),
        to=[user.email],
        # RFC 8058: a POST to the same address is enough.
        headers={"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    mail.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    return mail
