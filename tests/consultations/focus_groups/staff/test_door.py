"""The list at the door: one press a person, by number or by code, and nothing outside this session."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import RegistrationStatus as S
from consultations.models import FocusGroupSession
from portal.models import AuditEntry, User
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facilitator() -> User:
    return staff("facilitate_focus_groups")


@pytest.fixture
def session(facilitator: User) -> FocusGroupSession:
    made: FocusGroupSession = SessionFactory(past=True, capacity=4, facilitator=facilitator)
    return made


@pytest.fixture
def client(facilitator: User) -> Client:
    return signed_in(facilitator)


def url_of(session: FocusGroupSession) -> str:
    return reverse("session_door", args=[session.pk])


def status(registration: Any) -> str:
    registration.refresh_from_db()
    return str(registration.status)


def test_person_is_ticked_undone_and_ticked_absent(client: Client, session: FocusGroupSession) -> None:
    registration = RegistrationFactory(group=session.group, seated_in=session)

    states = []
    for step in ("here", "here", "undo", "absent", "here"):
        client.post(url_of(session), {"seat": "1", "do": step})
        states.append(status(registration))

    assert states == [S.ATTENDED, S.ATTENDED, S.CONFIRMED, S.ABSENT, S.ATTENDED]


def test_code_ticks_its_person_and_no_other(client: Client, session: FocusGroupSession) -> None:
    other, registration = (RegistrationFactory(group=session.group, seated_in=session) for _ in range(2))

    response = client.post(url_of(session), {"code": registration.door_code.lower()})

    assert response["Location"].endswith("#seat-2")
    assert [status(other), status(registration)] == [S.CONFIRMED, S.ATTENDED]


def test_wrong_code_is_said_and_kept_in_the_box(client: Client, session: FocusGroupSession) -> None:
    page = client.post(url_of(session), {"code": "ZZZZZZ"})

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert 'value="ZZZZZZ"' in page.content.decode()


def test_code_of_another_session_opens_nothing(client: Client, session: FocusGroupSession) -> None:
    other = SessionFactory(past=True)
    registration = RegistrationFactory(group=other.group, seated_in=other)

    client.post(url_of(session), {"code": registration.door_code})

    assert status(registration) == S.CONFIRMED


@pytest.mark.parametrize("seat", ["4", "99", "", "x", "-1"])
def test_seat_without_a_person_is_not_found(client: Client, session: FocusGroupSession, seat: str) -> None:
    RegistrationFactory(group=session.group, seated_in=session)

    assert client.post(url_of(session), {"seat": seat, "do": "here"}).status_code == 404


def test_list_shows_the_name_of_the_session_and_never_the_address(
    client: Client, facilitator: User, session: FocusGroupSession
) -> None:
    RegistrationFactory(
        group=session.group, seated_in=session, contact__name="Rosita", contact__email="rosa@example.org"
    )

    page = client.get(url_of(session)).content.decode()

    assert "Rosita" in page
    assert "rosa@example.org" not in page
    assert AuditEntry.objects.get(verb="session.list_opened").by == facilitator


def test_nobody_is_ticked_days_before(client: Client, facilitator: User) -> None:
    session = SessionFactory(facilitator=facilitator)
    registration = RegistrationFactory(group=session.group, seated_in=session)

    client.post(url_of(session), {"seat": "1", "do": "here"})

    assert status(registration) == S.CONFIRMED
    assert not client.get(url_of(session)).context["doors_open"]


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    client: Client, session: FocusGroupSession, number: int, django_assert_num_queries: Any
) -> None:
    for _person in range(number):
        RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part"])
    client.get(url_of(session))

    with django_assert_num_queries(13):
        client.get(url_of(session))
