"""When contact data go: said on the group and in one list, the soonest first, with a warning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory

pytestmark = pytest.mark.django_db


def held(days_ago: int, **kwargs: Any) -> Any:
    group = FocusGroupFactory(open=True, retention_days=60, **kwargs)
    SessionFactory(group=group, starts_at=timezone.now() - timedelta(days=days_ago))
    RegistrationFactory(group=group)
    return group


def test_soonest_comes_first_and_is_a_warning(client: Client) -> None:
    later, soon, never = held(1), held(50), FocusGroupFactory(open=True)
    RegistrationFactory(group=never)
    SessionFactory(group=FocusGroupFactory(open=True))

    rows = client.get(reverse("contact_data")).context["rows"]

    assert [row.group for row in rows] == [soon, later, never]
    assert [row.is_soon for row in rows] == [True, False, False]
    assert rows[2].until is None
    kept = client.get(reverse("focus_group_overview", args=[soon.pk])).context["kept"]
    assert (kept.contacts, kept.is_soon) == (1, True)


def test_groups_of_other_units_are_not_in_the_list(client: Client, manager: User) -> None:
    held(50, unit=UnitFactory(code="SSN"))
    manager.unit = UnitFactory(code="PCN")
    manager.save()

    assert client.get(reverse("contact_data")).context["rows"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for _group in range(number):
        held(1)
    url = reverse("contact_data")
    client.get(url)

    with django_assert_num_queries(10):
        client.get(url)
