"""The rules of a questionnaire, each in its place, and the answers that rules may name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consultations.instrument.definition import Definition, Question, QuestionKind
from consultations.instrument.kinds import ACKNOWLEDGED
from consultations.instrument.parser import parse
from consultations.instrument.tree import LogicError, ValueType, names

_T, _K = ValueType, QuestionKind
ANSWER_TYPES: dict[QuestionKind, ValueType] = {
    _K.SINGLE_CHOICE: _T.NAME, _K.MULTIPLE_CHOICE: _T.NAMES, _K.SCALE: _T.NUMBER, _K.MATRIX: _T.NAME,
    _K.RANKING: _T.NAMES, _K.INTEGER: _T.NUMBER, _K.DECIMAL: _T.NUMBER, _K.DATE: _T.DATE,
    _K.SHORT_TEXT: _T.TEXT, _K.LONG_TEXT: _T.TEXT, _K.COUNTRY: _T.NAME, _K.CONSULAR_OFFICE: _T.NAME,
    _K.ACKNOWLEDGE: _T.NAME, _K.NOTE: _T.ANY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that logic may name: what it holds, where it stands, and the names of its options."""

    type: ValueType
    place: int
    question: Question
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression in its place. ``before`` is the position that its references must precede.

    ``subject`` is the question that the rule governs, blank for the rule of a whole section.
    """

    place: str
    field: str
    source: str
    before: int
    subject: str = ""
    this: Known | None = None
    columns: frozenset[str] = frozenset()


def known_answers(definition: Definition) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for place, question in enumerate(definition.questions()):
        options = frozenset(choice.name for choice in definition.choices_of(question))
        if question.kind is _K.ACKNOWLEDGE:
            options = frozenset({ACKNOWLEDGED})
        for name in question.answer_names:
            is_text = question.or_other and name == question.other_name
            kind = _T.TEXT if is_text else ANSWER_TYPES[question.kind]
            found.setdefault(name, Known(kind, place, question, frozenset() if is_text else options))
        found.setdefault(question.name, Known(_T.ANY, place, question, frozenset()))
    return found


def rules(definition: Definition, known: Mapping[str, Known]) -> Iterator[Rule]:
    place = 0
    for section in definition.sections:
        if section.relevant.strip():
            yield Rule(section.name, "relevant", section.relevant, place)
        for question in section.questions:
            yield from _question_rules(definition, question, place, known)
            place += 1


def _question_rules(
    definition: Definition, question: Question, place: int, known: Mapping[str, Known]
) -> Iterator[Rule]:
    name = question.name
    if question.relevant.strip():
        yield Rule(name, "relevant", question.relevant, place, name)
    if question.constraint.strip():
        yield Rule(name, "constraint", question.constraint, place, name, this=known[name])
    if question.choice_filter.strip():
        columns = {key for choice in definition.choices_of(question) for key in choice.attributes}
        allowed = frozenset(columns | {"name"})
        yield Rule(name, "choice_filter", question.choice_filter, place, name, columns=allowed)


def waits_of(definition: Definition) -> dict[str, set[str]]:
    """For each question, the answers that its own rules and its section's rule read."""
    waits: dict[str, set[str]] = {}
    for section in definition.sections:
        of_section = _read(section.relevant)
        for question in section.questions:
            read = of_section | _read(question.relevant) | _read(question.choice_filter)
            for name in (question.name, *question.answer_names):
                waits[name] = read
    return waits


def _read(source: str) -> set[str]:
    try:
        return names(parse(source)) if source.strip() else set()
    except LogicError:
        return set()
