"""What is asked of a person who gave certain answers, and whether those answers will do.

Codes of :class:`AnswerError`, with their params: required · malformed · not_offered · repeated ·
exclusive (choice) · too_few (least) · too_many (most) · incomplete (count) · not_a_number · not_whole ·
too_small (least) · too_large (most) · not_on_step (step) · not_a_date · too_long (most, count) ·
constraint · not_asked (an answer to something hidden, or "other" text without "other") · unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from consultations.instrument.compiled import Compiled, CompiledQuestion, chose_other, compiled
from consultations.instrument.definition import Choice, Definition, Question, QuestionKind, Text
from consultations.instrument.evaluation import Scope, truth, value_of
from consultations.instrument.kinds import KINDS, OTHER_LENGTH, Fault, Raw, clean_text, wrong_text

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Visibility:
    """The names of what is shown. Sections without a visible question count as hidden too."""

    sections: frozenset[str]
    questions: frozenset[str]
    rows: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerError:
    """One thing wrong with one answer. ``message`` is the questionnaire's own, where it has one."""

    name: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    message: Text | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers to one question in their stored shape, and what is wrong with them."""

    answers: dict[str, Any]
    errors: list[AnswerError]


def visible(definition: Definition, answers: Answers, *, today: date) -> Visibility:
    """What is shown to a person with these answers; answers to hidden questions count as blank."""
    return _settle(compiled(definition), answers, today).visibility


def prune(definition: Definition, answers: Answers, *, today: date) -> dict[str, Any]:
    """The answers without those that logic hides, to a fixed point: pruning twice changes nothing.

    Goes: answers of hidden sections and questions, options that a ``choice_filter`` withholds, the text
    beside "other" when "other" is not chosen. Names that the questionnaire does not know go too.
    """
    return _settle(compiled(definition), answers, today).answers


def options(
    definition: Definition, question: Question, answers: Answers, *, today: date
) -> tuple[Choice, ...]:
    """The options of a question for a person with these answers, in order."""
    ready = compiled(definition)
    if ready.questions[question.name].choice_filter is None:
        return definition.choices_of(question)
    settled = _settle(ready, answers, today)
    return _Offer(ready.questions[question.name], settled.scope).all()


def clean(
    definition: Definition, question: Question, raw: Mapping[str, Raw], answers: Answers, *, today: date
) -> Cleaned:
    """What a form sent for one question, in its stored shape, checked beside the other answers.

    ``raw`` maps answer names to a text or a list of texts. A question that is hidden gives nothing.
    """
    ready = compiled(definition)
    compiled_question = ready.questions[question.name]
    others = {name: answer for name, answer in answers.items() if name not in compiled_question.answer_names}
    scope = _settle(ready, others, today).scope
    given = _normalise(compiled_question, raw, _Offer(compiled_question, scope))
    settled = _settle(ready, {**others, **given}, today)
    if question.name not in settled.visibility.questions:
        return Cleaned({}, [])
    return Cleaned(given, list(_errors(compiled_question, given, settled.scope)))


def validate(
    definition: Definition, answers: Answers, *, today: date, sections: Collection[str] | None = None
) -> list[AnswerError]:
    """Everything wrong with a document of answers, in the order of the questionnaire.

    With ``sections``, only what those sections ask. Prune before: answers to hidden questions are errors.
    """
    ready = compiled(definition)
    settled = _settle(ready, answers, today)
    found: list[AnswerError] = []
    for section in ready.sections:
        if sections is not None and section.name not in sections:
            continue
        for question in section.questions:
            if question.question.name in settled.visibility.questions:
                found.extend(_errors(question, answers, settled.scope))
            else:
                found.extend(AnswerError(n, "not_asked") for n in question.answer_names if n in answers)
    if sections is None:
        found.extend(AnswerError(n, "unknown") for n in answers if n not in ready.sections_by_answer)
    return found


# --- Settling what is hidden ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Settled:
    answers: dict[str, Any]
    visibility: Visibility
    scope: Scope


def _settle(ready: Compiled, answers: Answers, today: date) -> _Settled:
    """Passes over the questionnaire until one takes nothing away. ``visible`` in logic.js is its twin.

    Each pass only removes, so it ends; where rules look back only, as publication demands, the second pass
    finds nothing left to do.
    """
    kept = {name: answer for name, answer in answers.items() if name in ready.sections_by_answer}
    scope = Scope(kept, today.isoformat())
    while True:
        before = _size(kept)
        visibility = _pass(ready, kept, scope)
        if _size(kept) == before:
            return _Settled(kept, visibility, scope)


def _size(answers: Answers) -> int:
    return sum(1 + len(answer) if isinstance(answer, list) else 1 for answer in answers.values())


def _pass(ready: Compiled, kept: dict[str, Any], scope: Scope) -> Visibility:
    sections: set[str] = set()
    questions: set[str] = set()
    rows: list[str] = []
    for section in ready.sections:
        shown = section.relevant is None or truth(section.relevant(scope))
        for question in section.questions:
            if not shown or not (question.relevant is None or truth(question.relevant(scope))):
                for name in question.answer_names:
                    kept.pop(name, None)
                continue
            sections.add(section.name)
            questions.add(question.question.name)
            if question.question.rows:
                rows.extend(row.name for row in question.question.rows)
            _withhold(question, kept, scope)
    return Visibility(frozenset(sections), frozenset(questions), frozenset(rows))


def _withhold(question: CompiledQuestion, kept: dict[str, Any], scope: Scope) -> None:
    name = question.question.name
    if question.choice_filter is not None and name in kept:
        kept[name] = question.still_offered(kept[name], scope)
        if kept[name] in (None, []):
            del kept[name]
    if question.question.or_other and not chose_other(kept.get(name)):
        kept.pop(question.question.other_name, None)


# --- Checking one question ------------------------------------------------------------------------


@dataclass(slots=True)
class _Offer:
    """Options for one person. A filter runs for the options asked about, not for all of a long list."""

    question: CompiledQuestion
    scope: Scope

    @property
    def is_open(self) -> bool:
        return self.question.is_open

    def get(self, name: str) -> Choice | None:
        choice = self.question.choices.get(name)
        return choice if choice and self.question.offers(choice, self.scope) else None

    def all(self) -> tuple[Choice, ...]:
        choices = self.question.choices.values()
        return tuple(choice for choice in choices if self.question.offers(choice, self.scope))

    def in_order(self, names: Sequence[str]) -> list[str]:
        """In the order of the questionnaire; names that it does not know stay, at the end."""
        known = [name for name in self.question.choices if name in names]
        return known + [name for name in names if name not in self.question.choices]


def _normalise(question: CompiledQuestion, raw: Mapping[str, Raw], offer: _Offer) -> dict[str, Any]:
    asked, kind = question.question, KINDS[question.question.kind]
    names = [name for name in question.answer_names if not (asked.or_other and name == asked.other_name)]
    values = {name: kind.normalise(asked, raw.get(name, ""), offer) for name in names}
    given = {name: value for name, value in values.items() if value is not None}
    if asked.or_other and chose_other(given.get(asked.name)):
        sent = raw.get(asked.other_name, "")
        text = clean_text(sent if isinstance(sent, str) else " ".join(sent), lines=False)
        given |= {asked.other_name: text} if text else {}
    return given


def _errors(question: CompiledQuestion, answers: Answers, scope: Scope) -> Iterator[AnswerError]:
    asked = question.question
    if asked.kind is QuestionKind.MATRIX:
        for row in asked.rows:
            yield from _value_errors(question, row.name, asked.required or row.required, answers, scope)
    elif question.answer_names:
        yield from _value_errors(question, asked.name, asked.required, answers, scope)
    if asked.or_other:
        yield from _other_errors(asked, answers)


def _value_errors(
    question: CompiledQuestion, name: str, required: bool, answers: Answers, scope: Scope
) -> Iterator[AnswerError]:
    asked = question.question
    if name not in answers:
        if required and _can_be_answered(question, scope):
            yield AnswerError(name, "required", message=asked.required_message or None)
        return
    fault = KINDS[asked.kind].fault(asked, answers[name], _Offer(question, scope))
    if fault:
        yield AnswerError(name, fault.code, fault.params)
    elif not _holds(question, answers[name], scope):
        yield AnswerError(name, "constraint", message=asked.constraint_message or None)


def _can_be_answered(question: CompiledQuestion, scope: Scope) -> bool:
    """A filter that leaves no option leaves nothing to require."""
    return question.choice_filter is None or bool(_Offer(question, scope).all())


def _holds(question: CompiledQuestion, answer: Any, scope: Scope) -> bool:
    if question.constraint is None:
        return True
    return truth(question.constraint(Scope(scope.answers, scope.today, this=value_of(answer))))


def _other_errors(asked: Question, answers: Answers) -> Iterator[AnswerError]:
    chosen = chose_other(answers.get(asked.name))
    if asked.other_name not in answers:
        if chosen:
            yield AnswerError(asked.other_name, "required")
        return
    fault = wrong_text(answers[asked.other_name], OTHER_LENGTH) if chosen else Fault("not_asked")
    if fault:
        yield AnswerError(asked.other_name, fault.code, fault.params)
