"""What is kept of people, and until when: contact data go by themselves on the day that the consent promises.

What stays is the registration without anything that says who it was, and what statistics read of it. That
somebody took part lately stays as a keyed hash tied to no group, for as long as the pause between two groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from portal import audit

from ..enums import RegistrationStatus as S
from ..models import Contact, FocusGroup, PastParticipant, Registration
from . import seats
from .composition import Profile, values
from .screening import Screening

# An address that nobody confirmed is somebody else's, or a mistake.
UNCONFIRMED = timedelta(days=14)
# Who had no place is not needed once the sessions are over, long before those who took part.
WITHOUT_PLACE_DAYS = 30
# Words of their own that so many people wrote alike say nothing about one of them.
ALIKE = 3
_DAYS_A_MONTH = 31


def deleted_on(group: FocusGroup) -> date:
    """The day that the consent promises: so many days after the last session.

    Before there is a session this is only when waiting ends: people are told no day (``told_day``).
    """
    return _last_day(group) + timedelta(days=group.retention_days)


def told_day(group: FocusGroup) -> date | None:
    """:func:`deleted_on` as it is told to people and to staff; unknown until there is a session."""
    return deleted_on(group) if list(group.sessions.all()) else None


def deleted_without_place_on(group: FocusGroup) -> date:
    return _last_day(group) + timedelta(days=min(WITHOUT_PLACE_DAYS, group.retention_days))


def _last_day(group: FocusGroup) -> date:
    """Of the last session; where there is none, the day from which people were waiting for one."""
    last = max((session.ends_at for session in group.sessions.all()), default=None)
    if last is None:
        newest = group.registrations.aggregate(newest=Max("created_at"))["newest"]
        last = group.closes_at or newest or timezone.now()
    return last.astimezone(ZoneInfo(group.timezone)).date()


def forget_due() -> int:
    """Delete everything whose day has come. Twice is once. Returns of how many people."""
    forgotten = _forget_unconfirmed()
    for group in FocusGroup.objects.filter(registrations__contact__isnull=False).distinct():
        forgotten += _forget_in(group)
    _forget_participants()
    return forgotten


@transaction.atomic
def _forget_unconfirmed() -> int:
    old = Registration.objects.filter(
        status=S.UNCONFIRMED, position__isnull=True, created_at__lte=timezone.now() - UNCONFIRMED
    )
    count = old.count()
    if count:
        old.delete()
        audit.record("registrations.unconfirmed_deleted", by=None, count=count)
    return count


@transaction.atomic
def _forget_in(group: FocusGroup) -> int:
    seats.lock(group.pk)
    today = timezone.localdate(timezone=ZoneInfo(group.timezone))
    known = group.registrations.filter(contact__isnull=False)
    if today >= deleted_on(group):
        return _forget(group, known)
    if today >= deleted_without_place_on(group):
        return _forget(group, known.exclude(status__in=S.seated))
    return 0


def _forget(group: FocusGroup, people: QuerySet[Registration]) -> int:
    """Leave of each what the quotas read, for statistics, and of people's own words what several share."""
    found, now = list(people), timezone.now()
    screened = Screening(group)
    shared = _shared_words(screened)
    for registration in found:
        profile = screened.profile(registration.screening)
        registration.screening = {
            name: answer for name, answer in profile.items() if name not in shared or answer in shared[name]
        }
        registration.address_digest, registration.erased_at = "", now
    Registration.objects.bulk_update(found, ["screening", "address_digest", "erased_at"])
    Contact.objects.filter(registration__in=found).delete()
    if found:
        audit.record("registrations.contacts_deleted", target=group, by=None, count=len(found))
    return len(found)


def _shared_words(screened: Screening) -> dict[str, set[str]]:
    """For each question that the quotas read and people answer in their own words, what many wrote alike."""
    answers = screened.group.registrations.values_list("screening", flat=True)
    profiles = [screened.profile(given) for given in answers]
    return {
        name: {word for word, times in _times(profiles, name).items() if times >= ALIKE}
        for name in screened.free
    }


def _times(profiles: Iterable[Profile], name: str) -> Counter[str]:
    return Counter(word for profile in profiles for word in values(profile, name))


def _forget_participants() -> None:
    """Nobody is kept from a group any longer than the longest pause that a group asks for."""
    months = FocusGroup.objects.aggregate(longest=Max("pause_months"))["longest"] or 0
    since = timezone.localdate() - timedelta(days=months * _DAYS_A_MONTH)
    PastParticipant.objects.filter(took_part_on__lt=since).delete()
