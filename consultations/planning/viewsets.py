"""What staff see of consultations in the admin."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from ..enums import ConsultationStatus
from ..models import Consultation
from ..questionnaires.panels import AuthoringToolsPanel, TranslatedFieldPanel
from ..questionnaires.viewsets import SLUG_HELP
from .admin_views import ConsultationEditView, ConsultationIndexView
from .forms import ConsultationForm

TEXTS = ("title", "summary", "purpose", "audience", "use_of_answers", "legal_basis", "privacy_notice")


def opening_day(consultation: Consultation) -> str:
    return _day(consultation, consultation.opens_at)


def closing_day(consultation: Consultation) -> str:
    return _day(consultation, consultation.closes_at)


def _day(consultation: Consultation, moment: datetime | None) -> str:
    """On the calendar of the consultation's own time zone."""
    zone = zoneinfo.ZoneInfo(consultation.timezone)
    return date_format(moment.astimezone(zone), "SHORT_DATETIME_FORMAT") if moment else ""


class ConsultationViewSet(SnippetViewSet):
    model = Consultation
    icon = "openquote"
    menu_label = _("Consultations")
    copy_view_enabled = False
    index_view_class = ConsultationIndexView
    edit_view_class = ConsultationEditView
    list_display = [
        "__str__",
        StatusTagColumn(
            "status",
            label=_("Stage"),
            accessor="get_status_display",
            primary=lambda item: item.status == ConsultationStatus.OPEN,
        ),
        Column("unit", label=_("Unit"), accessor="unit.code"),
        Column("opens_at", label=_("Opens"), accessor=opening_day, sort_key="opens_at"),
        Column("closes_at", label=_("Closes"), accessor=closing_day, sort_key="closes_at"),
    ]
    list_filter = ["status", "type", "unit"]
    search_fields = ["title", "slug"]
    search_backend_name = None
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [AuthoringToolsPanel(), *(TranslatedFieldPanel(name) for name in TEXTS)],
                heading=_("Texts"),
            ),
            ObjectList(
                [
                    FieldPanel("slug", help_text=SLUG_HELP),
                    FieldRowPanel([FieldPanel("type"), FieldPanel("unit")]),
                    FieldPanel("questionnaire"),
                    FieldPanel("previous_wave"),
                    TranslatedFieldPanel("sensitive_consent"),
                ],
                heading=_("Questionnaire"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("timezone"),
                            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                            FieldRowPanel([FieldPanel("summary_due"), FieldPanel("answer_due")]),
                        ],
                        heading=_("Calendar"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("languages"),
                            FieldRowPanel([FieldPanel("minimum_age"), FieldPanel("minutes")]),
                            FieldPanel("countries", widget=CheckboxSelectMultiple, classname="countries"),
                        ],
                        heading=_("Who is invited"),
                    ),
                ],
                heading=_("When and who"),
            ),
        ],
        base_form_class=ConsultationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Consultation]:
        return Consultation.objects.select_related("unit", "latest_revision")
