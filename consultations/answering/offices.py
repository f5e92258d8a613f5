"""Which consular office serves somebody, proposed from the country and region that they gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communities.places.resolution import office_for

from ..instrument.definition import Definition, Question, QuestionKind
from .participation import Participation
from .plan import Page


def proposals(part: Participation, page: Page) -> dict[str, str]:
    """For each unanswered office question of a page, the office that most likely serves this person.

    Only a proposal: it is shown as chosen, says that it is one, and can be changed.
    """
    answers = part.sheet.answers
    asked = [q for q in page.questions if q.kind is QuestionKind.CONSULAR_OFFICE and q.name not in answers]
    if not asked or page.main.name in part.sheet.sections:
        return {}
    office = _office(part.plan.definition, answers)
    return {question.name: office for question in asked} if office else {}


def _office(definition: Definition, answers: Mapping[str, Any]) -> str:
    country = _answer(definition, answers, _is_country)
    if not country or len(country) != 2:
        return ""
    found = office_for(country=country, region=_answer(definition, answers, _is_region))
    return found.slug if found else ""


def _answer(definition: Definition, answers: Mapping[str, Any], wanted: Any) -> str:
    names = (question.name for question in definition.questions() if wanted(question))
    return next((str(answers[name]) for name in names if name in answers), "")


def _is_country(question: Question) -> bool:
    return question.kind is QuestionKind.COUNTRY


def _is_region(question: Question) -> bool:
    """By its name, as workbooks have no kind for regions."""
    return "region" in question.name and question.kind in (
        QuestionKind.SHORT_TEXT,
        QuestionKind.SINGLE_CHOICE,
    )
