"""What analysis stands on, in the admin: what is known of the population, and who works at which office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from ..models import OfficeStaff, ReferenceFigure


class ReferenceFigureViewSet(SnippetViewSet):
    model = ReferenceFigure
    icon = "globe"
    menu_label = _("Reference figures")
    menu_name = "reference-figures"
    menu_order = 640
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["variable", "category", "share", "source", "status"]
    list_filter = ["variable", "status"]
    search_fields = ["variable", "category", "source"]
    panels = [
        FieldRowPanel([FieldPanel("variable"), FieldPanel("category")]),
        FieldRowPanel([FieldPanel("share"), FieldPanel("population")]),
        MultiFieldPanel(
            [
                FieldPanel("definition"),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("status")]),
            ],
            _("Where it comes from"),
        ),
    ]


class OfficeStaffViewSet(SnippetViewSet):
    model = OfficeStaff
    icon = "user"
    menu_label = _("People at offices")
    menu_name = "people-at-offices"
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["user", "office"]
    list_filter = ["office"]
    panels = [FieldPanel("user"), FieldPanel("office")]
