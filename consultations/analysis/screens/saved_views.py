"""Saved views in the admin: keep one, open, rename, share, delete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.admin_pages import AdminPage
from portal.models import User

from ... import rules
from ...enums import AnalysisScreen
from ...models import Consultation, SavedView
from ...planning.views import crumbs_to
from ..scope import consultations_visible_to
from . import saved
from .pages import ADDRESSES, tabs, ways


class SavedViewForm(forms.ModelForm[SavedView]):
    """``shared``: with everybody of one's own unit."""

    shared = forms.BooleanField(required=False)

    class Meta:
        model = SavedView
        fields = ["name"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.instance.unit or user.unit
        if unit is None:
            del self.fields["shared"]
        else:
            self.fields["shared"].label = _("Share with everybody of %(unit)s") % {"unit": unit.code}
            self.initial["shared"] = self.instance.unit is not None

    @property
    def is_shared(self) -> bool:
        return bool(self.cleaned_data.get("shared"))


class ConsultationPage(AdminPage):
    """A page beside the screens of one consultation, which needs none of its figures."""

    header_icon = "view"

    def may_enter(self) -> bool:
        return rules.may_see_consultations(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(consultations_visible_to(self.request.user), pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, str]]:
        overview = reverse("analysis_overview", args=[self.consultation.pk])
        return [*crumbs_to(self.consultation), (overview, _("Analysis"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            tabs=tabs(self.consultation, None, query=""),
            ways=ways(self.consultation, self.request.user),
        )


class SavedViewsScreen(ConsultationPage):
    """The list, and the form that keeps what somebody looks at."""

    page_title = gettext_lazy("Saved views")
    template_name = "consultations/admin/analysis/saved_views.html"

    @cached_property
    def form(self) -> SavedViewForm:
        data = self.request.POST if self.request.method == "POST" else None
        return SavedViewForm(data, user=self.person, instance=SavedView())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        views = list(saved.views_visible_to(self.person, self.consultation))
        return super().get_context_data(
            **kwargs,
            form=self.form,
            screen=given.get("screen", ""),
            query=given.get("query", ""),
            views=[{"view": view, "is_own": view.owner_id == self.person.pk} for view in views],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        screen = request.POST.get("screen", "")
        if not self.form.is_valid() or screen not in AnalysisScreen.values:
            return self.get(request, *args, **kwargs)
        try:
            view = saved.save(
                consultation=self.consultation,
                name=self.form.cleaned_data["name"],
                screen=AnalysisScreen(screen),
                query=request.POST.get("query", ""),
                shared=self.form.is_shared,
                by=self.person,
            )
        except saved.NameTaken as taken:
            self.form.add_error("name", str(taken))
            return self.get(request, *args, **kwargs)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return redirect(address_of(view))


class SavedViewScreen(ConsultationPage):
    """One's own view: another name, shared or not, or away with it."""

    page_title = gettext_lazy("Saved view")
    template_name = "consultations/admin/analysis/saved_view.html"

    @cached_property
    def view_kept(self) -> SavedView:
        own = saved.views_visible_to(self.person, self.consultation).filter(owner=self.person)
        return get_object_or_404(own, pk=self.kwargs["view"])

    @cached_property
    def form(self) -> SavedViewForm:
        data = self.request.POST if self.request.method == "POST" else None
        return SavedViewForm(data, user=self.person, instance=self.view_kept)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, form=self.form, view_kept=self.view_kept)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "delete" in request.POST:
            saved.delete(view=self.view_kept, by=self.person)
            messages.success(request, _("The view “%(name)s” is deleted.") % {"name": self.view_kept.name})
            return self._to_list()
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            name = self.form.cleaned_data["name"]
            saved.change(view=self.view_kept, name=name, shared=self.form.is_shared, by=self.person)
        except saved.NameTaken as taken:
            self.form.add_error("name", str(taken))
            return self.get(request, *args, **kwargs)
        return self._to_list()

    def _to_list(self) -> HttpResponse:
        return redirect("analysis_views", self.consultation.pk)


class OpenSavedView(ConsultationPage):
    """A saved view by its key: on to its address. Somebody else's private one does not exist."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visible = saved.views_visible_to(self.person, self.consultation)
        return redirect(address_of(get_object_or_404(visible, pk=kwargs["view"])))


def address_of(view: SavedView) -> str:
    address = reverse(ADDRESSES[AnalysisScreen(view.screen)], args=[view.consultation_id])
    return f"{address}?{view.query}" if view.query else address
