"""The registrations of a group, in the order of sign-ups. Nobody's name is fetched here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from ... import rules
from ...enums import RegistrationStatus as S
from ...models import FocusGroup, Registration
from ..composition import values
from ..screening import Screening
from ..visibility import groups_visible_to
from ..words import Words
from .pages import crumbs_to, title_of
from .registration_filters import RegistrationFilterSet


class RegistrationListView(BaseListingView):
    model = Registration
    page_title = _("Registrations")
    header_icon = "list-ul"
    paginate_by = 50
    filterset_class = RegistrationFilterSet
    default_ordering = ("position", "created_at")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.may_manage_focus_groups(request.user):
            raise PermissionDenied
        page: HttpResponse = super().dispatch(request, *args, **kwargs)
        return page

    @cached_property
    def group(self) -> FocusGroup:
        return get_object_or_404(groups_visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def screened(self) -> Screening:
        return Screening(self.group)

    @cached_property
    def words(self) -> Words:
        return Words(self.screened)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("short_id", label=_("Registration"), accessor=short_id, get_url=self._url_of),
            Column("position", label=_("Order"), accessor="position", sort_key="position"),
            StatusTagColumn(
                "status",
                label=_("State"),
                accessor="get_status_display",
                primary=_has_place,
                sort_key="status",
            ),
            Column("place", label=_("Place"), accessor=_place),
            Column("profile", label=_("Answers that count"), accessor=self._profile),
            Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
        ]

    def _url_of(self, registration: Registration) -> str:
        return reverse("registration_detail", args=[self.group.pk, registration.pk])

    def _profile(self, registration: Registration) -> str:
        own = self.screened.profile(registration.screening)
        return " · ".join(
            self.words.answers(name, values(own, name)) or "–"
            for name in dict.fromkeys(quota.question for quota in self.screened.quotas)
        )

    def get_base_queryset(self) -> QuerySet[Registration]:
        return Registration.objects.filter(group=self.group).select_related("seat__session")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("registration_add", args=[self.group.pk])
        return [HeaderButton(_("Add a person"), url=url, icon_name="plus")]

    def get_index_url(self) -> str:
        return reverse("focus_group_registrations", args=[self.group.pk])

    def get_index_results_url(self) -> str:
        return reverse("focus_group_registrations_results", args=[self.group.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": url, "label": label} for url, label in crumbs_to(self.group)]
        here = {"url": "", "label": self.get_page_title(), "sublabel": ""}
        return [*self.breadcrumbs_items, *above, here]


def short_id(registration: Registration) -> str:
    """Enough of the random id to tell people apart on a screen without saying who they are."""
    return str(registration.pk)[:8]


def _place(registration: Registration) -> str:
    seat = getattr(registration, "seat", None)
    return f"{title_of(seat.session)} · {seat.number}" if seat else ""


def _has_place(registration: Registration) -> bool:
    return registration.status in S.seated
