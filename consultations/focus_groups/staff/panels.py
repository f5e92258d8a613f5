"""Panels of the form of a focus group."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from wagtail.admin.panels import Panel

from ...models import FocusGroup
from ..screening import Screening
from ..words import Words


class ScreeningPanel(Panel):
    """The questions of the screening questionnaire with the codes of their answers, to copy from."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "consultations/admin/focus_groups/panels/screening.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return {**context, "questions": questions_of(self.instance)}

        @property
        def media(self) -> Media:
            return Media(css={"all": ["consultations/admin/staff.css"]})


def questions_of(group: FocusGroup) -> list[dict[str, Any]]:
    words = Words(Screening(group))
    return [
        {
            "name": name,
            "label": words.question(name),
            "answers": [(c.name, words.answer(name, c.name)) for c in words.choices(name)],
        }
        for name, question in words.questions.items()
        if question.answer_names
    ]
