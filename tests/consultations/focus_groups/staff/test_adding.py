"""People whom staff enter: stored once, confirmed by themselves, and nameless where no names are kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers
from consultations.models import Contact, FocusGroup, FocusGroupSession, Registration
from portal.models import AuditEntry, User
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> FocusGroupSession:
    made: FocusGroupSession = SessionFactory(group=FocusGroupFactory(open=True, screened=True))
    return made


def url_of(group: FocusGroup) -> str:
    return reverse("registration_add", args=[group.pk])


def typed(session: FocusGroupSession, **changes: Any) -> dict[str, Any]:
    return {
        "page-shown": "gender city cases",
        "gender": "f",
        "city": "Milán",
        "sessions": [str(session.pk)],
        "name": "Rosa",
        "email": "rosa@example.org",
        "timezone": "Europe/Rome",
        "language": "es",
        "needs": "Silla",
        "consent-take_part": "1",
    } | changes


def test_person_confirms_by_mail_what_staff_entered(
    client: Client, manager: User, session: FocusGroupSession, queued: Any
) -> None:
    with queued() as mails:
        response = client.post(url_of(session.group), typed(session))

    registration = Registration.objects.get()
    assert response["Location"] == reverse("registration_detail", args=[session.group.pk, registration.pk])
    assert (registration.status, registration.screening["gender"]) == (S.UNCONFIRMED, "f")
    assert list(registration.availability.all()) == [session]
    assert registration.contact.email == "rosa@example.org"
    assert [kind for _key, kind, _once in mails] == ["confirm_address"]
    assert AuditEntry.objects.get(verb="registration.added").by == manager


def test_same_address_twice_is_one_registration(client: Client, session: FocusGroupSession) -> None:
    for _time in range(2):
        client.post(url_of(session.group), typed(session))

    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"email": "rosa"}, "email"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"sessions": []}, "sessions-1"),
        ({"consent-take_part": ""}, ""),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(
    client: Client, session: FocusGroupSession, changes: dict[str, Any], anchor: str
) -> None:
    data = {name: value for name, value in typed(session, **changes).items() if value != ""}

    page = client.post(url_of(session.group), data)

    assert [error.anchor for error in page.context["errors"]] == [anchor or "consent-take_part"]
    assert 'value="Rosa"' in page.content.decode()
    assert not Registration.objects.exists()


def test_group_without_names_stores_none(client: Client, manager: User) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, screened=True, names_kept=False))

    client.post(url_of(session.group), typed(session))

    registration = Registration.objects.get()
    assert (registration.status, registration.position) == (S.OFFERED, 1)
    assert registration.address_digest == ""
    assert not Contact.objects.exists()
    assert AuditEntry.objects.get(verb="registration.added").by == manager


def test_nameless_person_is_confirmed_by_staff(client: Client, manager: User) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, names_kept=False))
    registration = RegistrationFactory(group=session.group, contact=False)
    offers.promote(session.group.pk)

    client.post(reverse("registration_accept", args=[session.group.pk, registration.pk]))

    registration.refresh_from_db()
    assert registration.status == S.CONFIRMED
    assert AuditEntry.objects.get(verb="registration.confirmed").by == manager


def test_closed_group_takes_nobody(client: Client) -> None:
    session = SessionFactory(group=FocusGroupFactory(closed=True))

    page = client.post(url_of(session.group), typed(session))

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert not Registration.objects.exists()
