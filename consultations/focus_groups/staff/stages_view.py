"""The stages of a focus group, moved on by hand, with what is missing and who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ...enums import GroupStatus as G
from ...enums import RegistrationStatus as S
from ...lifecycle import NotAllowed
from ...planning.stage_history import stage_history
from .. import stages
from .pages import GroupPage

VERBS: dict[str, Callable[..., None]] = {
    G.OPEN: stages.open_call,
    G.CLOSED: stages.close_call,
    G.CANCELLED: stages.cancel,
}
CONSEQUENCES = {
    G.OPEN: gettext_lazy("People can sign up from this moment on. The consent texts of today are in force."),
    G.CLOSED: gettext_lazy("Nobody can sign up any more. Offers, the waiting list and the sessions go on."),
    G.CANCELLED: gettext_lazy("Every session is called off, and everyone who is in it is told."),
}
STEPS = (G.OPEN, G.CLOSED, G.CANCELLED)
LINE = (G.DRAFT, G.OPEN, G.CLOSED, G.ENDED)


class GroupStagesView(GroupPage):
    template_name = "consultations/admin/focus_groups/stages.html"
    page_title = gettext_lazy("Open, close, call off")
    header_icon = "rotate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = G(self.group.status)
        may_open = G.OPEN in stages.TRANSITIONS[status]
        return super().get_context_data(
            **kwargs,
            record=self.group,
            stages=LINE if status is not G.CANCELLED else (*LINE[:-1], G.CANCELLED),
            steps=_steps_from(status),
            missing=stages.missing(self.group) if may_open else [],
            told=self.group.registrations.filter(
                status__in=[S.RECEIVED, S.WAITING, S.OFFERED, S.CONFIRMED]
            ).count(),
            history=stage_history(self.group, "focus_group", G),
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        verb = VERBS.get(request.POST.get("status", ""))
        if verb is not None:
            self._move(verb)
        return redirect("focus_group_stages", self.group.pk)

    def _move(self, verb: Callable[..., None]) -> None:
        try:
            verb(group=self.group, by=self.person)
        except NotAllowed as refusal:
            messages.error(self.request, str(refusal))
        else:
            words = self.group.get_status_display()
            messages.success(self.request, _("The focus group is now: %s.") % words)


def _steps_from(status: G) -> list[dict[str, Any]]:
    labels = {
        G.OPEN: _("Open again") if status is G.CLOSED else _("Open the call"),
        G.CLOSED: _("Close the call"),
        G.CANCELLED: _("Call everything off"),
    }
    return [
        {"status": step, "label": labels[step], "consequence": CONSEQUENCES[step]}
        for step in STEPS
        if step in stages.TRANSITIONS[status]
    ]
