"""One response in words: what was asked and what was answered, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ..instrument.definition import Definition, Question, QuestionKind, Section, text_in
from ..models import Response


@dataclass(frozen=True)
class Reading:
    """One question and its answer. ``hidden`` answers are sensitive and not for this reader."""

    label: str
    answers: list[str] = field(default_factory=list)
    # (row, answer) of a matrix
    rows: list[tuple[str, str]] = field(default_factory=list)
    sensitive: bool = False
    hidden: bool = False
    # In the words of the person, so in the person's language.
    is_free_text: bool = False
    is_ranked: bool = False


@dataclass(frozen=True)
class SectionReading:
    label: str
    readings: list[Reading]


@dataclass(frozen=True)
class Reader:
    """Reads answers of one definition in one language, with or without the sensitive ones."""

    definition: Definition
    language: str
    sensitive: bool = False

    def read(self, response: Response) -> list[SectionReading]:
        """The sections that hold an answer, each with its answered questions, in order."""
        sections = (self._section(section, response.answers) for section in self.definition.sections)
        return [section for section in sections if section.readings]

    def _section(self, section: Section, answers: dict[str, Any]) -> SectionReading:
        readings = [self._question(question, answers) for question in _answered(section, answers)]
        return SectionReading(self.say(section.label) or section.name, readings)

    def _question(self, question: Question, answers: dict[str, Any]) -> Reading:
        label = self.say(question.label) or question.name
        if question.sensitive and not self.sensitive:
            return Reading(label, sensitive=True, hidden=True)
        return Reading(
            label,
            answers=[] if question.kind is QuestionKind.MATRIX else self._answers(question, answers),
            rows=self._rows(question, answers),
            sensitive=question.sensitive,
            is_free_text=question.kind in (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT),
            is_ranked=question.kind is QuestionKind.RANKING,
        )

    def _answers(self, question: Question, answers: dict[str, Any]) -> list[str]:
        words = (
            WORDS[question.kind](self, question, answers[question.name]) if question.name in answers else []
        )
        other = answers.get(question.other_name, "") if question.or_other else ""
        return [*words, str(other)] if other else words

    def _rows(self, question: Question, answers: dict[str, Any]) -> list[tuple[str, str]]:
        return [
            (self.say(row.label) or row.name, self.option(question, answers[row.name]))
            for row in question.rows
            if row.name in answers
        ]

    def say(self, text: Any) -> str:
        return text_in(text, self.language, self.definition.default_language)

    def option(self, question: Question, name: str) -> str:
        """The label of an option; its bare name where it has none, such as an office that closed."""
        choices = (choice for choice in self.definition.choices_of(question) if choice.name == name)
        return next((self.say(choice.label) for choice in choices), "") or name


def _answered(section: Section, answers: dict[str, Any]) -> Iterator[Question]:
    return (question for question in section.questions if answers.keys() & set(question.answer_names))


Words = Callable[[Reader, Question, Any], list[str]]


def _option(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [reader.option(question, answer)]


def _options(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [reader.option(question, name) for name in answer]


def _number(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [str(number_format(answer))]


def _day(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [date_format(date.fromisoformat(answer))]


def _text(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [str(answer)]


def _agreed(reader: Reader, question: Question, answer: Any) -> list[str]:
    return [_("Agreed")]


def _nothing(reader: Reader, question: Question, answer: Any) -> list[str]:
    return []


WORDS: dict[QuestionKind, Words] = {
    QuestionKind.SINGLE_CHOICE: _option,
    QuestionKind.MULTIPLE_CHOICE: _options,
    QuestionKind.SCALE: _number,
    QuestionKind.MATRIX: _nothing,
    QuestionKind.RANKING: _options,
    QuestionKind.INTEGER: _number,
    QuestionKind.DECIMAL: _number,
    QuestionKind.DATE: _day,
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.COUNTRY: _option,
    QuestionKind.CONSULAR_OFFICE: _option,
    QuestionKind.ACKNOWLEDGE: _agreed,
    QuestionKind.NOTE: _nothing,
}
