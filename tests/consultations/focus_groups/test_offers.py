"""Places offered for a while: never more than there are, never twice, never to the same person at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.enums import OfferStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers, seats
from consultations.focus_groups.states import TRANSITIONS
from consultations.lifecycle import NotAllowed
from consultations.models import Seat, SeatOffer
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def statuses(*registrations: Any) -> list[str]:
    for registration in registrations:
        registration.refresh_from_db()
    return [registration.status for registration in registrations]


def test_table_says_what_follows_every_state() -> None:
    assert set(TRANSITIONS) == set(S)


def test_free_places_go_to_the_first_in_the_queue() -> None:
    session = SessionFactory(capacity=2)
    waiting = [RegistrationFactory(group=session.group, position=place) for place in (3, 1, 2)]

    offers.promote(session.group.pk)

    assert statuses(*waiting) == [S.WAITING, S.OFFERED, S.OFFERED]


def test_promoting_twice_offers_once() -> None:
    session = SessionFactory(capacity=2)
    RegistrationFactory(group=session.group)

    assert (offers.promote(session.group.pk), offers.promote(session.group.pk)) == (1, 0)
    assert SeatOffer.objects.count() == 1


def test_accepting_twice_is_once(queued: Any) -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group)
    offers.promote(session.group.pk)

    with queued() as mails:
        offers.accept(registration=registration)
        offers.accept(registration=registration)

    assert statuses(registration) == [S.CONFIRMED]
    assert [kind for _key, kind, _once in mails] == ["confirmed"]


def test_declined_place_is_offered_on() -> None:
    session = SessionFactory(capacity=1)
    first, second = (RegistrationFactory(group=session.group, position=place) for place in (1, 2))
    offers.promote(session.group.pk)

    offers.decline(registration=first)
    offers.decline(registration=first)

    assert statuses(first, second) == [S.DECLINED, S.OFFERED]


def test_overdue_offer_is_given_up_once_and_offered_on() -> None:
    session = SessionFactory(capacity=1)
    first, second = (RegistrationFactory(group=session.group, position=place) for place in (1, 2))
    offers.promote(session.group.pk)
    SeatOffer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert (offers.expire_overdue(), offers.expire_overdue()) == (1, 0)

    assert statuses(first, second) == [S.EXPIRED, S.OFFERED]


def test_overdue_offer_cannot_be_accepted() -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group)
    offers.promote(session.group.pk)
    SeatOffer.objects.update(expires_at=timezone.now())

    with pytest.raises(NotAllowed):
        offers.accept(registration=registration)


def test_deadline_comes_before_the_session() -> None:
    session = SessionFactory(starts_at=timezone.now() + timedelta(hours=5))
    RegistrationFactory(group=session.group)

    offers.promote(session.group.pk)

    assert SeatOffer.objects.get().expires_at <= session.starts_at - timedelta(hours=1)


def test_person_comes_to_the_sessions_that_they_can_come_to() -> None:
    group = FocusGroupFactory(open=True)
    early, late = (SessionFactory(group=group, starts_at=timezone.now() + timedelta(days=d)) for d in (5, 9))
    registration = RegistrationFactory(group=group, sessions=[late])

    offers.promote(group.pk)

    assert SeatOffer.objects.get().session == late
    assert not early.seats.filter(registration=registration).exists()


def test_same_person_cannot_be_in_two_places_at_once() -> None:
    one, other = SessionFactory(), SessionFactory()
    other.starts_at = one.starts_at + timedelta(minutes=30)
    other.save()
    RegistrationFactory(group=one.group, seated_in=one, contact__email="rosa@example.org")
    registration = RegistrationFactory(group=other.group, contact__email="rosa@example.org")

    assert offers.promote(other.group.pk) == 0
    with pytest.raises(NotAllowed):
        offers.offer(registration=registration, session=other, by=None)


def test_full_session_refuses_one_more() -> None:
    session = SessionFactory(capacity=1)
    RegistrationFactory(group=session.group, seated_in=session)

    with pytest.raises(seats.Full):
        offers.offer(registration=RegistrationFactory(group=session.group), session=session, by=None)


def test_database_refuses_a_seat_that_is_not_there_and_a_second_one() -> None:
    session = SessionFactory(capacity=2)
    registration = RegistrationFactory(group=session.group, seated_in=session)

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(session=session, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        session.seats.filter(registration__isnull=True).update(registration=registration)


def test_fewer_places_than_people_are_refused() -> None:
    session = SessionFactory(capacity=3)
    for _person in range(2):
        RegistrationFactory(group=session.group, seated_in=session)

    with pytest.raises(NotAllowed, match="2"):
        seats.resize(session=session, capacity=1, by=None)
    seats.resize(session=session, capacity=2, by=None)

    assert session.seats.count() == 2
    session.refresh_from_db()
    assert session.capacity == 2


def test_queue_says_an_honest_range() -> None:
    group = FocusGroupFactory(open=True, screened=True)
    group.quotas.create(question="gender", options=["f"], minimum=1)
    for place, gender in enumerate("fmfm", start=1):
        RegistrationFactory(group=group, position=place, screening={"gender": gender})
    last = RegistrationFactory(group=group, position=9, screening={"gender": "f"})

    assert offers.waiting_place(last) == (3, 5)


def test_offer_ends_as_it_was_answered() -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group)
    offers.promote(session.group.pk)

    offers.take_back(registration=registration, by=None)

    assert SeatOffer.objects.get().status == OfferStatus.WITHDRAWN
    assert statuses(registration) == [S.WAITING]
