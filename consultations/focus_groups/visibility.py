"""Which focus groups, sessions and registrations a member of staff may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.models import Unit

from .. import rules
from ..models import FocusGroup, FocusGroupSession, Registration
from ..models.focus_group import FocusGroupQuerySet
from ..models.focus_group_session import FocusGroupSessionQuerySet


def groups_visible_to(user: rules.Anyone) -> FocusGroupQuerySet:
    """For managers: those of their own unit and of the units below it; every one without a unit."""
    every = FocusGroup.objects.select_related("unit")
    return every.filter(unit__in=units_open_to(user)) if rules.may_manage_focus_groups(user) else every.none()


def units_open_to(user: rules.Anyone) -> QuerySet[Unit]:
    """The units in whose name somebody acts."""
    unit_id = None if user.is_superuser else getattr(user, "unit_id", None)
    return Unit.objects.all() if unit_id is None else Unit.objects.filter(pk__in=_with_parts(unit_id))


def sessions_visible_to(user: rules.Anyone) -> FocusGroupSessionQuerySet:
    """Those of the groups in one's care, and those that one facilitates or observes."""
    every = FocusGroupSession.objects.select_related("group__unit", "facilitator", "observer")
    if not rules.may_run_sessions(user):
        return every.none()
    assigned = Q(facilitator=user.pk) | Q(observer=user.pk)
    return every.filter(Q(group__in=groups_visible_to(user)) | assigned)


def registrations_visible_to(user: rules.Anyone) -> QuerySet[Registration]:
    return Registration.objects.filter(group__in=groups_visible_to(user))


def _with_parts(unit_id: int) -> set[int]:
    """A unit and everything below it."""
    found, next_ones = {unit_id}, {unit_id}
    while next_ones:
        below = set(Unit.objects.filter(parent__in=next_ones).values_list("pk", flat=True))
        next_ones = below - found
        found |= below
    return found
