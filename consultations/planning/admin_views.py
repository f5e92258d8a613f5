"""Wagtail's own views for consultations, with the ways to their life cycle and responses."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, IndexView

from .. import rules
from ..models import Consultation


class ConsultationIndexView(IndexView):
    def get_list_more_buttons(self, instance: Consultation) -> list[Button]:
        return [*super().get_list_more_buttons(instance), *ways_from(instance, self.request.user)]


class ConsultationEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *ways_from(self.object, self.request.user)]


def ways_from(consultation: Consultation, user: rules.Anyone) -> list[Button]:
    """Where one goes from a consultation: its stages, its responses and their analysis, its exports."""
    key = [consultation.pk]
    ways = [
        Button(_("Responses"), reverse("responses_overview", args=key), icon_name="group"),
        Button(_("Analysis"), reverse("analysis_overview", args=key), icon_name="view"),
    ]
    themes = "themes" if rules.may_code_answers(user) else "themes_found"
    ways.append(Button(_("Themes"), reverse(themes, args=key), icon_name="tag"))
    if rules.may_change_status(user):
        ways.append(
            Button(_("Open, close, report"), reverse("consultation_stages", args=key), icon_name="rotate")
        )
    if rules.may_export_responses(user):
        ways.append(Button(_("Export responses"), reverse("export_create", args=key), icon_name="download"))
        ways.append(
            Button(_("Scheduled exports"), reverse("export_schedules", args=key), icon_name="calendar-alt")
        )
    if rules.may_publish_open_data(user):
        ways.append(Button(_("Open data"), reverse("open_data_list", args=key), icon_name="globe"))
    if rules.may_export_figures(user) and _concerns(user, consultation):
        ways.append(
            Button(_("Report and codebook"), reverse("document_create", args=key), icon_name="doc-full")
        )
    if rules.may_import_waves(user):
        ways.append(Button(_("Earlier consultations"), reverse("wave_list", args=key), icon_name="history"))
    return ways


def _concerns(user: rules.Anyone, consultation: Consultation) -> bool:
    """From the first response to the last: ``analysis.scope`` decides, this spares people an empty way."""
    unit = getattr(user, "unit_id", None)
    return rules.may_see_every_unit(user) or (unit is not None and unit == consultation.unit_id)
