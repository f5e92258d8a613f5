"""Quotas and rules against the screening questionnaire, while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseFormSet
from django.utils.translation import gettext as _

from ...instrument import logic
from ...instrument.definition import Question
from ...models import QuestionnaireVersion


def live_forms(formset: BaseFormSet[Any]) -> list[Any]:
    """The rows that will be stored: neither deleted nor left empty."""
    return [
        form
        for form in formset.forms
        if hasattr(form, "cleaned_data")
        and not form.cleaned_data.get("DELETE")
        and (form.has_changed() or form.instance.pk)
    ]


def check_quota(form: Any, version: QuestionnaireVersion | None) -> None:
    least, most = form.cleaned_data.get("minimum"), form.cleaned_data.get("maximum")
    if least is None and most is None:
        form.add_error("minimum", _("Say how many at least, at most, or both."))
    if least is not None and most is not None and least > most:
        form.add_error("maximum", _("This is less than the number to the left of it."))
    if version is not None:
        _check_answers(form, version)


def _check_answers(form: Any, version: QuestionnaireVersion) -> None:
    name = form.cleaned_data.get("question", "")
    question = next((item for item in version.definition.questions() if item.name == name), None)
    if question is None:
        words = {"name": name}
        form.add_error("question", _("The questionnaire has no question “%(name)s”.") % words)
        return
    known = {choice.name for choice in version.definition.choices_of(question)}
    for option in form.cleaned_data.get("options") or ():
        if known and option not in known:
            words = {"name": name, "option": option}
            form.add_error("options", _("“%(option)s” is no answer of the question “%(name)s”.") % words)


def check_rule(form: Any, questions: Mapping[str, Question] | None) -> None:
    source = form.cleaned_data.get("excluded_when", "")
    try:
        names = logic.names(logic.parse(source))
    except logic.LogicError as error:
        words = {"rule": source, "position": error.position + 1}
        form.add_error("excluded_when", _("“%(rule)s” cannot be read: see position %(position)s.") % words)
        return
    if questions is None:
        return
    known = {name for question in questions.values() for name in question.answer_names}
    for name in sorted(names - known):
        words = {"name": name}
        form.add_error("excluded_when", _("The questionnaire has no question “%(name)s”.") % words)
