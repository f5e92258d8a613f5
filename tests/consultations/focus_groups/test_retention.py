"""What is kept of people, and until when: the consent names a day, and the day is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from consultations.enums import ConsentPurpose
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import consents, deletion_warnings, retention
from consultations.focus_groups.funnel import funnel
from consultations.models import (
    Contact,
    FocusGroup,
    FocusGroupSession,
    PastParticipant,
    Quota,
    Registration,
    SeatOffer,
)
from portal.models import AuditEntry
from tests.consultations.staff import staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db


def group_ended(*, days_ago: int, **changes: Any) -> FocusGroupSession:
    """A group with one session; its data are promised to be deleted 180 days after it."""
    group = FocusGroupFactory(open=True, **changes)
    when = timezone.now() - timedelta(days=days_ago)
    session: FocusGroupSession = SessionFactory(group=group, starts_at=when, capacity=5)
    return session


def seated(session: FocusGroupSession, **changes: Any) -> Registration:
    registration: Registration = RegistrationFactory(
        group=session.group, seated_in=session, **{"status": S.ATTENDED} | changes
    )
    return registration


def test_contact_data_are_deleted_on_the_promised_day_and_not_before() -> None:
    early, due = group_ended(days_ago=178), group_ended(days_ago=181)
    kept, forgotten = seated(early, contact__needs="Rampa"), seated(due, contact__needs="Rampa")

    assert (retention.forget_due(), retention.forget_due()) == (1, 0)

    assert list(Contact.objects.values_list("registration", flat=True)) == [kept.pk]
    forgotten.refresh_from_db()
    assert (forgotten.address_digest, forgotten.erased_at is not None) == ("", True)


def test_nothing_that_was_typed_is_left_anywhere() -> None:
    session = group_ended(days_ago=181, screened=True)
    Quota.objects.create(group=session.group, question="gender", options=["f"], minimum=1)
    secret = "Secreto-77"
    registration = seated(
        session,
        screening={"gender": "f", "city": secret, "cases": ["none"]},
        contact__name=secret,
        contact__needs=secret,
        contact__email=f"{secret}@example.org",
    )
    assert secret in str(Registration.objects.values().get()) + str(Contact.objects.values().get())

    retention.forget_due()

    registration.refresh_from_db()
    assert registration.screening == {"gender": "f"}
    stored = [*Registration.objects.values(), *Contact.objects.values(), *AuditEntry.objects.values()]
    assert secret not in str(stored)


def test_statistics_stay_as_they_were() -> None:
    session = group_ended(days_ago=181, screened=True)
    Quota.objects.create(group=session.group, question="gender", options=["f"], minimum=1)
    Quota.objects.create(group=session.group, question="city", maximum=4)
    for city in ("Milán", "milan", "MILAN", "Bérgamo"):
        seated(session, screening={"gender": "f", "city": city})
    before = funnel(session.group)

    retention.forget_due()
    after = funnel(FocusGroup.objects.get(pk=session.group.pk))

    by_answer = {stratum.answer: stratum.steps for stratum in after.strata}
    assert after.everyone == before.everyone
    assert by_answer == {s.answer: s.steps for s in before.strata if s.answer != "bergamo"}
    assert set(by_answer) == {"Mujer", "milan"}


def test_who_had_no_place_is_forgotten_much_earlier() -> None:
    session = group_ended(days_ago=31)
    came, waited = seated(session), RegistrationFactory(group=session.group, status=S.NOT_SELECTED)

    retention.forget_due()

    assert [Contact.objects.filter(registration=item).exists() for item in (came, waited)] == [True, False]


def test_address_that_nobody_confirmed_leaves_no_row() -> None:
    session = SessionFactory()
    old, new = (RegistrationFactory(group=session.group, unconfirmed=True) for _ in range(2))
    Registration.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=15))

    assert retention.forget_due() == 1

    assert list(Registration.objects.all()) == [new]


def test_what_was_agreed_to_stays_as_evidence_without_the_person() -> None:
    session = group_ended(days_ago=181)
    registration = seated(session)
    consents.give(registration=registration, purpose=ConsentPurpose.QUOTING)

    retention.forget_due()

    assert consents.state(registration)[ConsentPurpose.QUOTING]


def test_group_without_a_session_counts_from_its_closing() -> None:
    group = FocusGroupFactory(open=True, closes_at=timezone.now() - timedelta(days=181))
    RegistrationFactory(group=group)

    assert retention.forget_due() == 1


def test_moved_session_moves_the_day() -> None:
    session = group_ended(days_ago=181)
    SessionFactory(group=session.group, starts_at=timezone.now() + timedelta(days=5))
    seated(session)

    assert retention.forget_due() == 0


def test_past_participant_is_remembered_for_the_pause_and_no_longer() -> None:
    FocusGroupFactory(pause_months=12)
    today = timezone.localdate()
    PastParticipant.objects.create(digest="a", took_part_on=today - timedelta(days=360))
    PastParticipant.objects.create(digest="b", took_part_on=today - timedelta(days=380))

    retention.forget_due()

    assert list(PastParticipant.objects.values_list("digest", flat=True)) == ["a"]


@pytest.mark.parametrize(("days_ago", "warned"), [(160, False), (167, True), (178, True)])
def test_staff_in_charge_are_warned_before(queued: Any, days_ago: int, warned: bool) -> None:
    session = group_ended(days_ago=days_ago)
    seated(session)
    manager = staff("manage_focus_groups")
    manager.unit = session.group.unit
    manager.save()
    elsewhere = staff("manage_focus_groups")
    elsewhere.unit = UnitFactory(code="SSN")
    elsewhere.save()

    with queued() as tasks:
        deletion_warnings.warn_due()
    with queued() as again:
        deletion_warnings.warn_due()

    day = retention.deleted_on(session.group).isoformat()
    assert tasks == ([(session.group.pk, manager.pk, day)] if warned else [])
    assert again == []
    assert [message.to for message in mail.outbox] == ([[manager.email]] if warned else [])


def test_warning_says_the_day_and_how_many(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    session = group_ended(days_ago=170)
    seated(session)

    deletion_warnings.mail(group=session.group, user=staff(), day=date(2027, 3, 5))

    message = mail.outbox[0]
    assert message.subject == "Contact data will be deleted on 5 March 2027: Familias en Milán"
    assert "1 person who signed up for “Familias en Milán”" in message.body
    assert [kind for _html, kind in message.alternatives] == ["text/html"]


def test_offers_stay_for_the_statistics() -> None:
    session = group_ended(days_ago=181)
    registration = seated(session)
    SeatOffer.objects.create(registration=registration, session=session, expires_at=timezone.now())

    retention.forget_due()

    assert SeatOffer.objects.filter(registration=registration).exists()


def test_no_day_is_told_before_there_is_a_session() -> None:
    session = group_ended(days_ago=10)

    assert retention.told_day(session.group) == retention.deleted_on(session.group)
    session.delete()
    assert retention.told_day(FocusGroup.objects.get()) is None
