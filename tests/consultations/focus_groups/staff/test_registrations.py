"""Registrations on the screen: nobody's name unasked, every step with its refusal, the same few queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import offers
from consultations.models import Quota, Registration
from portal.models import AuditEntry, User
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Rosa Quispe", "rosa.quispe@example.org"


def url_of(registration: Registration, step: str = "") -> str:
    name = f"registration_{step}" if step else "registration_detail"
    return reverse(name, args=[registration.group_id, registration.pk])


def person(**kwargs: Any) -> Registration:
    found: Registration = RegistrationFactory(contact__name=NAME, contact__email=ADDRESS, **kwargs)
    return found


def test_list_says_what_counts_and_not_who_it_is(client: Client) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, screened=True))
    Quota.objects.create(group=session.group, question="gender", options=["f"], minimum=1)
    person(group=session.group, seated_in=session, screening={"gender": "f", "city": "Milán"})

    page = client.get(reverse("focus_group_registrations", args=[session.group.pk])).content.decode()

    assert "Mujer" in page
    assert NAME not in page
    assert ADDRESS not in page


@pytest.mark.parametrize(
    ("query", "found"), [("status=confirmed", 1), ("status=confirmed&status=waiting", 2), ("language=en", 1)]
)
def test_list_is_narrowed(client: Client, query: str, found: int) -> None:
    session = SessionFactory()
    RegistrationFactory(group=session.group, seated_in=session)
    RegistrationFactory(group=session.group)
    RegistrationFactory(group=session.group, received=True, language="en")
    url = reverse("focus_group_registrations", args=[session.group.pk])

    assert len(client.get(f"{url}?{query}").context["object_list"]) == found
    assert len(client.get(f"{url}?seat={session.pk}").context["object_list"]) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, screened=True), capacity=4)
    Quota.objects.create(group=session.group, question="gender", options=["f"], minimum=1)
    for _person in range(number):
        RegistrationFactory(group=session.group, seated_in=session, screening={"gender": "f"})
    url = reverse("focus_group_registrations", args=[session.group.pk])
    client.get(url)

    with django_assert_num_queries(15):
        client.get(url)


def test_contact_data_are_shown_when_asked_for_and_that_is_recorded(client: Client, manager: User) -> None:
    registration = person()

    before = client.get(url_of(registration)).content.decode()
    after = client.post(url_of(registration)).content.decode()

    assert [text in before for text in (NAME, ADDRESS)] == [False, False]
    assert [text in after for text in (NAME, ADDRESS)] == [True, True]
    entry = AuditEntry.objects.get(verb="registration.contact_shown")
    assert (entry.by, entry.target_id) == (manager, str(registration.pk))
    assert NAME not in str(entry.details) + entry.target_label


def test_page_tells_the_whole_story(client: Client) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, screened=True))
    version = session.group.screening.versions.get()
    registration = RegistrationFactory(
        group=session.group,
        version=version,
        screening={"gender": "f", "city": "Milán"},
        agrees_to=["take_part", "quoting"],
    )
    offers.promote(session.group.pk)
    offers.accept(registration=registration)

    page = client.get(url_of(registration))

    assert [question for question, _lines in page.context["answers"]] == ["¿Género?", "¿Ciudad?"]
    assert [entry["what"] for entry in page.context["history"]][:2] == [S.CONFIRMED.label, S.OFFERED.label]
    assert len(page.context["history"]) == 4
    assert [str(offer.status) for offer in page.context["offers"]] == ["accepted"]
    assert page.context["consents"].count() == 2


def test_place_is_offered_out_of_turn(client: Client, manager: User) -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group)

    client.post(url_of(registration, "offer"), {"offer-session": session.pk})

    registration.refresh_from_db()
    assert (registration.status, registration.seat.session) == (S.OFFERED, session)
    assert AuditEntry.objects.get(verb="registration.offered").by == manager


def test_session_of_another_group_cannot_be_offered(client: Client) -> None:
    registration, other = RegistrationFactory(), SessionFactory()

    page = client.post(url_of(registration, "offer"), {"offer-session": other.pk})

    assert page.status_code == 200
    registration.refresh_from_db()
    assert registration.status == S.WAITING


def test_refusal_has_a_reason_and_an_alternative(client: Client) -> None:
    registration, other = RegistrationFactory(), SessionFactory()
    data = {"turn_down-reason": "balance", "turn_down-alternative": other.pk}

    client.post(url_of(registration, "turn_down"), data)

    registration.refresh_from_db()
    assert (registration.status, registration.reason) == (S.NOT_SELECTED, "balance")
    assert registration.alternative == other
    assert str(other) in client.get(url_of(registration)).content.decode()


def test_refusal_without_a_reason_is_refused(client: Client) -> None:
    registration = RegistrationFactory()

    page = client.post(url_of(registration, "turn_down"), {"turn_down-reason": ""})

    assert page.status_code == 200
    assert next(step for step in page.context["steps"] if step.name == "turn_down").errors["reason"]


def test_place_is_taken_back_and_the_registration_cancelled(client: Client) -> None:
    session = SessionFactory(capacity=1)
    registration = RegistrationFactory(group=session.group, seated_in=session)

    client.post(url_of(registration, "put_back"))
    registration.refresh_from_db()
    assert registration.status == S.WAITING

    client.post(url_of(registration, "cancel"))
    client.post(url_of(registration, "cancel"))
    registration.refresh_from_db()
    assert registration.status == S.CANCELLED
    assert AuditEntry.objects.filter(verb="registration.cancelled").count() == 1


def test_step_that_the_state_forbids_is_refused_in_words(client: Client) -> None:
    registration = RegistrationFactory(status=S.CANCELLED)

    page = client.post(url_of(registration, "turn_down"), {"turn_down-reason": "full"}, follow=True)

    registration.refresh_from_db()
    assert registration.status == S.CANCELLED
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (S.WAITING, ["offer", "turn_down", "cancel"]),
        (S.RECEIVED, ["offer", "turn_down", "cancel"]),
        (S.CONFIRMED, ["put_back", "cancel"]),
        (S.NOT_SELECTED, ["put_back"]),
        (S.CANCELLED, []),
    ],
)
def test_page_offers_what_the_state_allows(client: Client, status: S, steps: list[str]) -> None:
    registration = RegistrationFactory(status=status)

    assert [step.name for step in client.get(url_of(registration)).context["steps"]] == steps


def test_looking_changes_nothing(client: Client) -> None:
    registration = RegistrationFactory()

    for step in ("offer", "put_back", "turn_down", "cancel"):
        client.get(url_of(registration, step))

    registration.refresh_from_db()
    assert registration.status == S.WAITING
    assert not AuditEntry.objects.exists()
