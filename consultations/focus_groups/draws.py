"""Balanced draws as they are made, looked at, changed with a reason, and sent as offers.

The seed is said when the call is opened, before anybody signs up; it is completed with the hash of the
entries, so that nobody can choose either to suit somebody.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from portal import audit
from portal.models import User

from ..enums import GroupStatus
from ..enums import RegistrationStatus as S
from ..lifecycle import NotAllowed
from ..models import Draw, DrawOverride, FocusGroup, FocusGroupSession, Registration
from . import offers, seats, selection
from .draw_documents import digest_of, entry_of, written
from .queueing import NoticeKind, queue
from .screening import Screening
from .selection import ALGORITHM, Seats
from .states import change_state

Proposal = dict[FocusGroupSession, list[Registration]]


@transaction.atomic
def publish_seed(*, group: FocusGroup, by: User | None) -> str:
    """Say the seed, once and for good."""
    current = seats.lock(group.pk)
    if not current.seed:
        current.seed = secrets.token_hex(16)
        current.save(update_fields=["seed"])
        audit.record("draw.seed_published", target=group, by=by)
    group.seed = current.seed
    return current.seed


@transaction.atomic
def propose(*, group: FocusGroup, by: User | None) -> Draw:
    """Draw among those who hope for a place. Nobody is told yet, and nothing is given away.

    The same people give the same draw, however often it is made. Raises ``NotAllowed``,
    ``selection.Infeasible``.
    """
    group = seats.lock(group.pk)
    if group.status not in GroupStatus.running:
        raise NotAllowed(_("This focus group takes nobody at the moment."))
    publish_seed(group=group, by=by)
    screened = Screening(group)
    people = list(group.registrations.hopeful().prefetch_related("availability"))
    rooms = _seats(group, screened)
    if not people or not rooms:
        raise NotAllowed(_("A draw needs people to draw from, and a session that lies ahead."))
    entries, key = _entries(people, screened, rooms)
    digest = digest_of(entries)
    chosen = selection.draw(
        [entry_of(item) for item in entries], rooms, screened.rules, seed=f"{group.seed}:{digest}"
    )
    draw = Draw.objects.create(
        group=group,
        seed=f"{group.seed}:{digest}",
        algorithm=ALGORITHM,
        entries=entries,
        quotas=written(screened.quotas, rooms),
        result={str(session): list(names) for session, names in chosen.chosen.items()},
        key=key,
        digest=digest,
        drawn_by=by,
    )
    audit.record("draw.made", target=draw, by=by, entries=len(entries), digest=digest)
    transaction.on_commit(partial(async_task, "consultations.tasks.estimate_chances", draw.pk))
    return draw


def proposal(draw: Draw) -> Proposal:
    """Who would be offered a place, session by session: what was drawn, with the changes made since."""
    everyone = Registration.objects.in_bulk(list(draw.key.values()))
    by_pseudonym = {name: everyone.get(_uuid(key)) for name, key in draw.key.items()}
    sessions = {session.pk: session for session in draw.group.sessions.all()}
    proposed: Proposal = {
        sessions[int(key)]: [found for name in names if (found := by_pseudonym[name])]
        for key, names in draw.result.items()
        if int(key) in sessions
    }
    for change in draw.overrides.select_related("taken_out", "put_in"):
        people = proposed[sessions[change.session_id]]
        if change.taken_out in people:
            people.remove(change.taken_out)
        if change.put_in is not None and change.put_in not in people:
            people.append(change.put_in)
    return proposed


@transaction.atomic
def override(
    *,
    draw: Draw,
    session: FocusGroupSession,
    taken_out: Registration | None,
    put_in: Registration | None,
    reason: str,
    by: User,
) -> DrawOverride:
    """Change what was drawn, with a reason that stays. Raises ``NotAllowed``."""
    seats.lock(draw.group_id)
    draw.refresh_from_db()
    if draw.sent_at is not None:
        raise NotAllowed(_("The offers of this draw have been sent."))
    if not reason.strip():
        raise NotAllowed(_("Say why: the reason is kept with the draw."))
    proposed = proposal(draw)
    if session not in proposed:
        raise NotAllowed(_("This session is not part of the draw."))
    _require_sensible(proposed, session, taken_out, put_in)
    change = DrawOverride.objects.create(
        draw=draw, session=session, taken_out=taken_out, put_in=put_in, reason=reason.strip(), made_by=by
    )
    audit.record("draw.overridden", target=draw, by=by, change=change.pk)
    return change


def _require_sensible(
    proposed: Proposal,
    session: FocusGroupSession,
    taken_out: Registration | None,
    put_in: Registration | None,
) -> None:
    if taken_out is None and put_in is None:
        raise NotAllowed(_("Choose somebody to take out, or to put in."))
    if taken_out is not None and taken_out not in proposed[session]:
        raise NotAllowed(_("The person to take out is not among those drawn for this session."))
    if put_in is not None and any(put_in in people for people in proposed.values()):
        raise NotAllowed(_("The person to put in has a place already."))
    if put_in is not None and put_in.status not in S.hopeful:
        raise NotAllowed(_("The person to put in is not waiting for a place."))
    size = len(proposed[session]) - (taken_out is not None) + (put_in is not None)
    if size > seats.free(session):
        raise NotAllowed(_("There is no free place in this session."))


@transaction.atomic
def send(*, draw: Draw, by: User | None) -> int:
    """Offer the places; everybody else waits, in the order of their lots. Twice is once.

    Returns how many offers were made.
    """
    group = seats.lock(draw.group_id)
    draw.refresh_from_db()
    if draw.sent_at is not None:
        return 0
    Draw.objects.filter(pk=draw.pk).update(sent_at=timezone.now())
    made = 0
    for session, people in proposal(draw).items():
        for registration in people:
            if registration.status in S.hopeful:
                offers.offer(registration=registration, session=session, by=by)
                made += 1
    _line_up(group, draw)
    offers.promote(group.pk)
    audit.record("draw.sent", target=draw, by=by, offers=made)
    return made


def _line_up(group: FocusGroup, draw: Draw) -> None:
    """Those who were not drawn wait in the order of their lots, before anybody who comes later."""
    names = {_uuid(key): name for name, key in draw.key.items()}
    left = list(group.registrations.filter(status=S.RECEIVED))
    drawn = [item for item in left if item.pk in names]
    drawn.sort(key=lambda item: -selection.lot(draw.seed, names[item.pk]))
    late = sorted((item for item in left if item.pk not in names), key=lambda item: item.position or 0)
    for registration in (*drawn, *late):
        group.last_position += 1
        registration.position = group.last_position
        registration.save(update_fields=["position"])
        change_state(registration, S.WAITING, by=None)
        queue(registration, NoticeKind.WAITING, key=f"waiting:{registration.position}")
    group.save(update_fields=["last_position"])


def _seats(group: FocusGroup, screened: Screening) -> dict[int, Seats]:
    return {
        session.pk: Seats(session.capacity, offers.seated_profiles(screened, session))
        for session in group.sessions.upcoming()
    }


def _entries(
    people: Sequence[Registration], screened: Screening, rooms: Mapping[int, Seats]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Under pseudonyms that say nothing of the order in which people came."""
    key, entries = {}, []
    for registration in people:
        name = secrets.token_hex(6)
        possible = {session.pk for session in registration.availability.all()} & rooms.keys()
        stated = registration.availability.all()
        key[name] = str(registration.pk)
        entries.append(
            {
                "id": name,
                "profile": screened.profile(registration.screening),
                "sessions": sorted(possible if stated else rooms),
            }
        )
    return sorted(entries, key=lambda item: str(item["id"])), key


def _uuid(text: str) -> UUID:
    return UUID(text)
