"""Exports in the admin: ask for one, watch it being written, fetch it."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from portal.admin_pages import AdminPage
from portal.models import User

from .. import rules
from ..analysis.scope import whole_consultations_visible_to
from ..enums import Channel, ExportContent, JobStatus
from ..models import Consultation, ExportJob, Response
from ..planning.views import crumbs_to
from . import asking, jobs, signs
from .forms import ExportForm
from .visibility import can_be_fetched, exports_visible_to, key_for

RECENT = 20


def person(request: HttpRequest) -> User:
    """Who asks. Behind the admin's door there is always somebody."""
    return cast(User, request.user)


class ExportCreateView(AdminPage):
    """The form, and the exports of this consultation that one may see."""

    template_name = "consultations/admin/exports/create.html"
    page_title = gettext_lazy("Export responses")
    header_icon = "download"

    def may_enter(self) -> bool:
        return rules.may_export_responses(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(whole_consultations_visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def form(self) -> ExportForm:
        return ExportForm(
            self.request.POST or None,
            consultation=self.consultation,
            user=person(self.request),
            initial={"language": get_language(), "filter": self.request.GET.get("filter", "")},
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = Response.objects.submitted().filter(consultation=self.consultation)
        return super().get_context_data(
            **kwargs,
            consultation=self.consultation,
            form=self.form,
            media=self.form.media,
            sent=sent.count(),
            simulated=sent.filter(channel=Channel.SIMULATED).count(),
            exports=exports_visible_to(person(self.request)).filter(
                consultation=self.consultation, content=ExportContent.RESPONSES
            )[:RECENT],
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        job = asking.once(
            job=self.form.save(commit=False), by=person(request), token=self.form.cleaned_data["token"]
        )
        return redirect("export_detail", job.pk)


class ExportDetailView(AdminPage):
    """How far an export is, and the link to its file once it is written."""

    template_name = "consultations/admin/exports/detail.html"
    page_title = gettext_lazy("Export")
    header_icon = "download"

    def may_enter(self) -> bool:
        user = self.request.user
        return rules.may_export_responses(user) or rules.may_export_figures(user)

    @cached_property
    def job(self) -> ExportJob:
        return watched(self.request, self.kwargs["job"])

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.job.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asking = "document_create" if self.job.content in ExportContent.protected else "export_create"
        context = {
            "job": self.job,
            "key": key_for(self.job, person(self.request)) if can_be_fetched(self.job) else "",
            "again": reverse(asking, args=[self.job.consultation_id]),
            "has_codebook": jobs.has_codebook(self.job),
            "is_unfinished": self.job.status in JobStatus.unfinished,
            "trouble": signs.trouble(self.job),
        }
        return super().get_context_data(**{**kwargs, **context, **_progress(self.job)})


def watched(request: HttpRequest, key: UUID) -> ExportJob:
    """Whoever looks finds out that its worker died, or that its time is over."""
    job = get_object_or_404(exports_visible_to(person(request)), pk=key)
    jobs.give_up_if_lost(job)
    if job.status == JobStatus.DONE and job.expires_at and not can_be_fetched(job):
        jobs.forget(job)
    return job


@require_POST
def ask_again(request: HttpRequest, job: UUID) -> HttpResponse:
    """The same once more, where it failed or its file is gone, for whoever could ask for it on the form."""
    found = watched(request, job)
    consultations = whole_consultations_visible_to(request.user).filter(pk=found.consultation_id)
    if found.status not in JobStatus.over or not consultations.exists():
        raise Http404
    return redirect("export_detail", asking.again(job=found, by=person(request)).pk)


@require_GET
def progress(request: HttpRequest, job: UUID) -> JsonResponse:
    """What the page asks for while it waits."""
    found = watched(request, job)
    state = {"unfinished": found.status in JobStatus.unfinished, "trouble": signs.trouble(found)}
    return JsonResponse(_progress(found) | state)


def _progress(job: ExportJob) -> dict[str, int]:
    """Writing the file comes after reading the rows, so reading fills nine tenths of the bar."""
    share = job.rows_done / job.rows_total if job.rows_total else 0
    percent = 100 if job.status == JobStatus.DONE else round(90 * min(share, 1))
    return {"done": job.rows_done, "total": job.rows_total, "percent": percent}
