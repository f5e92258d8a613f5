"""The frame of the screens of one focus group, and of one session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.admin_pages import AdminPage

from ... import rules
from ...models import FocusGroup, FocusGroupSession
from ..visibility import groups_visible_to, sessions_visible_to


class _Page(AdminPage):
    """What stands in the address is looked up by the page, and not handed on to its template."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


class GroupPage(_Page):
    """For managers; what belongs to another unit is not found."""

    header_icon = "group"

    def may_enter(self) -> bool:
        return rules.may_manage_focus_groups(self.request.user)

    @cached_property
    def group(self) -> FocusGroup:
        return get_object_or_404(groups_visible_to(self.request.user), pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.group)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"group": self.group, **kwargs})


class SessionPage(_Page):
    """For managers of the group, and for the facilitator and observer of this session."""

    header_icon = "group"

    def may_enter(self) -> bool:
        return rules.may_run_sessions(self.request.user)

    @cached_property
    def session(self) -> FocusGroupSession:
        return get_object_or_404(sessions_visible_to(self.request.user), pk=self.kwargs["session"])

    @cached_property
    def manages(self) -> bool:
        """Whether the group itself is in this person's care."""
        return groups_visible_to(self.request.user).filter(pk=self.session.group_id).exists()

    def crumbs(self) -> list[tuple[str, str]]:
        own = (reverse("session_detail", args=[self.session.pk]), title_of(self.session))
        if self.manages:
            return [*crumbs_to(self.session.group), own]
        return [(reverse("my_sessions"), _("Sessions")), own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"session": self.session, "group": self.session.group, "manages": self.manages}
        return super().get_context_data(**{**context, **kwargs})


def crumbs_to(group: FocusGroup) -> list[tuple[str, str]]:
    views = "wagtailsnippets_consultations_focusgroup"
    overview = reverse("focus_group_overview", args=[group.pk])
    return [(reverse(f"{views}:list"), _("Focus groups")), (overview, str(group))]


def title_of(session: FocusGroupSession) -> str:
    """Its day and hour, on its own clock."""
    return f"{session.starts_at.astimezone(session.zone):%Y-%m-%d %H:%M}"
