"""The stages of a consultation, moved on by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from portal.admin_pages import AdminPage
from portal.models import User

from .. import lifecycle, rules
from ..enums import ConsultationStatus
from ..models import Consultation
from .stage_history import stage_history

VERBS: dict[str, lifecycle.Verb] = {
    ConsultationStatus.OPEN: lifecycle.open_now,
    ConsultationStatus.CLOSED: lifecycle.close,
    ConsultationStatus.REPORTED: lifecycle.report,
}
CONSEQUENCES = {
    ConsultationStatus.OPEN: gettext_lazy("People can take part from this moment on."),
    ConsultationStatus.CLOSED: gettext_lazy(
        "No answers are taken any more. Answers that were never sent are counted, not read."
    ),
    ConsultationStatus.REPORTED: gettext_lazy("Says that the results are out. It cannot be opened again."),
}


class StagesView(AdminPage):
    """Where a consultation stands, and the steps that it may take from there."""

    template_name = "consultations/admin/stages.html"
    page_title = gettext_lazy("Open, close, report")
    header_icon = "rotate"

    def may_enter(self) -> bool:
        return rules.may_change_status(self.request.user)

    @cached_property
    def consultation(self) -> Consultation:
        return get_object_or_404(Consultation.objects.select_related("unit"), pk=self.kwargs["pk"])

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to(self.consultation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = ConsultationStatus(self.consultation.status)
        return super().get_context_data(
            **kwargs,
            record=self.consultation,
            stages=list(ConsultationStatus),
            steps=_steps_from(status),
            history=stage_history(self.consultation, "consultation", ConsultationStatus),
            followers=self.consultation.followers.to_tell().count(),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verb = VERBS.get(request.POST.get("status", ""))
        if verb is not None:
            _move(request, self.consultation, verb, by=self.person)
        return redirect("consultation_stages", pk)


def _move(request: HttpRequest, consultation: Consultation, verb: lifecycle.Verb, *, by: User) -> None:
    try:
        verb(consultation=consultation, by=by)
    except lifecycle.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The consultation is now: %s.") % consultation.get_status_display())


def _steps_from(status: ConsultationStatus) -> list[dict[str, Any]]:
    """The steps that the life cycle allows, in its own order, each with what follows from it."""
    again = status is ConsultationStatus.CLOSED
    labels = {
        ConsultationStatus.OPEN: _("Open again") if again else _("Open now"),
        ConsultationStatus.CLOSED: _("Close now"),
        ConsultationStatus.REPORTED: _("Results are out"),
    }
    return [
        {"status": step, "label": labels[step], "consequence": CONSEQUENCES[step]}
        for step in ConsultationStatus
        if step in lifecycle.TRANSITIONS[status]
    ]


def crumbs_to(consultation: Consultation) -> list[tuple[str, str]]:
    """The way from the list of consultations to one of them."""
    views = "wagtailsnippets_consultations_consultation"
    return [
        (reverse(f"{views}:list"), _("Consultations")),
        (reverse(f"{views}:edit", args=[consultation.pk]), str(consultation)),
    ]
