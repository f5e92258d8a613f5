"""Who came: ticked once however often it is pressed, undone, counted, and found by the code at the door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.enums import GroupStatus, SessionStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import addresses, attendance, stages
from consultations.lifecycle import NotAllowed
from consultations.models import PastParticipant
from consultations.models.registration import DOOR_CODE_LENGTH, DOOR_SIGNS
from portal.models import AuditEntry
from tests.factories.focus_groups import RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def test_ticking_twice_is_once() -> None:
    session, user = SessionFactory(past=True), UserFactory()
    registration = RegistrationFactory(group=session.group, seated_in=session)

    attendance.check_in(registration=registration, by=user)
    attendance.check_in(registration=registration, by=user)

    assert registration.status == S.ATTENDED
    assert AuditEntry.objects.get(verb="registration.attended").by == user


def test_wrong_line_is_undone_with_everything_that_followed_from_it() -> None:
    session = SessionFactory(past=True)
    registration = RegistrationFactory(
        group=session.group, seated_in=session, contact__email="rosa@example.org"
    )
    attendance.check_in(registration=registration, by=None)
    remembered = PastParticipant.objects.get()
    assert remembered.digest == addresses.digest_anywhere("rosa@example.org")

    attendance.undo(registration=registration, by=None)

    assert registration.status == S.CONFIRMED
    assert not PastParticipant.objects.exists()


def test_later_session_is_what_is_remembered() -> None:
    session = SessionFactory(past=True)
    registration = RegistrationFactory(
        group=session.group, seated_in=session, contact__email="rosa@example.org"
    )
    later = timezone.localdate() + timedelta(days=9)
    PastParticipant.objects.create(digest=addresses.digest_anywhere("rosa@example.org"), took_part_on=later)

    attendance.check_in(registration=registration, by=None)
    attendance.undo(registration=registration, by=None)

    assert PastParticipant.objects.get().took_part_on == later


def test_nobody_is_ticked_the_day_before() -> None:
    session = SessionFactory(starts_at=timezone.now() + timedelta(hours=20))
    registration = RegistrationFactory(group=session.group, seated_in=session)

    with pytest.raises(NotAllowed):
        attendance.check_in(registration=registration, by=None)


@pytest.mark.parametrize("status", [S.OFFERED, S.WAITING])
def test_only_those_who_confirmed_are_ticked(status: S) -> None:
    session = SessionFactory(past=True)
    registration = RegistrationFactory(group=session.group, status=status)
    if status == S.OFFERED:
        session.seats.filter(number=1).update(registration=registration)

    with pytest.raises(NotAllowed):
        attendance.check_in(registration=registration, by=None)


def test_whoever_was_not_ticked_did_not_come() -> None:
    session = SessionFactory(past=True, capacity=3)
    here, away, other = (RegistrationFactory(group=session.group, seated_in=session) for _ in range(3))
    attendance.check_in(registration=here, by=None)

    stages.mark_held(session=session, by=None)

    assert [_status(person) for person in (here, away, other)] == [S.ATTENDED, S.ABSENT, S.ABSENT]
    session.group.refresh_from_db()
    assert (session.status, session.group.status) == (SessionStatus.HELD, GroupStatus.ENDED)
    attendance.check_in(registration=away, by=None)
    assert _status(away) == S.ATTENDED, "somebody came late; the list is corrected afterwards"


def _status(registration: object) -> str:
    registration.refresh_from_db()  # type: ignore[attr-defined]  # a registration
    return str(registration.status)  # type: ignore[attr-defined]  # a registration


def test_code_is_found_however_it_is_typed_and_in_its_own_session_alone() -> None:
    session, other = SessionFactory(), SessionFactory()
    registration = RegistrationFactory(group=session.group, seated_in=session)
    RegistrationFactory(group=session.group, seated_in=session)
    code = registration.door_code

    assert len(code) == DOOR_CODE_LENGTH
    assert set(code) <= set(DOOR_SIGNS)
    assert attendance.found_by_code(session, f" {code[:3].lower()}-{code[3:]} ") == registration
    assert attendance.found_by_code(other, code) is None
    assert attendance.found_by_code(session, "") is None
