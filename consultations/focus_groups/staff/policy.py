"""Who may do what with a focus group in Wagtail's own views: one permission, within one's own units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from ... import rules
from ...enums import GroupStatus
from ...models import FocusGroup
from ..visibility import groups_visible_to


class FocusGroupPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        return rules.may_manage_focus_groups(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "delete" and not may_be_deleted(instance):
            return False
        return groups_visible_to(user).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[FocusGroup]:
        return groups_visible_to(user)


def may_be_deleted(group: FocusGroup) -> bool:
    """Only what nobody ever signed up for: everything else is called off, and stays."""
    return group.status == GroupStatus.DRAFT and not group.registrations.exists()
