"""What is known of the whole population: the figures with their sources, and a file with new ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from ... import rules
from ...models import ReferenceFigure
from ..reference_figures import BadLine, CannotImport, import_figures
from .saved_views import ConsultationPage


class FiguresForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "In UTF-8, with the columns dimension, category, share_percent, definition and source;"
            " population_total and status may be there. The figures of its dimensions are replaced."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class ReferenceScreen(ConsultationPage):
    """The list for everybody who makes weightings, and the form that replaces figures."""

    page_title = gettext_lazy("Reference figures")
    template_name = "consultations/admin/analysis/references.html"
    bad_lines: tuple[BadLine, ...] = ()

    def may_enter(self) -> bool:
        return rules.may_change_weightings(self.request.user)

    @cached_property
    def form(self) -> FiguresForm:
        if self.request.method == "POST":
            return FiguresForm(self.request.POST, self.request.FILES)
        return FiguresForm()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = list(ReferenceFigure.objects.all())
        return super().get_context_data(
            **kwargs, form=self.form, figures=figures, bad_lines=self.bad_lines, media=self.form.media
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            count = import_figures(source=self.form.cleaned_data["file"].read(), by=self.person)
        except CannotImport as refusal:
            self.bad_lines = tuple(refusal.lines)
            return self.get(request, *args, **kwargs)
        text = ngettext("%(count)s figure was imported.", "%(count)s figures were imported.", count)
        messages.success(request, text % {"count": count})
        return redirect("analysis_references", self.consultation.pk)
