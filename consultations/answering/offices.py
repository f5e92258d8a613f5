"""Which consular office serves somebody, proposed from the country and region that they gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from communities.places.resolution import office_for

from ..instrument.definition import Definition, Question, QuestionKind
from .participation import Participation
from .plan import Page


def proposals(part: Participation, page: Page) -> dict[str, str]:
    """For each unanswered office question of a page, the option that most likely serves this person.

    Only a proposal: it is shown as chosen, says that it is one, and can be changed.
    """
    if page.main.name in part.sheet.sections:
        return {}
    return _proposed(part.plan.definition, page, part.sheet.answers)


def new_proposals(
    definition: Definition, page: Page, *, before: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, str]:
    """What the page's own answers make it possible to propose, where the country stands on it too."""
    proposed = _proposed(definition, page, answers)
    return proposed if proposed and _office(definition, before) != _office(definition, answers) else {}


def _proposed(definition: Definition, page: Page, answers: Mapping[str, Any]) -> dict[str, str]:
    asked = [q for q in page.questions if q.name not in answers and _asks_office(q)]
    names = _office(definition, answers) if asked else ()
    return {q.name: name for q in asked for name in names if name in _choice_names(q, definition)}


def _office(definition: Definition, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that the office may have among the options: the portal's own, or that of a workbook."""
    country = _answer(definition, answers, _asks_country)
    if len(country) != 2:
        return ()
    found = office_for(country=country, region=_answer(definition, answers, _asks_region))
    return (found.slug, found.choice_name) if found else ()


def _answer(definition: Definition, answers: Mapping[str, Any], wanted: Callable[[Question], bool]) -> str:
    names = (question.name for question in definition.questions() if wanted(question))
    return next((str(answers[name]) for name in names if name in answers), "")


def _choice_names(question: Question, definition: Definition) -> set[str]:
    return {choice.name for choice in definition.choices_of(question)}


# Workbooks made elsewhere have lists for countries and offices, and no kind for regions: names tell them.


def _asks_office(question: Question) -> bool:
    return question.kind is QuestionKind.CONSULAR_OFFICE or (
        question.kind is QuestionKind.SINGLE_CHOICE and _is_named(question, "office", "oficina", "consul")
    )


def _asks_country(question: Question) -> bool:
    return question.kind is QuestionKind.COUNTRY or (
        question.kind is QuestionKind.SINGLE_CHOICE and _is_named(question, "country", "pais")
    )


def _asks_region(question: Question) -> bool:
    kinds = (QuestionKind.SHORT_TEXT, QuestionKind.SINGLE_CHOICE)
    return question.kind in kinds and _is_named(question, "region", "city", "ciudad")


def _is_named(question: Question, *words: str) -> bool:
    return any(word in question.name for word in words)
