"""How many got how far: in all, and for each answer that the quotas read."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from consultations.enums import OfferStatus
from consultations.enums import RegistrationStatus as S
from consultations.focus_groups.funnel import Steps, Stratum, funnel
from consultations.models import FocusGroup, Quota, SeatOffer
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> FocusGroup:
    made: FocusGroup = FocusGroupFactory(open=True, screened=True, reached=400)
    Quota.objects.create(group=made, question="gender", options=["f"], minimum=1)
    session = SessionFactory(group=made)

    def person(gender: str, status: S, offer: str = "", reason: str = "") -> None:
        registration = RegistrationFactory(
            group=made, status=status, screening={"gender": gender}, reason=reason
        )
        if offer:
            SeatOffer.objects.create(
                registration=registration, session=session, status=offer, expires_at=session.starts_at
            )

    person("f", S.ATTENDED, OfferStatus.ACCEPTED)
    person("f", S.ABSENT, OfferStatus.ACCEPTED)
    person("m", S.CANCELLED, OfferStatus.ACCEPTED)
    person("m", S.DECLINED, OfferStatus.DECLINED)
    person("m", S.WAITING)
    person("f", S.NOT_ELIGIBLE, reason="recent")
    RegistrationFactory(group=made, unconfirmed=True, screening={"gender": "f"})
    return made


def test_each_step_is_a_part_of_the_one_before(group: FocusGroup) -> None:
    with override("en"):
        found = funnel(group)

    assert (found.reached, found.absent) == (400, 1)
    assert found.everyone == Steps(signed_up=6, eligible=5, offered=4, confirmed=3, attended=1)
    assert list(found.strata) == [
        Stratum("Gender?", "Woman", Steps(3, 2, 2, 2, 1)),
        Stratum("Gender?", "Man", Steps(3, 3, 2, 1, 0)),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_people_costs_no_query(number: int, django_assert_num_queries: Any) -> None:
    group = FocusGroupFactory(open=True, screened=True)
    Quota.objects.create(group=group, question="gender", options=["f"], minimum=1)
    for _person in range(number):
        RegistrationFactory(group=group, screening={"gender": "f"})

    with django_assert_num_queries(3):
        funnel(group)
