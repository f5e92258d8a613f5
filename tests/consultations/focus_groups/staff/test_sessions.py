"""Sessions as they are typed, moved and called off: clear refusals, nothing lost, people told once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from consultations.enums import RegistrationStatus as S
from consultations.enums import SessionStatus
from consultations.models import FocusGroupSession
from portal.models import User
from tests.consultations.staff import signed_in, staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "day": "2028-05-06",
    "hour": "18:30",
    "timezone": "Europe/Madrid",
    "duration": "90",
    "modality": "in_person",
    "place": "Madrid",
    "address": "Calle de Ejemplo 1",
    "link": "",
    "link_hours": "24",
    "capacity": "8",
    "invited": "12",
    "language": "es",
    "other_languages": "quy, en",
    "interpreter": "",
    "facilitator": "",
    "observer": "",
    "accessibility": "Sin escalones",
    "childcare": "",
}


def add_url(group: Any) -> str:
    return reverse("session_add", args=[group.pk])


def edit_url(session: FocusGroupSession) -> str:
    return reverse("session_edit", args=[session.pk])


def as_typed(session: FocusGroupSession, **changes: str) -> dict[str, str]:
    local = session.starts_at.astimezone(session.zone)
    own = {
        "day": f"{local:%Y-%m-%d}",
        "hour": f"{local:%H:%M:%S}",
        "timezone": session.timezone,
        "place": session.place,
        "address": session.address,
        "capacity": str(session.capacity),
        "invited": "",
        "other_languages": "",
        "accessibility": "",
    }
    return TYPED | own | changes


def test_session_is_an_instant_of_its_own_zone_with_a_row_a_place(client: Client) -> None:
    group = FocusGroupFactory(open=True)

    client.post(add_url(group), TYPED)

    session = group.sessions.get()
    assert session.starts_at == datetime(2028, 5, 6, 16, 30, tzinfo=UTC)
    assert (session.timezone, session.other_languages, session.seats.count()) == (
        "Europe/Madrid",
        "quy en",
        8,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"day": "2028-03-26", "hour": "02:30"}, "hour"),
        ({"day": "2027-10-31", "hour": "02:30"}, "hour"),
        ({"day": "2020-01-01"}, "day"),
        ({"day": "morgen"}, "day"),
        ({"place": ""}, "place"),
        ({"language": "español"}, "language"),
        ({"other_languages": "quy; ???"}, "other_languages"),
        ({"capacity": "0"}, "capacity"),
        ({"duration": "5"}, "duration"),
        ({"link": "no es un enlace"}, "link"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    client: Client, changes: dict[str, str], field: str
) -> None:
    group = FocusGroupFactory(open=True)

    response = client.post(add_url(group), TYPED | changes)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not group.sessions.exists()
    assert "Sin escalones" in response.content.decode()


def test_facilitator_cannot_be_in_two_places_at_once(client: Client) -> None:
    facilitator = staff("facilitate_focus_groups")
    starts = datetime(2028, 5, 6, 17, 0, tzinfo=UTC)
    SessionFactory(facilitator=facilitator, starts_at=starts)
    group = FocusGroupFactory(open=True)

    response = client.post(add_url(group), TYPED | {"observer": str(facilitator.pk)})

    assert list(response.context["form"].errors) == ["observer"]
    client.post(add_url(group), TYPED | {"observer": str(facilitator.pk), "day": "2028-05-07"})
    assert group.sessions.get().observer == facilitator


def test_only_those_who_run_sessions_can_be_chosen(client: Client, manager: User) -> None:
    stranger = staff("view_consultation")

    form = client.get(add_url(FocusGroupFactory())).context["form"]

    assert manager in form.fields["facilitator"].queryset
    assert stranger not in form.fields["facilitator"].queryset


def test_move_is_shown_before_it_is_told_and_then_told_once(client: Client, queued: Any) -> None:
    session = SessionFactory(timezone="Europe/Madrid")
    RegistrationFactory(group=session.group, seated_in=session)
    data = as_typed(session, day="2028-05-06")

    with queued() as mails:
        page = client.post(edit_url(session), data)
        assert [what for what, _before, _after in page.context["told"]] == [gettext("begins")]
        assert mails == []
        confirmed = data | {"confirmed": page.context["mark"]}
        client.post(edit_url(session), confirmed)
        client.post(edit_url(session), confirmed)

    session.refresh_from_db()
    assert session.starts_at.astimezone(ZoneInfo("Europe/Madrid")).date().isoformat() == "2028-05-06"
    assert session.revision == 1
    assert [kind for _key, kind, _once in mails] == ["changed"]


def test_what_is_confirmed_is_what_was_shown(client: Client) -> None:
    session = SessionFactory(timezone="Europe/Madrid")
    RegistrationFactory(group=session.group, seated_in=session)
    mark = client.post(edit_url(session), as_typed(session, day="2028-05-06")).context["mark"]

    page = client.post(edit_url(session), as_typed(session, day="2028-05-07") | {"confirmed": mark})

    assert page.status_code == 200
    assert page.context["told"]


def test_change_that_concerns_nobody_is_stored_at_once(client: Client, queued: Any) -> None:
    session = SessionFactory(timezone="Europe/Madrid")
    RegistrationFactory(group=session.group, seated_in=session)

    with queued() as mails:
        client.post(edit_url(session), as_typed(session, accessibility="Ascensor", capacity="5"))

    session.refresh_from_db()
    assert (session.accessibility, session.capacity, session.seats.count()) == ("Ascensor", 5, 5)
    assert mails == []


def test_fewer_places_than_people_are_refused(client: Client) -> None:
    session = SessionFactory(capacity=3, timezone="Europe/Madrid")
    for _person in range(2):
        RegistrationFactory(group=session.group, seated_in=session)

    response = client.post(edit_url(session), as_typed(session, capacity="1", accessibility="Rampa"))

    assert list(response.context["form"].errors) == ["capacity"]
    session.refresh_from_db()
    assert (session.capacity, session.accessibility) == (3, "")


def test_held_session_does_not_change(client: Client) -> None:
    session = SessionFactory(past=True, timezone="Europe/Madrid", status=SessionStatus.HELD)

    client.post(edit_url(session), as_typed(session, place="Otra"))

    session.refresh_from_db()
    assert session.place == "Milán"


def test_session_is_called_off_by_managers_alone(client: Client) -> None:
    facilitator = staff("facilitate_focus_groups")
    session = SessionFactory(facilitator=facilitator)
    registration = RegistrationFactory(group=session.group, seated_in=session)
    url = reverse("session_step", args=[session.pk, "cancel"])

    signed_in(facilitator).post(url)
    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED
    assert client.get(url).context["counts"]["confirmed"] == 1
    client.post(url)

    session.refresh_from_db()
    registration.refresh_from_db()
    assert (session.status, registration.status) == (SessionStatus.CANCELLED, S.CANCELLED)


def test_facilitator_marks_the_session_as_held() -> None:
    facilitator = staff("facilitate_focus_groups")
    session = SessionFactory(facilitator=facilitator, past=True)
    absent = RegistrationFactory(group=session.group, seated_in=session)

    signed_in(facilitator).post(reverse("session_step", args=[session.pk, "held"]))

    session.refresh_from_db()
    absent.refresh_from_db()
    assert (session.status, absent.status) == (SessionStatus.HELD, S.ABSENT)


def test_session_to_come_is_not_held_yet(client: Client) -> None:
    session = SessionFactory(starts_at=timezone.now() + timedelta(hours=1))

    client.post(reverse("session_step", args=[session.pk, "held"]))

    session.refresh_from_db()
    assert session.status == SessionStatus.PLANNED


@pytest.mark.parametrize("number", [1, 3])
def test_screen_takes_the_same_queries_for_any_number(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    session = SessionFactory(capacity=4)
    for _person in range(number):
        RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part"])
    url = reverse("session_detail", args=[session.pk])
    client.get(url)

    with django_assert_num_queries(16):
        client.get(url)
