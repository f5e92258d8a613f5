"""A questionnaire made ready to be answered many times: logic prepared, names indexed.

Made once a definition and kept while it is in use, so that checking 32 answers costs well under a
millisecond.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from consultations.instrument.definition import OTHER, Choice, Definition, Question
from consultations.instrument.evaluation import Prepared, Scope, prepare, truth
from consultations.instrument.kinds import SELF_LISTED
from consultations.instrument.parser import parse

KEPT = 64


@dataclass(frozen=True, slots=True)
class CompiledQuestion:
    question: Question
    answer_names: tuple[str, ...]
    relevant: Prepared | None
    constraint: Prepared | None
    choice_filter: Prepared | None
    choices: Mapping[str, Choice]

    def offers(self, choice: Choice, scope: Scope) -> bool:
        """Whether the filter lets a choice through."""
        if self.choice_filter is None:
            return True
        return truth(self.choice_filter(Scope(scope.answers, scope.today, choice=choice)))

    def still_offered(self, answer: Any, scope: Scope) -> Any:
        """The answer without the options that the filter withholds; unknown names are left to the checks."""
        if isinstance(answer, list):
            return [name for name in answer if self._stays(name, scope)]
        return answer if self._stays(answer, scope) else None

    def _stays(self, name: Any, scope: Scope) -> bool:
        choice = self.choices.get(name) if isinstance(name, str) else None
        return choice is None or self.offers(choice, scope)

    @property
    def is_open(self) -> bool:
        return not self.choices and self.question.kind in SELF_LISTED


@dataclass(frozen=True, slots=True)
class CompiledSection:
    name: str
    relevant: Prepared | None
    questions: tuple[CompiledQuestion, ...]
    answer_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    sections: tuple[CompiledSection, ...]
    questions: Mapping[str, CompiledQuestion]
    sections_by_answer: Mapping[str, str]


_kept: OrderedDict[int, tuple[Definition, Compiled]] = OrderedDict()
_lock = Lock()


def compiled(definition: Definition) -> Compiled:
    """The definition made ready. Raises ``LogicError`` where a rule cannot be read.

    Kept by identity (definitions hold mappings and cannot be hashed): keep one ``Definition`` object a
    version rather than reading it from JSON at each request.
    """
    with _lock:
        found = _kept.get(id(definition))
        if found and found[0] is definition:
            _kept.move_to_end(id(definition))
            return found[1]
    ready = _compile(definition)
    with _lock:
        _kept[id(definition)] = (definition, ready)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return ready


def _compile(definition: Definition) -> Compiled:
    sections = []
    for section in definition.sections:
        questions = tuple(_compile_question(definition, question) for question in section.questions)
        answer_names = tuple(name for question in questions for name in question.answer_names)
        sections.append(CompiledSection(section.name, _rule(section.relevant), questions, answer_names))
    return Compiled(
        sections=tuple(sections),
        questions={each.question.name: each for section in sections for each in section.questions},
        sections_by_answer={name: section.name for section in sections for name in section.answer_names},
    )


def _compile_question(definition: Definition, question: Question) -> CompiledQuestion:
    return CompiledQuestion(
        question=question,
        answer_names=question.answer_names,
        relevant=_rule(question.relevant),
        constraint=_rule(question.constraint),
        choice_filter=_rule(question.choice_filter),
        choices={choice.name: choice for choice in definition.choices_of(question)},
    )


def _rule(source: str) -> Prepared | None:
    return prepare(parse(source)) if source.strip() else None


def chose_other(answer: Any) -> bool:
    """Whether the option "other" is among the answer, so that its text is asked for."""
    return OTHER in answer if isinstance(answer, list) else answer == OTHER
