"""Signing up: one address once, the same answer for known and unknown, strict order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultations.enums import ConsentPurpose
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import addresses, consents, offers, signup
from consultations.focus_groups.signup import SignUp
from consultations.lifecycle import NotAllowed
from consultations.models import Contact, ExclusionRule, PastParticipant, Quota, Registration
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db

FORM = SignUp(
    email=" Rosa@Example.org ",
    language="es",
    timezone="Europe/Rome",
    name="Rosa del Ande",
    consents={ConsentPurpose.TAKE_PART: True, ConsentPurpose.QUOTING: True},
)


def sign_up(session: Any, **changes: Any) -> Registration:
    return signup.sign_up(group=session.group, form=replace(FORM, sessions=[session], **changes))


def test_sign_up_waits_for_its_address_to_be_confirmed() -> None:
    session = SessionFactory()

    registration = sign_up(session)

    assert registration.status == S.UNCONFIRMED
    assert registration.contact.email == "rosa@example.org"
    assert list(registration.availability.all()) == [session]
    assert consents.state(registration) == {ConsentPurpose.TAKE_PART: True, ConsentPurpose.QUOTING: True}


def test_confirmed_address_gets_a_place_while_there_is_one() -> None:
    session = SessionFactory(capacity=1)
    first, second = sign_up(session), sign_up(session, email="otra@example.org")

    for registration in (first, second):
        signup.confirm(registration=registration)
        registration.refresh_from_db()

    assert (first.status, second.status) == (S.OFFERED, S.WAITING)
    assert (first.position, second.position) == (1, 2)


def test_confirming_twice_is_once() -> None:
    registration = sign_up(SessionFactory())

    signup.confirm(registration=registration)
    signup.confirm(registration=registration)

    registration.refresh_from_db()
    assert registration.position == 1
    assert registration.offers.count() == 1


def test_known_address_changes_nothing_that_is_confirmed() -> None:
    session = SessionFactory()
    registration = sign_up(session)
    signup.confirm(registration=registration)

    again = sign_up(session, name="Otra persona", email="ROSA@example.org")

    assert again == registration
    assert Contact.objects.get(registration=registration).name == "Rosa del Ande"
    assert Registration.objects.count() == 1


def test_unconfirmed_sign_up_takes_what_was_filled_in_last() -> None:
    session = SessionFactory()
    sign_up(session)

    sign_up(session, name="Rosa", consents={ConsentPurpose.TAKE_PART: True})

    registration = Registration.objects.get()
    assert registration.contact.name == "Rosa"
    assert consents.state(registration) == {ConsentPurpose.TAKE_PART: True, ConsentPurpose.QUOTING: False}


def test_person_with_an_account_needs_no_mail(queued: Any) -> None:
    session = SessionFactory()

    with queued() as mails:
        registration = signup.sign_up(
            group=session.group, form=replace(FORM, sessions=[session]), user=UserFactory()
        )

    registration.refresh_from_db()
    assert registration.status == S.OFFERED
    assert [kind for _key, kind, _once in mails] == ["offered"]


def test_queue_is_told_no_name_and_no_address(queued: Any) -> None:
    with queued() as told:
        registration = sign_up(SessionFactory())

    assert [(key, kind) for key, kind, _once in told] == [(str(registration.pk), "confirm_address")]
    assert "rosa" not in str(told).lower()


def test_without_the_required_consent_nothing_is_kept() -> None:
    with pytest.raises(NotAllowed):
        sign_up(SessionFactory(), consents={ConsentPurpose.QUOTING: True})

    assert not Contact.objects.exists()


@pytest.mark.parametrize("changes", [{"closed": True}, {"open": True, "names_kept": False}, {}])
def test_group_that_takes_nobody_takes_nobody(changes: dict[str, Any]) -> None:
    group = FocusGroupFactory(**changes)

    with pytest.raises(NotAllowed):
        signup.sign_up(group=group, form=FORM)


def test_excluded_person_hears_the_reason() -> None:
    group = FocusGroupFactory(open=True, screened=True)
    ExclusionRule.objects.create(
        group=group, excluded_when="selected(${cases}, 'staff')", reason="Trabaja en un consulado."
    )
    session = SessionFactory(group=group)
    registration = sign_up(session, screening={"cases": ["staff"]})

    signup.confirm(registration=registration)

    registration.refresh_from_db()
    assert registration.status == S.NOT_ELIGIBLE
    assert registration.rule.reason == "Trabaja en un consulado."
    assert not session.seats.filter(registration__isnull=False).exists()


@pytest.mark.parametrize(("days", "status"), [(30, S.NOT_ELIGIBLE), (400, S.OFFERED)])
def test_who_took_part_lately_leaves_the_place_to_others(days: int, status: S) -> None:
    registration = sign_up(SessionFactory())
    PastParticipant.objects.create(
        digest=addresses.digest_anywhere("rosa@example.org"),
        took_part_on=timezone.localdate() - timedelta(days=days),
    )

    signup.confirm(registration=registration)

    registration.refresh_from_db()
    assert registration.status == status


def test_draw_receives_everyone_and_offers_nothing() -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, drawn=True))
    registration = sign_up(session)

    signup.confirm(registration=registration)

    registration.refresh_from_db()
    assert registration.status == S.RECEIVED


def test_cancelled_place_goes_to_the_next_person() -> None:
    session = SessionFactory(capacity=1)
    first = RegistrationFactory(group=session.group, seated_in=session)
    second = RegistrationFactory(group=session.group)

    signup.withdraw(registration=first)
    signup.withdraw(registration=first)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (S.CANCELLED, S.OFFERED)
    assert session.seats.get().registration == second


def test_cancelled_person_may_sign_up_again() -> None:
    session = SessionFactory()
    registration = sign_up(session)
    signup.confirm(registration=registration)
    signup.withdraw(registration=registration)

    again = sign_up(session)
    signup.confirm(registration=again)

    again.refresh_from_db()
    assert (again.pk, again.status, again.position) == (registration.pk, S.OFFERED, 2)


def test_who_declined_may_ask_again_at_the_end_of_the_queue() -> None:
    session = SessionFactory(capacity=1)
    first = RegistrationFactory(group=session.group, position=1)
    offers.promote(session.group.pk)
    offers.decline(registration=first)
    session.group.refresh_from_db()

    signup.ask_again(registration=first)

    first.refresh_from_db()
    assert first.status == S.WAITING


def test_quota_keeps_a_place_for_those_it_asks_for() -> None:
    group = FocusGroupFactory(open=True, screened=True)
    Quota.objects.create(group=group, question="gender", options=["f"], minimum=1)
    session = SessionFactory(group=group, capacity=2)
    people = [sign_up(session, email=f"p{n}@example.org", screening={"gender": "m"}) for n in range(2)]
    people.append(sign_up(session, email="p3@example.org", screening={"gender": "f"}))

    for registration in people:
        signup.confirm(registration=registration)
        registration.refresh_from_db()

    assert [registration.status for registration in people] == [S.OFFERED, S.WAITING, S.OFFERED]
