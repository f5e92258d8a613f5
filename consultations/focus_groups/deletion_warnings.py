"""Staff hear beforehand that the contact data of a group are going to be deleted by themselves."""

from __future__ import annotations

from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_q.tasks import async_task
from wagtail.users.models import UserProfile

from portal import audit
from portal.models import AuditEntry, User

from ..answering.words import field_of
from ..models import FocusGroup, Registration
from . import retention, seats
from .visibility import groups_visible_to

# Days before: once to plan, once to make sure.
DAYS_BEFORE = (3, 14)
_VERB = "retention.warned"


def warn_due() -> int:
    """Queue the warnings that are due, each once. Returns for how many groups."""
    groups = FocusGroup.objects.filter(registrations__contact__isnull=False).distinct()
    return sum(_warn(group) for group in groups)


@transaction.atomic
def _warn(group: FocusGroup) -> bool:
    seats.lock(group.pk)
    day = retention.deleted_on(group)
    left = (day - timezone.localdate(timezone=ZoneInfo(group.timezone))).days
    before = next((days for days in DAYS_BEFORE if 0 < left <= days), None)
    if before is None or _is_warned(group, day, before):
        return False
    audit.record(_VERB, target=group, by=None, day=day.isoformat(), before=before)
    for user in _in_charge(group):
        transaction.on_commit(
            partial(async_task, "consultations.tasks.warn_of_deletion", group.pk, user.pk, day.isoformat())
        )
    return True


def _is_warned(group: FocusGroup, day: date, before: int) -> bool:
    mine = AuditEntry.objects.filter(
        verb=_VERB, target_type=ContentType.objects.get_for_model(group), target_id=str(group.pk)
    )
    return mine.filter(details__day=day.isoformat(), details__before=before).exists()


def _in_charge(group: FocusGroup) -> list[User]:
    """Those who manage the group by their role; who may do everything is not written to for it."""
    permission = Q(codename="manage_focus_groups", content_type__app_label="consultations")
    may = Permission.objects.filter(permission)
    managers = User.objects.filter(
        Q(groups__permissions__in=may) | Q(user_permissions__in=may), is_active=True
    )
    return [user for user in managers.distinct() if groups_visible_to(user).filter(pk=group.pk).exists()]


def mail(*, group: FocusGroup, user: User, day: date) -> None:
    """Write to one member of staff, in the language of their admin."""
    profile = UserProfile.objects.filter(user=user).first()
    language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "site_name": settings.SITE_NAME,
            "title": field_of(group, "title", page=language).text,
            "day": day,
            "people": Registration.objects.filter(group=group, contact__isnull=False).count(),
        }
        subject = render_to_string("emails/deletion_warning_subject.txt", context)
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("emails/deletion_warning.txt", context),
            to=[user.email],
        )
        message.attach_alternative(render_to_string("emails/deletion_warning.html", context), "text/html")
    message.send()
