"""Workbooks in the admin: one comes in, with a report of what it holds; one goes out."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from portal.admin_pages import AdminPage
from portal.models import User

from ..models import Questionnaire
from .exporting import workbook_of
from .importing import Outcome, import_workbook
from .uploading import WorkbookForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# More are counted only: nobody reads a thousand bars above a form.
MOST_NOTICES = 15
EDIT = "wagtailsnippets_consultations_questionnaire:edit"


class ImportView(AdminPage):
    """Takes a workbook and goes on to the questionnaire; what cannot be taken is listed by cell."""

    template_name = "consultations/admin/import.html"
    page_title = gettext_lazy("Import a questionnaire")
    header_icon = "upload"
    outcome: Outcome | None = None

    def may_enter(self) -> bool:
        return self.request.user.has_perm("consultations.add_questionnaire")

    @cached_property
    def form(self) -> WorkbookForm:
        may_replace = self.request.user.has_perm("consultations.change_questionnaire")
        return WorkbookForm(self.request.POST or None, self.request.FILES or None, may_replace=may_replace)

    def crumbs(self) -> list[tuple[str, str]]:
        return [(reverse("wagtailsnippets_consultations_questionnaire:list"), _("Questionnaires"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": self.form, "outcome": self.outcome}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        self.outcome = _take(self.form, by=cast(User, request.user))
        if self.outcome.questionnaire is None:
            return self.get(request, *args, **kwargs)
        _say(request, self.outcome)
        return redirect(EDIT, self.outcome.questionnaire.pk)


@require_GET
@permission_required("consultations.view_questionnaire", raise_exception=True)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    questionnaire = get_object_or_404(Questionnaire, pk=pk)
    disposition = f'attachment; filename="{questionnaire.slug}.xlsx"'
    return HttpResponse(
        workbook_of(questionnaire), content_type=XLSX, headers={"Content-Disposition": disposition}
    )


def _take(form: WorkbookForm, *, by: User) -> Outcome:
    workbook = form.cleaned_data["workbook"]
    return import_workbook(
        source=workbook.read(),
        by=by,
        slug=form.cleaned_data["slug"],
        fallback_name=PurePath(workbook.name).stem,
        may_replace=form.cleaned_data.get("replace", False),
    )


def _say(request: HttpRequest, outcome: Outcome) -> None:
    messages.success(request, _("Imported: %(name)s") % {"name": outcome.questionnaire})
    for notice in outcome.findings[:MOST_NOTICES]:
        messages.warning(request, str(notice))
    if (more := len(outcome.findings) - MOST_NOTICES) > 0:
        text = ngettext("And %(count)s more note.", "And %(count)s more notes.", more)
        messages.warning(request, text % {"count": more})
