"""Many at once, over real connections and several processes: no place is given twice, on either database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers
from consultations.models import SeatOffer
from tests.benchmarks.machine import Machine
from tests.benchmarks.server import server
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

from .crowd import Crowd, at_once, machine, registrations, rows, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("tree")]
PEOPLE, PLACES = 200, 8


@pytest.fixture(autouse=True)
def _one_key(settings: Any) -> None:
    """Links that the test makes are links of the server."""
    settings.SECRET_KEY = "benchmarks-only"


@pytest.fixture
def session() -> Any:
    return SessionFactory(group=FocusGroupFactory(open=True, languages=["es", "en"]), capacity=PLACES)


@contextmanager
def crowded(session: Any, folder: Path) -> Iterator[tuple[Machine, Crowd]]:
    place = machine(folder)
    with server(place) as running:
        yield place, Crowd(running.port, session.group)


def statuses(place: Machine) -> dict[str, int]:
    found = rows(place, "SELECT status FROM consultations_registration")
    return dict(Counter(status for (status,) in found))


def test_two_hundred_people_sign_up_at_once_for_eight_places(session: Any, tmp_path: Path) -> None:
    with crowded(session, tmp_path) as (place, crowd):
        form = crowd.recorded(session.pk)

        assert at_once(lambda number: crowd.sign_up(form, number), range(PEOPLE)) == [302]
        assert statuses(place) == {S.UNCONFIRMED: PEOPLE}

        people = registrations(place)

        assert at_once(lambda person: crowd.do(crowd.arrive(person), "confirm"), people) == [302]
        assert statuses(place) == {S.OFFERED: PLACES, S.WAITING: PEOPLE - PLACES}
        order = rows(place, "SELECT position, status FROM consultations_registration ORDER BY position")
        assert [position for position, _status in order] == list(range(1, PEOPLE + 1))
        assert {status for _position, status in order[:PLACES]} == {S.OFFERED}
        seats = rows(
            place, "SELECT registration_id FROM consultations_seat WHERE registration_id IS NOT NULL"
        )
        assert len({key for (key,) in seats}) == len(seats) == PLACES


def test_same_offer_accepted_many_times_at_once_is_accepted_once(session: Any, tmp_path: Path) -> None:
    registration = RegistrationFactory(group=session.group, position=1)
    offers.promote(session.group.pk)

    with crowded(session, tmp_path) as (place, crowd):
        devices = [crowd.arrive(registration) for _device in range(8)]

        assert at_once(lambda device: crowd.do(device, "accept"), devices) == [302]
        assert rows(place, "SELECT status FROM consultations_seatoffer") == [("accepted",)]
        confirmed = "SELECT COUNT(*) FROM portal_auditentry WHERE verb = 'registration.confirmed'"
        assert rows(place, confirmed) == [(1,)]


def test_workers_that_promote_at_once_give_no_place_twice(session: Any, tmp_path: Path) -> None:
    for number in range(1, 13):
        RegistrationFactory(group=session.group, position=number)
    offers.promote(session.group.pk)
    SeatOffer.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    place = machine(tmp_path)

    ended = together(place, f"upkeep.keep_up()\noffers.promote({session.group.pk})", times=3)

    assert ended == [0, 0, 0]
    assert statuses(place) == {S.EXPIRED: PLACES, S.OFFERED: 4}
    kept = "SELECT COUNT(*), COUNT(DISTINCT registration_id) FROM consultations_seat"
    assert rows(place, f"{kept} WHERE registration_id IS NOT NULL") == [(4, 4)]
    assert rows(place, "SELECT COUNT(*) FROM consultations_seatoffer") == [(PLACES + 4,)]
