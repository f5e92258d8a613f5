"""What staff decide by hand: a reason that is told, an alternative that can be taken, a way back."""

from __future__ import annotations

from typing import Any

import pytest

from consultations.enums import NotSelectedReason
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups import decisions
from consultations.lifecycle import NotAllowed
from portal.models import AuditEntry
from tests.factories.focus_groups import RegistrationFactory, SessionFactory
from tests.factories.portal import UserFactory

pytestmark = pytest.mark.django_db


def test_refusal_says_why_and_what_instead_and_is_sent_once(queued: Any) -> None:
    registration, other, user = RegistrationFactory(), SessionFactory(), UserFactory()

    with queued() as mails:
        for _time in range(2):
            decisions.turn_down(
                registration=registration, reason=NotSelectedReason.BALANCE, alternative=other, by=user
            )

    registration.refresh_from_db()
    assert (registration.status, registration.reason) == (S.NOT_SELECTED, "balance")
    assert registration.alternative == other
    assert [kind for _key, kind, _once in mails] == ["not_selected"]
    assert AuditEntry.objects.get(verb="registration.not_selected").by == user


def test_past_session_is_no_alternative() -> None:
    registration = RegistrationFactory()

    with pytest.raises(NotAllowed):
        decisions.turn_down(
            registration=registration,
            reason=NotSelectedReason.FULL,
            alternative=SessionFactory(past=True),
            by=None,
        )

    registration.refresh_from_db()
    assert registration.status == S.WAITING


def test_somebody_with_a_place_is_not_turned_down_but_put_back() -> None:
    session = SessionFactory()
    registration = RegistrationFactory(group=session.group, seated_in=session)

    with pytest.raises(NotAllowed):
        decisions.turn_down(registration=registration, reason=NotSelectedReason.FULL, by=None)
    decisions.put_back(registration=registration, by=None)
    decisions.put_back(registration=registration, by=None)

    assert registration.status == S.WAITING
    assert not session.seats.filter(registration__isnull=False).exists()


def test_refusal_is_taken_back_with_its_alternative() -> None:
    registration, other = RegistrationFactory(), SessionFactory()
    decisions.turn_down(registration=registration, reason=NotSelectedReason.FULL, alternative=other, by=None)

    decisions.put_back(registration=registration, by=None)

    registration.refresh_from_db()
    assert (registration.status, registration.alternative) == (S.WAITING, None)
