"""How each kind of question is shown and read: one entry a kind, one template a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from ..instrument.definition import Question, QuestionKind
from ..instrument.kinds import Raw
from .numbers import written
from .scales import is_typed

# What a form sends for one question, by answer name, before anybody has looked at it.
Sent = dict[str, Raw]

# Controls of ours that stand beside the questions' own. Hyphens: no question name can hold one.
CONTROL = "page-"
DATE_PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class FieldType:
    """``grouped`` kinds have several controls under one legend; the others have one under a label."""

    template: str
    read: Callable[[QueryDict, Question], Sent]
    write: Callable[[Question, Mapping[str, Any]], Sent]
    grouped: bool = True


def _read_one(data: QueryDict, question: Question) -> Sent:
    return {name: data.get(name, "") for name in question.answer_names}


def _read_many(data: QueryDict, question: Question) -> Sent:
    sent: Sent = {question.name: data.getlist(question.name)}
    return sent | {name: data.get(name, "") for name in question.answer_names[1:]}


def _read_date(data: QueryDict, question: Question) -> Sent:
    """Three small fields, as they are easiest to fill in; one field (``YYYY-MM-DD``) is taken as well."""
    day, month, year = (data.get(f"{question.name}-{part}", "").strip() for part in DATE_PARTS)
    if not (day or month or year):
        return {question.name: data.get(question.name, "")}
    return {question.name: f"{year}-{month:0>2}-{day:0>2}"}


def _read_nothing(data: QueryDict, question: Question) -> Sent:
    return {}


def _write_text(question: Question, answers: Mapping[str, Any]) -> Sent:
    return {name: _as_text(answers.get(name, "")) for name in question.answer_names}


def _write_many(question: Question, answers: Mapping[str, Any]) -> Sent:
    sent: Sent = {question.name: list(answers.get(question.name, []))}
    return sent | {name: str(answers.get(name, "")) for name in question.answer_names[1:]}


def _write_number(question: Question, answers: Mapping[str, Any]) -> Sent:
    """With the decimal mark of the reader's language; the points of a scale are names, not numbers."""
    value = answers.get(question.name)
    if value is None or not is_typed(question):
        return _write_text(question, answers)
    return {question.name: written(value)}


def _as_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _kind(name: str, **options: Any) -> FieldType:
    options = {"read": _read_one, "write": _write_text, **options}
    return FieldType(f"consultations/questions/{name}.html", **options)


_K = QuestionKind
FIELD_TYPES: dict[QuestionKind, FieldType] = {
    _K.SINGLE_CHOICE: _kind("single_choice"),
    _K.MULTIPLE_CHOICE: _kind("multiple_choice", read=_read_many, write=_write_many),
    _K.SCALE: _kind("scale", write=_write_number),
    _K.MATRIX: _kind("matrix"),
    _K.RANKING: _kind("ranking", read=_read_many, write=_write_many),
    _K.INTEGER: _kind("integer", grouped=False),
    _K.DECIMAL: _kind("decimal", grouped=False, write=_write_number),
    _K.DATE: _kind("date", read=_read_date),
    _K.SHORT_TEXT: _kind("short_text", grouped=False),
    _K.LONG_TEXT: _kind("long_text", grouped=False),
    _K.COUNTRY: _kind("country"),
    _K.CONSULAR_OFFICE: _kind("single_choice"),
    _K.ACKNOWLEDGE: _kind("acknowledge"),
    _K.NOTE: _kind("note", read=_read_nothing, write=lambda question, answers: {}),
}
