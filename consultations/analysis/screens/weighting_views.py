"""The screen on which a weighting is made: tried first, then kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ... import rules
from ...enums import AnalysisScreen
from ...models import WeightingScheme
from ..filters import FilterError
from . import sampling, weightings
from .look import Look, look_at
from .margins import references
from .pages import AnalysisPage
from .weightings import NameTaken, WeightingForm, rows_of


class WeightingScreen(AnalysisPage):
    """A new weighting, or one that is changed. "Try" shows what it would cost, and keeps nothing."""

    screen = AnalysisScreen.SAMPLE
    template_name = "consultations/admin/analysis/weighting.html"

    def may_enter(self) -> bool:
        return rules.may_change_weightings(self.request.user)

    def get_page_subtitle(self) -> str:
        return _("Weighting")

    @cached_property
    def look(self) -> Look | None:
        """Of all answers: weights are made over everybody, whatever the filter."""
        return look_at(self.consultation, self.person, {})

    @cached_property
    def scheme(self) -> WeightingScheme:
        if "scheme" not in self.kwargs:
            return WeightingScheme(consultation=self.consultation)
        return get_object_or_404(self.consultation.weighting_schemes.all(), pk=self.kwargs["scheme"])

    def form(self, look: Look) -> WeightingForm:
        data = self.request.POST if self.request.method == "POST" else None
        return WeightingForm(data, instance=self.scheme, look=look, found=references())

    def content(self, look: Look, form: WeightingForm | None = None) -> dict[str, Any]:
        form = form or self.form(look)
        raked = None
        if form.is_bound and form.is_valid():
            raked = look.report_of(form.scheme())
        return {
            "form": form,
            "plain_inputs": [form[name] for name in ("name", "lowest", "highest")],
            "margins": [
                {
                    "variable": reference.variable,
                    "input": form[f"field_{reference.variable}"],
                    "matches": [
                        form[name]
                        for matching in form.matchings
                        if matching.reference is reference
                        for name, _label, _match in rows_of(matching, look)
                    ],
                }
                for reference in form.found
            ],
            "report": sampling.report(raked, look) if raked else [],
            "sentences": list(sampling.sentences(raked, look)) if raked else [],
            "is_kept": bool(self.scheme.pk),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "delete" in request.POST and self.scheme.pk:
            name = self.scheme.name
            weightings.delete(scheme=self.scheme, by=self.person)
            messages.success(request, _("The weighting “%(name)s” is deleted.") % {"name": name})
            return redirect("analysis_sample", self.consultation.pk)
        if self.look is None or "keep" not in request.POST:
            return self.get(request, *args, **kwargs)
        form = self.form(self.look)
        if not form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            kept = weightings.save(scheme=form.scheme(), by=self.person)
        except (NameTaken, FilterError) as taken:
            form.add_error("name", str(taken))
            return self.render_to_response(self.get_context_data(**self.content(self.look, form)))
        messages.success(request, _("The weighting “%(name)s” is kept.") % {"name": kept.name})
        return redirect(f"{reverse('analysis_sample', args=[self.consultation.pk])}?w={kept.pk}")
