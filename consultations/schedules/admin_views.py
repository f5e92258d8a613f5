"""Scheduled exports in the admin: the list of a consultation, one schedule with its runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal.admin_pages import AdminPage

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..models import Consultation, ExportSchedule
from ..planning.views import crumbs_to
from . import running
from .forms import ScheduleForm

RECENT = 20


class SchedulePage(AdminPage):
    page_title = gettext_lazy("Scheduled exports")
    header_icon = "calendar-alt"

    def may_enter(self) -> bool:
        return rules.may_export_responses(self.request.user)

    def _save(self, form: ScheduleForm) -> HttpResponse:
        schedule: ExportSchedule = form.save(commit=False)  # type: ignore[assignment]  # its model
        if schedule._state.adding:
            schedule = running.made_before(schedule, by=self.person) or schedule
        running.save(schedule=schedule, recipients=form.cleaned_data["recipients"], by=self.person)
        messages.success(self.request, _("The schedule is stored."))
        return redirect("export_schedule", schedule.pk)


class ScheduleListView(SchedulePage):
    """The schedules of a consultation, and the form for the next one."""

    template_name = "consultations/admin/schedules/list.html"

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.person), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> ScheduleForm:
        return ScheduleForm(
            self.request.POST or None,
            consultation=self.consultation,
            user=self.person,
            initial={"language": get_language(), "timezone": self.consultation.timezone},
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        schedules = self.consultation.export_schedules.prefetch_related("recipients")
        return super().get_context_data(
            **kwargs, consultation=self.consultation, form=self.form, schedules=schedules
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._save(self.form) if self.form.is_valid() else self.get(request, *args, **kwargs)


class ScheduleDetailView(SchedulePage):
    """One schedule: change it, stop it, see what it did."""

    template_name = "consultations/admin/schedules/detail.html"

    @cached_property
    def schedule(self) -> ExportSchedule:
        visible = ExportSchedule.objects.filter(consultation__in=whole_consultations_visible_to(self.person))
        return get_object_or_404(visible.select_related("consultation"), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> ScheduleForm:
        sent = self.request.POST if self.request.POST.get("verb") == "save" else None
        return ScheduleForm(
            sent,
            instance=self.schedule,
            consultation=self.schedule.consultation,
            user=self.person,
            initial={"recipients": [person.pk for person in self.schedule.recipients.all()]},
        )

    def get_page_subtitle(self) -> str:
        return str(self.schedule.get_frequency_display())

    def crumbs(self) -> list[tuple[str, str]]:
        consultation = self.schedule.consultation
        above = reverse("export_schedules", args=[consultation.pk])
        return [*crumbs_to(consultation), (above, _("Scheduled exports"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = self.schedule.runs.select_related("job", "job__requested_by")[:RECENT]
        _may, may_not = running.by_right(self.schedule)
        return super().get_context_data(
            **kwargs, schedule=self.schedule, form=self.form, runs=runs, without_right=may_not
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("verb") == "stop":
            running.stop(schedule=self.schedule, by=self.person)
            messages.success(request, _("It runs no more."))
            return redirect("export_schedule", self.schedule.pk)
        if self.form.is_valid():
            self.schedule.is_active = True
            return self._save(self.form)
        return self.get(request, *args, **kwargs)
