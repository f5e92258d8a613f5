"""Double coding in the admin: draw a sample, watch it, read the agreement, decide what differs."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..lifecycle import NotAllowed
from ..models import DoubleCoding, Judgement
from . import adjudication, double_coding, openings
from .coding import Conflict, Gone
from .coding_forms import whole
from .double_forms import DrawForm
from .pages import ThemesPage
from .queueing import progress_blind
from .reliability import report
from .spans import segments


class DoubleListView(ThemesPage):
    template_name = "consultations/admin/themes/double_list.html"
    page_title = gettext_lazy("Double coding")

    @cached_property
    def form(self) -> DrawForm:
        seed = secrets.token_hex(4)
        return DrawForm(self.request.POST or None, initial={"seed": seed, "percent": 20})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        samples = DoubleCoding.objects.filter(consultation=self.consultation).select_related("second_coder")
        rows = [{"sample": sample, "progress": progress_blind(sample)} for sample in samples]
        return super().get_context_data(**kwargs, form=self.form, rows=rows, codes=self.codes)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        try:
            sample = double_coding.draw(
                consultation=self.consultation,
                second_coder=self.form.cleaned_data["second_coder"],
                seed=self.form.cleaned_data["seed"],
                share=(self.form.cleaned_data["percent"] or 0) / 100,
                number=self.form.cleaned_data["number"],
                by=self.person,
            )
        except NotAllowed as refusal:
            self.form.add_error(None, str(refusal))
            return self.get(request, *args, **kwargs)
        return redirect("themes_double", self.consultation.pk, sample.pk)


class DoubleView(ThemesPage):
    """While it is open: how far it is, and nothing of what was found. Then the agreement."""

    template_name = "consultations/admin/themes/double.html"
    page_title = gettext_lazy("Double coding")

    @cached_property
    def double(self) -> DoubleCoding:
        rows = DoubleCoding.objects.filter(consultation=self.consultation)
        return get_object_or_404(rows.select_related("second_coder", "drawn_by"), pk=self.kwargs["double"])

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            *super().crumbs(),
            (reverse("themes_doubles", args=[self.consultation.pk]), _("Double coding")),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = not self.double.is_open
        return super().get_context_data(
            **kwargs,
            double=self.double,
            progress=progress_blind(self.double),
            report=report(self.double) if closed else None,
            differing=double_coding.differing(self.double) if closed else [],
            is_second=self.double.second_coder_id == self.person.pk,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        double_coding.close(double=self.double, by=self.person)
        messages.success(request, _("The double coding is closed. Here is how far the two agree."))
        return redirect("themes_double", self.consultation.pk, self.double.pk)


class DecideView(DoubleView):
    """Two codings of one text side by side, and the decision."""

    template_name = "consultations/admin/themes/decide.html"
    page_title = gettext_lazy("Decide between two codings")

    @cached_property
    def pair(self) -> tuple[Judgement, Judgement]:
        pairs = [] if self.double.is_open else double_coding.pairs(self.double)
        both = [pair for pair in pairs if pair[0].passage_id == self.passage.pk]
        if not both:
            raise Http404
        return both[0]

    def crumbs(self) -> list[tuple[str, str]]:
        own = reverse("themes_double", args=[self.consultation.pk, self.double.pk])
        return [*super().crumbs(), (own, date_format(localtime(self.double.drawn_at)))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        openings.record(consultation=self.consultation, passages=[self.passage], by=self.person)
        first, second = self.pair
        given = double_coding.codes_in(first) | double_coding.codes_in(second)
        both = double_coding.codes_in(first) & double_coding.codes_in(second)
        context = super().get_context_data(
            **kwargs,
            passage=self.passage,
            decided=self.decided,
            reason=self._reason(),
            segments=segments(self.passage.text, []),
            first=first,
            second=second,
            rows=[
                {
                    "theme": theme,
                    "first": theme.code.pk in double_coding.codes_in(first),
                    "second": theme.code.pk in double_coding.codes_in(second),
                    "ticked": theme.code.pk in self._ticked(both),
                }
                for theme in self.codes.themes
                if theme.code.pk in given
            ],
        )
        return {**context, "left": len(context["differing"])}

    @cached_property
    def decided(self) -> Judgement | None:
        return adjudication.decision_on(self.passage)

    def _ticked(self, both: frozenset[int]) -> Collection[int]:
        """What was sent; or what was decided before; or what the two agree on."""
        if self.request.method == "POST":
            return self._sent()
        return double_coding.codes_in(self.decided) if self.decided else both

    def _reason(self) -> str:
        if self.request.method == "POST":
            return self.request.POST.get("reason", "")[:2000]
        return self.decided.adjudication.reason if self.decided else ""

    def _sent(self) -> set[int]:
        return {number for key in self.request.POST.getlist("code") if (number := whole(key))}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            adjudication.decide(
                double=self.double,
                passage=self.passage,
                codes=self._sent(),
                reason=self._reason(),
                base=whole(request.POST.get("base")) or 0,
                by=self.person,
            )
        except Conflict:
            messages.error(request, _("Somebody else decided meanwhile. Look at it, then decide."))
            return self.get(request, *args, **kwargs)
        except Gone:
            messages.warning(request, _("The text was changed or taken back meanwhile. Nothing was coded."))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return self.get(request, *args, **kwargs)
        left = double_coding.differing(self.double)
        if left:
            return redirect("themes_decide", self.consultation.pk, self.double.pk, left[0].pk)
        messages.success(request, _("Every difference is decided."))
        return redirect("themes_double", self.consultation.pk, self.double.pk)
