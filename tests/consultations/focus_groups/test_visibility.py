"""Who sees which groups and sessions."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from consultations.focus_groups.visibility import (
    groups_visible_to,
    registrations_visible_to,
    sessions_visible_to,
)
from tests.consultations.staff import staff
from tests.factories.focus_groups import FocusGroupFactory, RegistrationFactory, SessionFactory
from tests.factories.portal import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_manager_sees_the_groups_of_the_unit_and_of_those_below() -> None:
    top, part, other = UnitFactory(code="A"), UnitFactory(code="B"), UnitFactory(code="C")
    part.parent = top
    part.save()
    groups = {unit.code: FocusGroupFactory(unit=unit) for unit in (top, part, other)}
    manager = staff("manage_focus_groups")
    manager.unit = top
    manager.save()

    assert set(groups_visible_to(manager)) == {groups["A"], groups["B"]}
    manager.unit = part
    assert set(groups_visible_to(manager)) == {groups["B"]}
    manager.unit = None
    assert set(groups_visible_to(manager)) == set(groups.values())


def test_facilitator_sees_the_sessions_assigned_to_them_alone() -> None:
    facilitator, colleague = staff("facilitate_focus_groups"), staff("facilitate_focus_groups")
    mine, observed = SessionFactory(facilitator=facilitator), SessionFactory(observer=facilitator)
    theirs = SessionFactory(facilitator=colleague)
    RegistrationFactory(group=mine.group)

    assert set(sessions_visible_to(facilitator)) == {mine, observed}
    assert set(sessions_visible_to(colleague)) == {theirs}
    assert not groups_visible_to(facilitator).exists()
    assert not registrations_visible_to(facilitator).exists()


def test_assignment_without_the_permission_shows_nothing() -> None:
    user = UserFactory()
    SessionFactory(facilitator=user)

    assert not sessions_visible_to(user).exists()
    assert not sessions_visible_to(AnonymousUser()).exists()
