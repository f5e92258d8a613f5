"""What a page hands to its script, so that questions appear and vanish at once. The server still decides."""

from __future__ import annotations

from typing import Any

from ..instrument.definition import Question, QuestionKind
from .forms import PageForm
from .scales import is_typed


def page_data(form: PageForm) -> dict[str, Any] | None:
    """The rules and the earlier answers that they read, no others; ``None`` when nothing can change."""
    page, plan = form.page, form.plan
    by_consent = plan.asked_by_portal & page.question_names if form.consent_is_asked_here else frozenset()
    if not (page.lively or page.filtered_here or by_consent):
        return None
    rules = plan.rules[page.number]
    return {
        "rules": rules,
        "answers": form.sheet.part(rules["reads"]),
        "today": form.part.today.isoformat(),
        "kinds": {question.name: _control(question) for question in page.questions},
        "byConsent": sorted(by_consent),
    }


def _control(question: Question) -> str:
    """A long scale is written like any number with decimals, and read with the same doubts."""
    return (QuestionKind.DECIMAL if is_typed(question) else question.kind).value
