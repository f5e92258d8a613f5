"""What staff see beside a form: the participant's own pages, drawn from what is being written.

Previews stand above the participants' side, so the models name these functions and fetch them when asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation

from .answering import codes
from .answering.forms import PageForm
from .answering.page_views import show
from .answering.participation import Participation, today_of
from .answering.plan import Page, Plan, make_plan
from .answering.views import landing_context
from .instrument import logic
from .instrument.answers import Visibility
from .instrument.definition import Definition, Question, Section
from .models import Consultation, Questionnaire, QuestionnaireVersion
from .questionnaires.compile import definition_of
from .questionnaires.texts import set_text, text_of


def of_consultation(consultation: Consultation, request: HttpRequest, mode: str) -> HttpResponse:
    """The page that says what a consultation is about. ``mode`` is a language."""
    with translation.override(mode or None):
        context = landing_context(consultation, reader=mode or translation.get_language() or "")
        return TemplateResponse(request, "consultations/landing.html", context).render()


def of_questionnaire(questionnaire: Questionnaire, request: HttpRequest, mode: str) -> HttpResponse:
    """The page on which a section is answered. ``mode`` is a language and a section: ``es:profile``.

    Every question is shown, also those that wait for an answer elsewhere.
    """
    language, _colon, section = mode.partition(":")
    plan = make_plan(_drawable(definition_of(questionnaire)))
    page = _page_with(plan, section)
    with translation.override(language or questionnaire.default_language):
        if page is None:
            return TemplateResponse(request, "consultations/preview_empty.html").render()
        form = WholePageForm(_part(questionnaire, plan), page, reader=translation.get_language() or "")
        return cast(TemplateResponse, show(request, form)).render()


@dataclass
class _Preview(Participation):
    """Nobody's part: its plan comes from a draft that no version holds."""

    draft_plan: Plan = field(kw_only=True)

    @property
    def plan(self) -> Plan:
        return self.draft_plan


class WholePageForm(PageForm):
    """A page with everything on it, whatever was answered."""

    @cached_property
    def sight(self) -> Visibility:
        definition = self.plan.definition
        return Visibility(
            sections=frozenset(section.name for section in definition.sections),
            questions=frozenset(question.name for question in definition.questions()),
            rows=frozenset(row.name for question in definition.questions() for row in question.rows),
        )


def _part(questionnaire: Questionnaire, plan: Plan) -> _Preview:
    used_by = Consultation.objects.filter(questionnaire=questionnaire.pk) if questionnaire.pk else ()
    consultation = next(iter(used_by), None) or _nobodys(questionnaire)
    return _Preview(
        consultation=consultation,
        version=QuestionnaireVersion(number=0, document={}, digest=""),
        code=codes.ALPHABET[:16],
        response=None,
        language=translation.get_language() or "",
        today=today_of(consultation),
        draft_plan=plan,
    )


def _nobodys(questionnaire: Questionnaire) -> Consultation:
    """A consultation that exists only on paper, for a questionnaire that none uses yet."""
    consultation = Consultation(slug="preview")
    set_text(consultation, "title", text_of(questionnaire, "title"))
    return consultation


def _page_with(plan: Plan, section: str) -> Page | None:
    holding = (page for page in plan.pages if section in {part.name for part in page.sections})
    return next(holding, None) or next(iter(plan.pages), None)


def _drawable(definition: Definition) -> Definition:
    """The same without rules that cannot be read: the rest of a draft can still be looked at."""
    return replace(definition, sections=tuple(_drawable_section(item) for item in definition.sections))


def _drawable_section(section: Section) -> Section:
    questions = tuple(_drawable_question(question) for question in section.questions)
    return replace(section, relevant=_readable(section.relevant), questions=questions)


def _drawable_question(question: Question) -> Question:
    return replace(
        question,
        relevant=_readable(question.relevant),
        constraint=_readable(question.constraint),
        choice_filter=_readable(question.choice_filter),
    )


def _readable(rule: str) -> str:
    try:
        return rule if rule and logic.parse(rule) else ""
    except logic.LogicError:
        return ""
