"""Suggestions in the admin: what the machine learned, how well, and a button to learn again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..enums import TrainingStatus
from ..models import Suggestion, Training
from . import suggestions
from .learning import FEWEST_OF_A_CODE, FEWEST_TEXTS
from .outlook import theme_protection
from .pages import ThemesPage
from .tallies import counted

RECENT = 10


class SuggestionsView(ThemesPage):
    template_name = "consultations/admin/themes/suggestions.html"
    page_title = gettext_lazy("Suggestions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trainings = list(Training.objects.filter(consultation=self.consultation)[:RECENT])
        current = next((t for t in trainings if t.status == TrainingStatus.DONE), None)
        return super().get_context_data(
            **kwargs,
            trainings=trainings,
            newest=trainings[0] if trainings else None,
            current=current,
            quality=self._quality(current),
            coded=counted(self.consultation).coded().count(),
            suggested=Suggestion.objects.filter(passage__consultation=self.consultation)
            .values("passage")
            .distinct()
            .count(),
            fewest=FEWEST_TEXTS,
            fewest_of_a_code=FEWEST_OF_A_CODE,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        suggestions.ask(consultation=self.consultation, by=self.person)
        messages.success(request, _("A worker learns from the coded texts now. Load this page again soon."))
        return redirect("themes_suggestions", self.consultation.pk)

    def _quality(self, training: Training | None) -> list[dict[str, Any]]:
        """How many texts carry a code only for who may learn it on the other screens, too."""
        found = {row["code"]: row for row in training.quality} if training else {}
        hides = theme_protection(self.person, self.consultation).applies
        return [
            {
                "theme": theme,
                "texts": None if hides else row["texts"],
                "precision": round(100 * row["precision"]),
                "recall": round(100 * row["recall"]),
            }
            for theme in self.codes.themes
            if (row := found.get(theme.code.pk))
        ]
