"""The portal's own records in the admin: units, people, the audit trail."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm, ModelForm
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from .models import AuditEntry, Unit, User


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "group"
    menu_label = _("Units")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["code", "name", "parent", "is_active"]
    search_fields = ["code", "name"]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("parent")]),
        MultiFieldPanel([FieldPanel(f"name_{code}") for code, _name in settings.LANGUAGES], _("Name")),
        FieldPanel("email"),
        FieldPanel("is_active"),
    ]


class PersonCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"unit"}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


class PersonEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"unit"}


def _limit(form: BaseForm, *, to: User) -> BaseForm:
    """Only those who are above every rule may put others there."""
    if not to.is_superuser:
        form.fields.pop("is_superuser", None)
    return form


class PersonCreateView(CreateView):
    def get_form(self, form_class: type[ModelForm[User]] | None = None) -> BaseForm:
        return _limit(super().get_form(form_class), to=cast(User, self.request.user))


class PersonEditView(EditView):
    def get_form(self, form_class: type[ModelForm[User]] | None = None) -> BaseForm:
        return _limit(super().get_form(form_class), to=cast(User, self.request.user))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who changes an address can sign in with it: nobody reaches above themselves."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class PersonViewSet(UserViewSet):
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView

    def get_form_class(self, for_update: bool = False) -> type[ModelForm[User]]:
        return PersonEditForm if for_update else PersonCreationForm


class AuditFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    verb = django_filters.CharFilter(label=_("Action"), lookup_expr="icontains")

    class Meta:
        model = AuditEntry
        fields = ["at", "verb", "by"]


class AuditTrailView(ReportView):
    """Who did what to which record, and when; for reading only."""

    # "Any" because Wagtail declares most of them as None.
    model: Any = AuditEntry
    page_title: Any = _("Audit trail")
    header_icon: Any = "history"
    index_url_name: Any = "audit_trail"
    index_results_url_name: Any = "audit_trail_results"
    filterset_class: Any = AuditFilterSet
    permission_policy: Any = ModelPermissionPolicy(AuditEntry)
    any_permission_required: Any = ["view"]
    default_ordering: Any = "-at"
    list_export = ["at", "by", "verb", "target_label"]
    columns = [
        DateColumn("at", label=_("When"), sort_key="at", width="15%"),
        Column("by", label=_("Who"), width="25%"),
        Column("verb", label=_("Action"), sort_key="verb", width="25%"),
        Column("target_label", label=_("Record")),
    ]

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.select_related("by")
