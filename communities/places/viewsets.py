"""Countries and consular offices in the admin, as the menu group "Places"."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from ..models import ConsularOffice, Country
from .folding import fold
from .listing import matching


def in_every_language(field: str, heading: Any) -> MultiFieldPanel:
    """The columns of a translated field, one a language, each marked with its language."""
    columns = [(code, build_localized_fieldname(field, code)) for code, _language in settings.LANGUAGES]
    return MultiFieldPanel(
        [FieldPanel(name, attrs={"lang": code}) for code, name in columns], heading=heading
    )


class OfficeFilterSet(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(
        # Only countries that have an office: the others would find nothing.
        queryset=Country.objects.filter(offices__isnull=False).distinct(),
        label=_("Country"),
    )

    class Meta:
        model = ConsularOffice
        fields = ["country", "status", "kind", "is_verified"]


class OfficeIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[ConsularOffice]:
        queryset: QuerySet[ConsularOffice] = super().get_base_queryset()
        return queryset.select_related("country")

    def search_queryset(self, queryset: QuerySet[ConsularOffice]) -> QuerySet[ConsularOffice]:
        """With or without accents, in any language, by city, country or region."""
        if not self.is_searching:
            return queryset
        offices = queryset.prefetch_related("districts__country")
        return queryset.filter(pk__in=[office.pk for office in matching(offices, self.search_query)])


class CountryIndexView(IndexView):
    def search_queryset(self, queryset: QuerySet[Country]) -> QuerySet[Country]:
        """With or without accents, in any language, or by ISO code."""
        if not self.is_searching:
            return queryset
        wanted = fold(self.search_query)
        found = [c.pk for c in queryset if wanted in fold(" ".join(c.names)) or wanted == fold(c.code)]
        return queryset.filter(pk__in=found)


class ConsularOfficeViewSet(SnippetViewSet):
    model = ConsularOffice
    icon = "home"
    menu_label = _("Consular offices")
    index_view_class = OfficeIndexView
    filterset_class = OfficeFilterSet
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "name",
        "country",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        BooleanColumn("is_verified", label=_("Verified"), sort_key="is_verified"),
    ]
    list_export = [
        "slug",
        "name",
        "country_id",
        "city",
        "kind",
        "status",
        "timezone",
        "source",
        "is_verified",
    ]
    copy_view_enabled = False
    panels = [
        in_every_language("name", _("Name")),
        in_every_language("city", _("City")),
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("country")]),
                FieldPanel("timezone"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Office"),
        ),
        MultiFieldPanel(
            [FieldPanel("status"), FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")])],
            heading=_("Existence"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("is_verified")], heading=_("How we know")),
        InlinePanel(
            "districts",
            heading=_("District"),
            label=_("Part of the district"),
            panels=[
                FieldRowPanel([FieldPanel("country"), FieldPanel("region")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("source"),
            ],
        ),
    ]


class CountryViewSet(SnippetViewSet):
    model = Country
    icon = "globe"
    menu_label = _("Countries")
    index_view_class = CountryIndexView
    search_fields = ["name"]
    search_backend_name = None
    list_per_page = 50
    list_display = ["name", "code"]
    copy_view_enabled = False
    panels = [FieldPanel("code"), in_every_language("name", _("Name"))]


class PlacesGroup(SnippetViewSetGroup):
    menu_label = _("Places")
    menu_icon = "globe"
    menu_order = 300
    items = (ConsularOfficeViewSet, CountryViewSet)
