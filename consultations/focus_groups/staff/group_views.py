"""Wagtail's own views for focus groups: within one's units, with the ways to what happens in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    IndexView,
    UsageView,
)

from portal import audit

from ...enums import GroupStatus
from ...models import FocusGroup
from .. import consents, offers
from ..visibility import groups_visible_to
from .policy import may_be_deleted


class _OwnUnits:
    """What belongs to another unit is not found."""

    def get_object(self, *args: Any, **kwargs: Any) -> FocusGroup:
        group: FocusGroup = super().get_object(*args, **kwargs)  # type: ignore[misc]  # the view's own
        if not groups_visible_to(self.request.user).filter(pk=group.pk).exists():  # type: ignore[attr-defined]  # the view's own
            raise Http404
        return group


class FocusGroupIndexView(IndexView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("contact_data")
        return [*super().header_more_buttons, Button(_("Contact data"), url, icon_name="user")]

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Column:
        """The title leads to what happens in the group; its form is one step further."""
        return self._get_custom_column(
            field_name,
            self._get_title_column_class(column_class),
            get_url=lambda group: reverse("focus_group_overview", args=[group.pk]),
            **kwargs,
        )

    def get_list_more_buttons(self, instance: FocusGroup) -> list[Button]:
        return [*super().get_list_more_buttons(instance), *ways_from(instance)]


class FocusGroupCreateView(CreateView):
    def save_instance(self) -> FocusGroup:
        group: FocusGroup = super().save_instance()
        audit.record("focus_group.made", target=group, by=self.request.user)
        return group

    def get_success_url(self) -> str:
        return reverse("focus_group_overview", args=[self.object.pk])


class FocusGroupEditView(_OwnUnits, EditView):
    new_texts = 0

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *ways_from(self.object)]

    def save_instance(self) -> FocusGroup:
        """A consent text that changed while people sign up is a new version, from now on."""
        group: FocusGroup = super().save_instance()
        audit.record("focus_group.changed", target=group, by=self.request.user, fields=self.form.changed_data)
        if group.status in GroupStatus.running:
            self.new_texts = len(consents.freeze(group))
            offers.promote(group.pk)
        return group

    def save_action(self) -> HttpResponse:
        if self.new_texts:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)s consent text has a new version. Who agreed before agreed to the old one.",
                    "%(count)s consent texts have a new version. Who agreed before agreed to the old ones.",
                    self.new_texts,
                )
                % {"count": self.new_texts},
            )
        response: HttpResponse = super().save_action()
        return response

    def get_success_url(self) -> str:
        return reverse("focus_group_overview", args=[self.object.pk])


class FocusGroupDeleteView(_OwnUnits, DeleteView):
    def get_object(self, *args: Any, **kwargs: Any) -> FocusGroup:
        group = super().get_object(*args, **kwargs)
        if not may_be_deleted(group):
            raise PermissionDenied
        return group


class FocusGroupHistoryView(_OwnUnits, HistoryView):
    pass


class FocusGroupUsageView(_OwnUnits, UsageView):
    pass


def ways_from(group: FocusGroup) -> list[Button]:
    """Where one goes from a group; its overview has everything else."""
    key = [group.pk]
    return [
        Button(_("Overview"), reverse("focus_group_overview", args=key), icon_name="view"),
        Button(_("Registrations"), reverse("focus_group_registrations", args=key), icon_name="list-ul"),
        Button(_("Open, close, call off"), reverse("focus_group_stages", args=key), icon_name="rotate"),
    ]
