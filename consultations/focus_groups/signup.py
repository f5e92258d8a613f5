"""Signing up: without an account by a mail that confirms the address, or with one at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import User

from ..enums import Channel, ConsentPurpose, GroupStatus, SelectionMode
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import (
    Contact,
    FocusGroup,
    FocusGroupSession,
    PastParticipant,
    QuestionnaireVersion,
    Registration,
)
from . import addresses, consents, offers, screening, seats
from .queueing import NoticeKind, queue
from .states import change_state

RECENT = "recent"
_DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class SignUp:
    """What somebody fills in. ``screening`` has passed the questionnaire's own checks."""

    email: str
    language: str
    timezone: str
    name: str = ""
    needs: str = ""
    version: QuestionnaireVersion | None = None
    screening: Mapping[str, Any] = field(default_factory=dict)
    sessions: Iterable[FocusGroupSession] = ()
    consents: Mapping[ConsentPurpose, bool] = field(default_factory=dict)


def takes_sign_ups(group: FocusGroup) -> bool:
    """Open, within its dates, and of the kind that people sign up for here."""
    now = timezone.now()
    within = (group.opens_at is None or group.opens_at <= now) and (
        group.closes_at is None or now < group.closes_at
    )
    return group.status == GroupStatus.OPEN and group.names_kept and within


def opens_later(group: FocusGroup) -> bool:
    """Announced: its sign-up begins at a moment that lies ahead."""
    return group.status == GroupStatus.OPEN and bool(group.opens_at and group.opens_at > timezone.now())


@transaction.atomic
def sign_up(
    *, group: FocusGroup, form: SignUp, user: User | None = None, channel: Channel = Channel.WEB
) -> Registration:
    """Store a sign-up and ask for its address to be confirmed; with a verified ``user``, confirm it at once.

    An address signs up once: what is confirmed stays as it is, and its owner is sent the way to it. What
    the visitor is told is the same either way. Raises ``NotAllowed``.
    """
    group = seats.lock(group.pk)
    if not takes_sign_ups(group):
        raise NotAllowed(_("This group takes no sign-ups at the moment."))
    if not form.consents.get(ConsentPurpose.TAKE_PART):
        raise NotAllowed(_("Without your permission to take part we cannot keep your sign-up."))
    digest = addresses.digest_in(group, form.email)
    found = group.registrations.filter(address_digest=digest).first()
    if found is not None and found.status not in (S.UNCONFIRMED, S.CANCELLED):
        _send_the_way(found)
        return found
    registration = found or Registration(group=group, address_digest=digest, channel=channel)
    _store(registration, form, user)
    if user is not None:
        confirm(registration=registration)
    else:
        queue(registration, NoticeKind.CONFIRM_ADDRESS, key=_once_a_minute("confirm", registration))
    return registration


def _store(registration: Registration, form: SignUp, user: User | None) -> None:
    if registration.status == S.CANCELLED:
        change_state(registration, S.UNCONFIRMED, by=None)
        registration.confirmed_at, registration.position = None, None
    registration.language, registration.version = form.language, form.version
    registration.screening = dict(form.screening)
    registration.save()
    registration.availability.set(form.sessions)
    Contact.objects.update_or_create(
        registration=registration,
        defaults={
            "name": form.name.strip(),
            "email": addresses.normalised(form.email),
            "timezone": form.timezone,
            "needs": form.needs.strip(),
            "user": user,
        },
    )
    for purpose in ConsentPurpose:
        if not form.consents.get(purpose):
            consents.withdraw(registration=registration, purpose=purpose)
    asked = consents.current(registration.group)
    consents.give_all(registration, {purpose: form.consents.get(purpose, False) for purpose in asked})


def send_new_link(*, group: FocusGroup, email: str) -> None:
    """Mail the way to a sign-up to its owner. Says nothing about whether there is one."""
    digest = addresses.digest_in(group, email)
    found = group.registrations.filter(address_digest=digest).first()
    if found is not None and found.status == S.UNCONFIRMED:
        queue(found, NoticeKind.CONFIRM_ADDRESS, key=_once_a_minute("confirm", found))
    elif found is not None:
        _send_the_way(found)


@transaction.atomic
def confirm(*, registration: Registration) -> None:
    """The address is theirs: the sign-up gets its place in the order, and its first answer. Twice is once.

    Raises ``NotAllowed`` when the group is over by now.
    """
    group = seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status != S.UNCONFIRMED:
        return
    if group.status not in GroupStatus.running:
        raise NotAllowed(_("This focus group is over."))
    group.last_position += 1
    group.save(update_fields=["last_position"])
    registration.position, registration.confirmed_at = group.last_position, timezone.now()
    registration.save(update_fields=["position", "confirmed_at"])
    if _refuse(group, registration):
        return
    _queue_up(group, registration)


def _refuse(group: FocusGroup, registration: Registration) -> bool:
    rule = screening.refusal(group, registration.screening, today=today_in(group))
    recent = _took_part_lately(group, registration)
    if rule is None and not recent:
        return False
    registration.rule = rule
    registration.save(update_fields=["rule"])
    change_state(registration, S.NOT_ELIGIBLE, by=None, reason="" if rule else RECENT)
    queue(registration, NoticeKind.NOT_ELIGIBLE, key=f"not_eligible:{registration.position}")
    return True


def _queue_up(group: FocusGroup, registration: Registration) -> None:
    """Into the queue, or among those who are drawn; whoever finds a free place has it offered at once."""
    drawn = group.draws.filter(sent_at__isnull=False).exists()
    if group.selection == SelectionMode.BALANCED_DRAW and not drawn:
        change_state(registration, S.RECEIVED, by=None)
        queue(registration, NoticeKind.RECEIVED, key=f"received:{registration.position}")
        return
    change_state(registration, S.WAITING, by=None)
    offers.promote(group.pk)
    registration.refresh_from_db()
    if registration.status == S.WAITING:
        queue(registration, NoticeKind.WAITING, key=f"waiting:{registration.position}")


@transaction.atomic
def withdraw(*, registration: Registration, by: User | None = None, reason: str = "") -> None:
    """Cancel, at any moment and without a reason. Twice is once; a place that becomes free is offered on."""
    group = seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status in S.over:
        return
    held = registration.status in S.seated
    offers.take_back(registration=registration, by=by, to=S.CANCELLED, reason=reason)
    registration.refresh_from_db()
    queue(registration, NoticeKind.CANCELLED, key=f"cancelled:{registration.revision}")
    if held:
        offers.promote(group.pk)


@transaction.atomic
def ask_again(*, registration: Registration) -> None:
    """Back to the end of the queue, for somebody who declined or was too late."""
    group = seats.lock(registration.group_id)
    registration.refresh_from_db()
    if registration.status not in (S.DECLINED, S.EXPIRED):
        return
    if group.status not in GroupStatus.running:
        raise NotAllowed(_("This focus group is over."))
    group.last_position += 1
    group.save(update_fields=["last_position"])
    registration.position = group.last_position
    registration.save(update_fields=["position"])
    change_state(registration, S.WAITING, by=None)
    # Not promoted at once: somebody who just declined wants another place than the one that they had.
    queue(registration, NoticeKind.WAITING, key=f"waiting:{registration.position}")


@transaction.atomic
def change_language(*, registration: Registration, language: str) -> None:
    registration.language = language
    registration.save(update_fields=["language"])


def change_clock(*, registration: Registration, zone: str) -> None:
    """The zone in which mails say when a session is."""
    Contact.objects.filter(registration=registration).update(timezone=zone)


@transaction.atomic
def update_availability(*, registration: Registration, sessions: Iterable[FocusGroupSession]) -> None:
    """Say anew which sessions are possible. Who holds a place keeps it; who waits may get one by it."""
    group = seats.lock(registration.group_id)
    registration.refresh_from_db()
    registration.availability.set(sessions)
    if registration.status == S.WAITING:
        offers.promote(group.pk)


def _took_part_lately(group: FocusGroup, registration: Registration) -> bool:
    # Where no names are kept, nobody can be known again.
    if not group.pause_months or not hasattr(registration, "contact"):
        return False
    since = today_in(group) - timedelta(days=round(group.pause_months * _DAYS_A_MONTH))
    digest = addresses.digest_anywhere(registration.contact.email)
    return PastParticipant.objects.filter(digest=digest, took_part_on__gt=since).exists()


def today_in(group: FocusGroup) -> date:
    return timezone.localdate(timezone=ZoneInfo(group.timezone))


def _send_the_way(registration: Registration) -> None:
    queue(registration, NoticeKind.NEW_LINK, key=_once_a_minute("link", registration))


def _once_a_minute(kind: str, registration: Registration) -> str:
    """Somebody who asks again in earnest gets another mail; somebody who clicks twice does not."""
    return f"{kind}:{registration.revision}:{timezone.now():%Y%m%d%H%M}"
