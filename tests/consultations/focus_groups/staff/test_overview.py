"""A group at a glance, in the same few queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.models import Quota
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_sessions_stand_beside_their_target_and_say_what_they_lack(client: Client) -> None:
    group = FocusGroupFactory(open=True, screened=True)
    Quota.objects.create(group=group, question="gender", options=["f"], minimum=2)
    Quota.objects.create(group=group, question="city", options=[], maximum=1)
    session = SessionFactory(group=group, online=True, link="", capacity=3)
    RegistrationFactory(group=group, seated_in=session, screening={"gender": "f"})

    (shown,) = client.get(reverse("focus_group_overview", args=[group.pk])).context["sessions"]

    assert shown["warnings"] == {"facilitator", "link"}
    lines = [(line.answers, line.people, line.missing) for line in shown["lines"]]
    assert lines == [("Mujer", 1, 1), (lines[1][0], 0, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_any_number(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    session = SessionFactory(group=FocusGroupFactory(open=True, screened=True), capacity=4)
    Quota.objects.create(group=session.group, question="gender", options=["f"], minimum=1)
    for _person in range(number):
        RegistrationFactory(group=session.group, seated_in=session, agrees_to=["take_part"])
    url = reverse("focus_group_overview", args=[session.group.pk])
    client.get(url)

    with django_assert_num_queries(21):
        client.get(url)
