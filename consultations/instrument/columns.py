"""How answers lie in a table: the columns of each kind of question, their cells, and their codebook lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from consultations.instrument.definition import Choice, Definition, Question, QuestionKind, Text, text_in
from consultations.instrument.kinds import ACKNOWLEDGED, KINDS, Level
from consultations.instrument.parser import parse
from consultations.instrument.phrases import OTHER_LABEL
from consultations.instrument.wording import in_words

SEPARATOR = "/"
"""Stands between question and option in a column's name; no name may contain it."""


class ColumnRole(StrEnum):
    VALUE = "value"
    FLAG = "flag"
    RANK = "rank"
    OTHER = "other"


class ColumnType(StrEnum):
    NAME = "name"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``answer`` is the key it is read from, ``option`` the choice that a flag or rank is about.

    ``codes`` are the options that its cells may name; flags hold 1 and 0, and are empty where the question
    has no answer.
    """

    name: str
    answer: str
    question: str
    role: ColumnRole
    type: ColumnType
    level: Level
    option: str = ""
    label: Text = field(default_factory=dict)
    codes: tuple[Choice, ...] = ()

    def cell(self, answers: Mapping[str, Any]) -> str | int | float | None:
        """What the column shows for one response; ``None`` where there is nothing to show."""
        answer = answers.get(self.answer)
        if answer is None or self.role in (ColumnRole.VALUE, ColumnRole.OTHER):
            return answer
        if self.role is ColumnRole.FLAG:
            return int(self.option in answer)
        return answer.index(self.option) + 1 if self.option in answer else None


@dataclass(frozen=True, slots=True)
class CodebookLine:
    """One column explained in one language. ``codes`` pairs each code with its label."""

    name: str
    text: str
    kind: QuestionKind
    level: Level
    codes: tuple[tuple[str, str], ...]
    asked_when: str


def columns(definition: Definition, question: Question) -> list[Column]:
    """The columns of a question, in order: one an option for several choices and rankings."""
    return _LAYOUTS[question.kind](definition, question)


def all_columns(definition: Definition) -> list[Column]:
    return [column for question in definition.questions() for column in columns(definition, question)]


def codebook_line(definition: Definition, column: Column, language: str) -> CodebookLine:
    """The column in words: what was asked, what the codes mean, and to whom it was asked."""
    question = definition.question(column.question)
    default = definition.default_language
    flags = (("1", ""), ("0", "")) if column.role is ColumnRole.FLAG else ()
    return CodebookLine(
        name=column.name,
        text=text_in(column.label, language, default),
        kind=question.kind,
        level=column.level,
        codes=tuple((code.name, text_in(code.label, language, default)) for code in column.codes) or flags,
        asked_when=_asked_when(definition, question, language),
    )


def _asked_when(definition: Definition, question: Question, language: str) -> str:
    """The rules of section and question in words, one a line; empty when everyone is asked."""
    section = next(item for item in definition.sections if question in item.questions)
    rules = [rule for rule in (section.relevant, question.relevant) if rule.strip()]
    return "\n".join(in_words(parse(rule), definition, language, about=question) for rule in rules)


def _none(definition: Definition, question: Question) -> list[Column]:
    return []


def _one(kind: ColumnType) -> Callable[[Definition, Question], list[Column]]:
    return lambda definition, question: [_value(question, kind, KINDS[question.kind].level)]


def _value(question: Question, kind: ColumnType, level: Level, codes: tuple[Choice, ...] = ()) -> Column:
    return Column(
        question.name,
        question.name,
        question.name,
        ColumnRole.VALUE,
        kind,
        level,
        label=question.label,
        codes=codes,
    )


def _choice(definition: Definition, question: Question) -> list[Column]:
    """Agreement scales are put in order by their author, and marked by the appearance ``likert``."""
    level = Level.ORDINAL if "likert" in question.appearance.split() else Level.NOMINAL
    value = _value(question, ColumnType.NAME, level, definition.choices_of(question))
    return [value, *_other(question)]


def _acknowledge(definition: Definition, question: Question) -> list[Column]:
    return [_value(question, ColumnType.NAME, Level.NOMINAL, (Choice(ACKNOWLEDGED, question.label),))]


def _flags(definition: Definition, question: Question) -> list[Column]:
    flags = [_of_option(question, choice, ColumnRole.FLAG) for choice in definition.choices_of(question)]
    return [*flags, *_other(question)]


def _ranks(definition: Definition, question: Question) -> list[Column]:
    return [_of_option(question, choice, ColumnRole.RANK) for choice in definition.choices_of(question)]


def _of_option(question: Question, choice: Choice, role: ColumnRole) -> Column:
    return Column(
        f"{question.name}{SEPARATOR}{choice.name}",
        question.name,
        question.name,
        role,
        ColumnType.INTEGER,
        KINDS[question.kind].level,
        option=choice.name,
        label=_beside(question.label, choice.label),
    )


def _rows(definition: Definition, question: Question) -> list[Column]:
    codes = definition.choices_of(question)
    return [
        Column(
            row.name,
            row.name,
            question.name,
            ColumnRole.VALUE,
            ColumnType.NAME,
            Level.ORDINAL,
            label=_beside(question.label, row.label),
            codes=codes,
        )
        for row in question.rows
    ]


def _other(question: Question) -> list[Column]:
    if not question.or_other:
        return []
    return [
        Column(
            question.other_name,
            question.other_name,
            question.name,
            ColumnRole.OTHER,
            ColumnType.TEXT,
            Level.TEXT,
            label=_beside(question.label, OTHER_LABEL),
        )
    ]


def _beside(label: Text, part: Text) -> dict[str, str]:
    """Two texts side by side in every language that the first speaks."""
    return {language: f"{text} · {text_in(part, language)}".rstrip(" ·") for language, text in label.items()}


_LAYOUTS: dict[QuestionKind, Callable[[Definition, Question], list[Column]]] = {
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _flags,
    QuestionKind.SCALE: _one(ColumnType.DECIMAL),
    QuestionKind.MATRIX: _rows,
    QuestionKind.RANKING: _ranks,
    QuestionKind.INTEGER: _one(ColumnType.INTEGER),
    QuestionKind.DECIMAL: _one(ColumnType.DECIMAL),
    QuestionKind.DATE: _one(ColumnType.DATE),
    QuestionKind.SHORT_TEXT: _one(ColumnType.TEXT),
    QuestionKind.LONG_TEXT: _one(ColumnType.TEXT),
    QuestionKind.COUNTRY: _choice,
    QuestionKind.CONSULAR_OFFICE: _choice,
    QuestionKind.ACKNOWLEDGE: _acknowledge,
    QuestionKind.NOTE: _none,
}
