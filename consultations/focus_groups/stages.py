"""The stages of a focus group and of its sessions, and what people hear of each step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from portal import audit, freshness
from portal.models import User

from ..enums import ConsentPurpose, SessionStatus
from ..enums import GroupStatus as G
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import FocusGroup, FocusGroupSession, Registration
from . import attendance, consents, offers, screening, seats
from .queueing import NoticeKind, queue

TRANSITIONS: dict[G, set[G]] = {
    G.DRAFT: {G.OPEN, G.CANCELLED},
    G.OPEN: {G.CLOSED, G.ENDED, G.CANCELLED},
    # A call may be opened again while places are left.
    G.CLOSED: {G.OPEN, G.ENDED, G.CANCELLED},
    G.ENDED: set(),
    G.CANCELLED: set(),
}
# What people have to hear of when it changes; the rest is between staff.
TOLD = frozenset(
    {"starts_at", "timezone", "duration", "modality", "place", "address", "link", "language", "interpreter"}
)
GROUP_OVER = "group_over"
SESSION_CANCELLED = "session_cancelled"


@transaction.atomic
def change_status(group: FocusGroup, status: G, *, by: User | None) -> None:
    """The one place that writes a group's status. Raises ``NotAllowed``."""
    current = seats.lock(group.pk)
    before = G(current.status)
    if status not in TRANSITIONS[before]:
        words = {"before": before.label, "after": status.label}
        raise NotAllowed(_("A focus group that is “%(before)s” cannot become “%(after)s”.") % words)
    FocusGroup.objects.filter(pk=group.pk).update(status=status)
    group.status = status
    # By hand: other saves of this row are sign-ups, which change nothing that pages must show at once.
    freshness.touch()
    audit.record(f"focus_group.{status.value}", target=group, by=by, before=before.value)


def missing(group: FocusGroup) -> list[str]:
    """What keeps a call from being opened, in words for staff; empty when nothing does."""
    found = screening.problems(group)
    if group.names_kept and not group.sessions.upcoming().exists():
        found.append(_("Add at least one session that lies ahead."))
    if group.names_kept:
        said = consents.texts_of(group, ConsentPurpose.TAKE_PART)
        found += [
            _("Write the consent to take part in %(language)s.")
            % {"language": get_language_info(code)["name_translated"]}
            for code in group.languages
            if code not in said
        ]
    if group.closes_at and group.closes_at <= timezone.now():
        found.append(_("Its closing date has passed. Set a later one first."))
    return found


@transaction.atomic
def open_call(*, group: FocusGroup, by: User | None) -> None:
    """Begin to take sign-ups. Raises ``NotAllowed`` with the first thing that is missing."""
    for problem in missing(group):
        raise NotAllowed(problem)
    change_status(group, G.OPEN, by=by)
    consents.freeze(group)
    for session in group.sessions.planned():
        seats.make(session)


def close_call(*, group: FocusGroup, by: User | None) -> None:
    """Take no more sign-ups. Offers, queue and sessions go on."""
    change_status(group, G.CLOSED, by=by)


@transaction.atomic
def cancel(*, group: FocusGroup, by: User | None) -> None:
    """Call everything off, and tell everyone who was in it."""
    change_status(group, G.CANCELLED, by=by)
    for session in group.sessions.planned():
        _write_session(session, SessionStatus.CANCELLED, by=by)
    _let_go(group, NoticeKind.SESSION_CANCELLED, to=S.CANCELLED)


@transaction.atomic
def schedule(*, session: FocusGroupSession, by: User | None) -> None:
    """Add a session to a group. Its places are made with it."""
    seats.lock(session.group_id)
    session.save()
    seats.make(session)
    audit.record("session.scheduled", target=session, by=by)
    offers.promote(session.group_id)


@transaction.atomic
def reschedule(*, session: FocusGroupSession, changes: Mapping[str, Any], by: User | None) -> None:
    """Change a session. Whoever holds a place hears of what matters to them, with a new calendar file.

    ``capacity`` among the changes goes through ``seats.resize``. Raises ``NotAllowed``, and then nothing is
    changed.
    """
    seats.lock(session.group_id)
    stored = FocusGroupSession.objects.get(pk=session.pk)
    changed = {name for name, value in changes.items() if getattr(stored, name) != value}
    if "capacity" in changed:
        seats.resize(session=stored, capacity=changes["capacity"], by=by)
    for name in changed - {"capacity"}:
        setattr(stored, name, changes[name])
    if changed & TOLD:
        stored.revision += 1
    stored.save()
    session.refresh_from_db()
    if changed:
        audit.record("session.changed", target=session, by=by, fields=sorted(changed))
    if changed & TOLD:
        for registration in seated(session):
            queue(registration, NoticeKind.CHANGED, key=f"changed:{session.pk}:{session.revision}")
    offers.promote(session.group_id)


@transaction.atomic
def cancel_session(*, session: FocusGroupSession, by: User | None) -> None:
    """Call one session off. Its people are told, and wait for another one where they can come to one."""
    group = seats.lock(session.group_id)
    session.refresh_from_db()
    if session.status == SessionStatus.CANCELLED:
        return
    held = list(seated(session))
    _write_session(session, SessionStatus.CANCELLED, by=by)
    for registration in held:
        others = group.sessions.upcoming().exclude(pk=session.pk)
        possible = registration.availability.filter(pk__in=others).exists()
        to = S.WAITING if possible else S.CANCELLED
        if to is S.CANCELLED or registration.status in (S.OFFERED, S.CONFIRMED):
            offers.take_back(registration=registration, by=by, to=to, reason=SESSION_CANCELLED)
        queue(registration, NoticeKind.SESSION_CANCELLED, key=f"session_cancelled:{session.pk}")
    offers.promote(group.pk)


@transaction.atomic
def mark_held(*, session: FocusGroupSession, by: User | None) -> None:
    """The conversation took place; who confirmed and was not ticked did not come.

    After the last one the group has ended, and those who waited are told. Raises ``NotAllowed``.
    """
    group = seats.lock(session.group_id)
    session.refresh_from_db()
    if session.status != SessionStatus.PLANNED:
        return
    if session.starts_at > timezone.now():
        raise NotAllowed(_("This session has not begun yet."))
    attendance.count_no_shows(session=session, by=by)
    _write_session(session, SessionStatus.HELD, by=by)
    if group.status in G.running and not group.sessions.planned().exists():
        change_status(group, G.ENDED, by=by)
        _let_go(group, NoticeKind.NOT_SELECTED, to=S.NOT_SELECTED)


def keep_to_dates() -> None:
    """Close the calls whose last moment has come. Two workers at once do no harm."""
    for group in FocusGroup.objects.due_to_close():
        try:
            close_call(group=group, by=None)
        except NotAllowed:  # another worker was quicker
            continue


def seated(session: FocusGroupSession) -> QuerySet[Registration]:
    """Everyone who holds a place in a session, by the number of their seat."""
    return Registration.objects.filter(seat__session=session).select_related("seat").order_by("seat__number")


def _write_session(session: FocusGroupSession, status: SessionStatus, *, by: User | None) -> None:
    session.status = status
    session.revision += 1
    session.save(update_fields=["status", "revision"])
    audit.record(f"session.{status.value}", target=session, by=by)


def _let_go(group: FocusGroup, notice: NoticeKind, *, to: S) -> None:
    """Tell everyone who still hopes, or holds a place that is no more."""
    wanted = {S.RECEIVED, S.WAITING} | ({S.OFFERED, S.CONFIRMED} if to is S.CANCELLED else set())
    for registration in group.registrations.filter(status__in=wanted):
        offers.take_back(registration=registration, by=None, to=to, reason=GROUP_OVER)
        queue(registration, notice, key=f"{notice.value}:group")
