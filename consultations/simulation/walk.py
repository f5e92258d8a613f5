"""A simulated person goes through a questionnaire from the first question to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from ..instrument.compiled import CompiledQuestion, chose_other, compiled
from ..instrument.definition import Definition, QuestionKind
from ..instrument.evaluation import Scope, truth, value_of
from ..instrument.kinds import OTHER_LENGTH
from . import texts
from .choosing import Ask, answer_to
from .person import Person

TRIES = 12
# How often somebody of middling reserve leaves a question blank that need not be answered.
BLANK: dict[QuestionKind, float] = {
    QuestionKind.LONG_TEXT: 0.72,
    QuestionKind.SHORT_TEXT: 0.2,
    QuestionKind.RANKING: 0.15,
    QuestionKind.ACKNOWLEDGE: 0.0,
}
BLANK_OTHERWISE = 0.05
BLANK_SENSITIVE = 0.12


def answers_of(person: Person, definition: Definition, *, today: date) -> dict[str, Any]:
    """Answers that rules let through, question by question: rules only look back, so one walk is enough.

    What no try can answer stays blank; whether the whole may be sent is for ``submission`` to say.
    """
    scope = Scope({}, today.isoformat())
    answers: dict[str, Any] = {}
    scope.answers = answers
    for section in compiled(definition).sections:
        if section.relevant is not None and not truth(section.relevant(scope)):
            continue
        for question in section.questions:
            if question.relevant is None or truth(question.relevant(scope)):
                answers.update(_answer(person, question, scope, today))
    return answers


def _answer(
    person: Person, question: CompiledQuestion, scope: Scope, today: date
) -> Iterator[tuple[str, Any]]:
    asked = question.question
    if not asked.required and person.rng.random() < _blank(person, question):
        return
    offered = [choice for choice in question.choices.values() if question.offers(choice, scope)]
    ask = Ask(asked, offered, today)
    rows = [row.name for row in asked.rows] if asked.kind is QuestionKind.MATRIX else [asked.name]
    for name in rows:
        answer = _accepted(person, ask, question, scope, name)
        if answer is not None:
            yield name, answer
            if asked.or_other and chose_other(answer):
                yield asked.other_name, texts.short_text(person.rng, person.language, most=OTHER_LENGTH)


def _accepted(person: Person, ask: Ask, question: CompiledQuestion, scope: Scope, name: str) -> Any:
    """An answer that the constraint lets through, after a few tries; else none."""
    for tries in range(TRIES):
        answer = answer_to(replace(ask, tries=tries), person, name)
        if answer is None or question.constraint is None:
            return answer
        if truth(question.constraint(Scope(scope.answers, scope.today, this=value_of(answer)))):
            return answer
    return None


def _blank(person: Person, question: CompiledQuestion) -> float:
    asked = question.question
    usual = BLANK.get(asked.kind, BLANK_SENSITIVE if asked.sensitive else BLANK_OTHERWISE)
    # The mean of ``reserve`` is 2/7.
    return min(0.95, usual * (0.5 + 1.75 * person.reserve))
